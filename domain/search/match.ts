/**
 * Whether what somebody types finds a thing, and how well. Chinese is compared by characters, so that one character finds
 * what holds it; words in Latin letters as they begin. Pure; the lists are searched by their own index.
 */
import { normaliseWord } from '#domain/lists/column.ts';

/** What was typed, read once: its words, and all of it without gaps. */
export type Query = { readonly terms: readonly string[]; readonly whole: string };

/** What can be found: its names, other words for it, and the text it holds. */
export type Findable = {
  readonly names: readonly string[];
  readonly words?: readonly string[];
  readonly text?: string;
};

/** What is typed is at most this long. */
export const MOST_TYPED = 50;
const GAPS = /[\s,，、;；。.?？!！:：()（）"“”'‘’]+/;

/** Reads what was typed; `undefined`: nothing but gaps. */
export function readQuery(typed: string): Query | undefined {
  const terms = [...new Set(typed.split(GAPS).map(normaliseWord).filter(Boolean))];
  return terms.length === 0 ? undefined : { terms, whole: terms.join('') };
}

/**
 * How well a thing answers, 0: not at all. Every word typed must stand in it, the name counting most; where they do not,
 * a sentence that holds one of its names or words ("我想看专家门诊") finds it, too.
 */
export function closeness({ terms, whole }: Query, { names, words = [], text = '' }: Findable): number {
  const [called, also, held] = [names.map(normaliseWord), words.map(normaliseWord), normaliseWord(text)];
  const scores = terms.map((term) =>
    Math.max(
      ...called.map((name) => (name === term ? 100 : begins(name, term) ? 80 : holds(name, term) ? 60 : 0)),
      ...also.map((word) => (word === term ? 90 : holds(word, term) ? 50 : 0)),
      holds(held, term) ? 20 : 0,
    ),
  );
  const every = Math.min(...scores);
  if (every > 0) return every;
  const spoken = [...called, ...also].filter((word) =>
    HAN.test(word) ? word.length > 1 && whole.includes(word) : terms.includes(word),
  );
  return spoken.length > 0 ? 40 : 0;
}

const HAN = /\p{Script=Han}/u;
/** Letters and digits are looked for from two on: a single one stands in nearly everything. */
const begins = (text: string, term: string): boolean => holds(text, term) && text.startsWith(term);
const holds = (text: string, term: string): boolean => (HAN.test(term) || term.length > 1) && text.includes(term);

/** What is found, the best first, otherwise in the order given. */
export function findAmong<T>(query: Query, things: readonly T[], of: (thing: T) => Findable): T[] {
  return things
    .map((thing, place) => ({ thing, place, score: closeness(query, of(thing)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ thing }) => thing);
}
