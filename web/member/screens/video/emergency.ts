import type { EmergencyWords } from '../../../shared/types.ts';

/** The first word of the plan's list that stands in the text: what is written in between does not hide it. */
export function emergencyIn(text: string, { words }: Pick<EmergencyWords, 'words'>): string | undefined {
  const plain = flat(text);
  return words.find((word) => plain.includes(flat(word)));
}

const flat = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s，。、,.!！?？]/g, '');
