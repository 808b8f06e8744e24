/** What a column of an import file is: its headings, what may stand in it, and the words of its template. */

/** A text in both languages. */
export type Both = { readonly zh: string; readonly en: string };

export type Choice = Both & { readonly value: string | number; readonly also?: readonly string[] };

/** What each word of a cell must look like, and how to say so. */
export type WordForm = { readonly pattern: RegExp; readonly expected: Both };

export type ColumnType =
  | { readonly type: 'text'; readonly maxLength?: number }
  | { readonly type: 'day' }
  /** A day means its 00:00 in Shanghai. */
  | { readonly type: 'moment' }
  | { readonly type: 'yes-no' }
  | { readonly type: 'integer'; readonly min: number; readonly max: number }
  /** Written in yuan with at most two decimals, read as 分. */
  | { readonly type: 'money' }
  | { readonly type: 'choice'; readonly choices: readonly Choice[] }
  /** Several words in one cell, separated by 、 ; | or a line break. */
  | { readonly type: 'words'; readonly each?: WordForm }
  | { readonly type: 'phone' }
  | { readonly type: 'object' };

export type Column = ColumnType & {
  /** Its name in the contract and in the row as stored; also an English heading. */
  readonly name: string;
  readonly heading: Both;
  /** Further headings under which it is known. */
  readonly also?: readonly string[];
  /** A value in every row; without it the column must still be there unless `optionalColumn`. */
  readonly required?: boolean;
  readonly optionalColumn?: boolean;
  readonly about: Both;
  readonly example: string;
  /** Says something of a person: the value is repeated in no message. */
  readonly personal?: boolean;
};

/** Headings and words compare without regard to width, case, spaces and the star of required columns. */
export const normaliseWord = (text: string): string => text.normalize('NFKC').replace(/[\s*]/g, '').toLowerCase();
