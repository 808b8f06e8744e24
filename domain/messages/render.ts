import type { Text } from '#domain/plan/schema.ts';
import { printDay, printMoment } from './moments.ts';
import { PLACEHOLDERS, type Placeholder } from './template.ts';
import { findTemplate } from './templates.ts';

/** What fills a placeholder: the same words in both languages, words of each, a moment, or a day (YYYY-MM-DD). */
export type Word = string | Text | Date | { readonly day: string };
export type MessageWords = Readonly<Partial<Record<Placeholder, Word>>>;
export type RenderedMessage = { subject: string; body: string; outside: string | null };

/** What stands where a word is not known yet: a sentence never shows its braces to a member. */
const UNKNOWN = { zh: '（待定）', en: '(to be told)' } as const;

/** Fills a template in one language. Throws on a code that does not exist; a missing word is shown as still to be told. */
export function renderMessage(code: string, lang: 'zh' | 'en', words: MessageWords): RenderedMessage {
  const template = getTemplate(code);
  const fill = (text: string) =>
    text.replace(/(^|[.?] )?\{(\w+)\}/g, (_, begins: string | undefined, name: string) => {
      const word = isPlaceholder(name) ? words[name] : undefined;
      const told = word === undefined || word === '' ? UNKNOWN[lang] : inWords(word, lang);
      return begins === undefined ? told : `${begins}${told.charAt(0).toUpperCase()}${told.slice(1)}`;
    });
  return {
    subject: fill(template.subject[lang]),
    body: fill(template.body[lang]),
    outside: template.outside && fill(template.outside[lang]),
  };
}

/** The placeholders a template leaves open anywhere, so that only these are looked up. Throws on an unknown code. */
export function placeholdersOf(code: string): ReadonlySet<Placeholder> {
  const { subject, body, outside } = getTemplate(code);
  const texts = [subject, body, ...(outside ? [outside] : [])].flatMap(({ zh, en }) => [zh, en]).join(' ');
  return new Set([...texts.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').filter(isPlaceholder));
}

function getTemplate(code: string) {
  const template = findTemplate(code);
  if (template === undefined) throw new Error(`There is no message template "${code}".`);
  return template;
}

function inWords(word: Word, lang: 'zh' | 'en'): string {
  if (typeof word === 'string') return word;
  if (word instanceof Date) return printMoment(word, lang);
  return 'day' in word ? printDay(word.day, lang) : word[lang];
}

function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}
