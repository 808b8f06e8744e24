import { type Language, Problem } from './problem.ts';

const DEEPEST = 32;
const NUL = '\u0000';

/**
 * What no field of ours can hold, refused before anything reads it: a NUL character (PostgreSQL has no text with one) and
 * nesting deeper than any of our shapes (what walks it would run out of stack). Walks without recursion.
 * @param where how the pointer begins: '' for the body, 'query:' for the address
 * @throws Problem invalid-request, naming the first such field
 */
export function assertPlain(value: unknown, where = ''): void {
  const left: { value: unknown; pointer: string; depth: number }[] = [{ value, pointer: where, depth: 0 }];
  for (let one = left.pop(); one; one = left.pop()) {
    const { pointer, depth } = one;
    if (typeof one.value === 'string' && one.value.includes(NUL))
      refuse(pointer, { zh: '文字中不能有 NUL 字符', en: 'text without the NUL character' });
    if (one.value === null || typeof one.value !== 'object' || Buffer.isBuffer(one.value)) continue;
    if (depth >= DEEPEST) refuse(pointer, { zh: `最多 ${DEEPEST} 层`, en: `at most ${DEEPEST} levels deep` });
    for (const [name, inner] of Object.entries(one.value)) {
      if (name.includes(NUL)) refuse(pointer, { zh: '名称中不能有 NUL 字符', en: 'names without the NUL character' });
      left.push({ value: inner, pointer: `${pointer}/${name.slice(0, 64)}`, depth: depth + 1 });
    }
  }
}

function refuse(pointer: string, detail: Record<Language, string>): never {
  // A pointer into deep nesting is as long as the nesting.
  const named = pointer.slice(0, 200);
  const at = (words: string) => `${named || '/'} ${words}`;
  throw new Problem('invalid-request', {
    detail: { zh: at(detail.zh), en: at(detail.en) },
    errors: [{ pointer: named, detail }],
  });
}
