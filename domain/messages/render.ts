import { PLACEHOLDERS, type Placeholder } from './template.ts';
import { findTemplate } from './templates.ts';

export type MessageWords = Readonly<Partial<Record<Placeholder, string>>>;
export type RenderedMessage = { subject: string; body: string; outside: string };

/** What stands where a word is not known yet: a sentence never shows its braces to a member. */
const UNKNOWN = { zh: '（待定）', en: '(to be told)' } as const;

/** Fills a template in one language. Throws on a code that does not exist; a missing word is shown as still to be told. */
export function renderMessage(code: string, lang: 'zh' | 'en', words: MessageWords): RenderedMessage {
  const template = findTemplate(code);
  if (template === undefined) throw new Error(`There is no message template "${code}".`);
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => (isPlaceholder(name) ? words[name] : undefined) ?? UNKNOWN[lang]);
  return {
    subject: fill(template.subject[lang]),
    body: fill(template.body[lang]),
    outside: fill(template.outside[lang]),
  };
}

function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}
