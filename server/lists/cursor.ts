import { Problem } from '#server/platform/problem.ts';

type Place = { readonly label: string; readonly id: string };

/** Where a page of a list ended, as an opaque text. */
export const encodeCursor = ({ label, id }: Place): string =>
  Buffer.from(JSON.stringify([label, id])).toString('base64url');

/** @throws Problem `invalid-request` on a cursor that no answer gave. */
export function decodeCursor(text: string): Place {
  try {
    const [label, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    if (typeof label === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return { label, id };
  } catch {
    // Answered below like any other text that is no cursor.
  }
  throw new Problem('invalid-request', {
    pointer: '/cursor',
    detail: {
      zh: '这个 cursor 不是本系统给出的；去掉它即从头开始。',
      en: 'The cursor is none of ours: leave it out to start at the beginning.',
    },
  });
}
