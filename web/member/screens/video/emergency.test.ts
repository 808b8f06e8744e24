import { expect, test } from 'vitest';
import { emergencyIn } from './emergency.ts';

const list = { words: ['胸痛', '呼吸困难', 'chest pain'] };

test.each([
  ['我从早上开始胸痛，出汗', '胸痛'],
  ['呼吸 困难', '呼吸困难'],
  ['Bad CHEST  pain since noon', 'chest pain'],
  ['最近睡不好', undefined],
  ['', undefined],
])('%s', (text, word) => {
  expect(emergencyIn(text, list)).toBe(word);
});
