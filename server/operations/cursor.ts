import { z } from 'zod';
import { Problem } from '#server/platform/problem.ts';

/** Where a page of a list ended, as an opaque text. */
export const writeCursor = (place: readonly (string | number | boolean)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws Problem `invalid-request` on a cursor that no answer gave */
export function readCursor<T extends z.ZodType>(text: string, shape: T): z.infer<T> {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    place = undefined;
  }
  const read = shape.safeParse(place);
  if (read.success) return read.data;
  throw new Problem('invalid-request', {
    pointer: '/cursor',
    detail: {
      zh: '请原样使用上一页给出的 next；去掉它即从头开始。',
      en: 'Give the "next" of the page before, unchanged; leave it out to start at the beginning.',
    },
  });
}

/** Where a page of a desk's list ended: past what is open (or still counts), at which moment, at which row. */
export type Place = readonly [past: boolean, atMs: number, id: string];
const PlaceShape = z.tuple([z.boolean(), z.number(), z.uuid()]);

/** Null starts at the top. @throws Problem invalid-request on a cursor that no answer gave */
export const readPlace = (cursor: string | undefined): Place | null =>
  cursor === undefined ? null : readCursor(cursor, PlaceShape);
/** The place as the three values that the statements take; nulls start at the top. */
export const placeValues = (after: Place | null) =>
  after ? ([after[0], new Date(after[1]), after[2]] as const) : ([null, null, null] as const);

/** Cuts what was asked for with one row more than `limit` to a page, and says where the next begins. */
export function cutPage<Row>(
  found: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): { rows: readonly Row[]; next: string | null } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: last && found.length > limit ? writeCursor(placeOf(last)) : null };
}
