/**
 * What a search of a list looks in: names as written, and the pinyin initials of those in Chinese. Computed when a row
 * comes in; a search only compares.
 */
import { normaliseWord } from '#domain/lists/column.ts';
import { type ListKind, type ListValues, listRowSearch } from '#domain/lists/kinds.ts';

export type SearchTextOf = (list: ListKind, values: ListValues) => string;

/** The dictionary of pinyin is large and an import is rare: it is read with the first one. */
export async function loadSearchText(): Promise<SearchTextOf> {
  const { pinyin } = await import('pinyin-pro');
  // 乐卫玛 is found by lwm; what is no Chinese stays as written.
  const initials = (word: string) =>
    normaliseWord(pinyin(word, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' }).join(''));
  return (list, values) => {
    const written = listRowSearch(list, values);
    const inChinese = written.split(' ').filter((word) => /\p{Script=Han}/u.test(word));
    return [written, ...new Set(inChinese.map(initials))].join(' ');
  };
}
