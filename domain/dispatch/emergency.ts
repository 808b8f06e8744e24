/** Words of a complaint that lead to the emergency number at once. Pure; the words are the plan's. */
import type { Text } from '../plan/schema.ts';

const normal = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').toLowerCase();

/** The first word of an emergency in the text, in the language it was written in; undefined: none. */
export function findEmergencyWord(text: string, words: readonly Text[]): string | undefined {
  const said = normal(text);
  return words.flatMap(({ zh, en }) => [zh, en]).find((word) => said.includes(normal(word)));
}
