import { Problem } from '#server/platform/problem.ts';
import type { Cursor } from './inbox-queries.ts';

/** Before the first page: later than any moment of business. */
const START: Cursor = { at: new Date('9999-12-31T00:00:00Z'), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

export const writeCursor = ({ at, id }: Cursor): string => Buffer.from(`${at.getTime()} ${id}`).toString('base64url');

/** Where a page begins. @throws Problem invalid-request for a text that no page gave */
export function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return START;
  const [, ms, id] =
    /^(\d{1,15}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (ms === undefined || id === undefined) {
    throw new Problem('invalid-request', {
      errors: [
        {
          pointer: '/cursor',
          detail: { zh: '请原样使用上一页给出的 next。', en: 'Give the "next" of the page before, unchanged.' },
        },
      ],
    });
  }
  return { at: new Date(Number(ms)), id };
}
