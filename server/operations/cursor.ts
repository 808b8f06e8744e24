import type { z } from 'zod';
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
