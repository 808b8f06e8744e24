/** Phrases a team keeps: what they may leave open, what must not stand in them, and filling them in. */
import type { Text } from '#domain/plan/schema.ts';

/** Of the case: its number, its service, and what comes next and by whom. No more, so that a phrase tells nothing of a person. */
export const PHRASE_WORDS = ['number', 'service', 'next'] as const;
export type PhraseWords = Readonly<Record<(typeof PHRASE_WORDS)[number], string>>;

/** Numbers that only a person has: a telephone, an identity document, a case. */
const PERSONAL = /\d[\d -]{5,}\d/;

/** Why a text cannot be kept; undefined when it can. */
export function phraseFault(text: string): Text | undefined {
  const open = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, word]) => word ?? '');
  const strange = open.find((word) => !(PHRASE_WORDS as readonly string[]).includes(word));
  const known = PHRASE_WORDS.map((word) => `{${word}}`);
  if (strange !== undefined || /[{}]/.test(text.replace(/\{[^{}]*\}/g, '')))
    return {
      zh: `花括号里只能用 ${known.join('、')}`,
      en: `only ${known.join(', ')} may stand in braces`,
    };
  if (PERSONAL.test(text))
    return {
      zh: '请去掉电话、证件号或单号：常用语里不放任何人的信息',
      en: 'take out the telephone, document or case number: a phrase tells nothing of a person',
    };
  return undefined;
}

/** The text with the case's words in it. */
export const fillPhrase = (text: string, words: PhraseWords): string =>
  text.replace(/\{(\w+)\}/g, (left, name: string) => (words as Readonly<Record<string, string>>)[name] ?? left);
