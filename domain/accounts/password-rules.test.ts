import { expect, test } from 'vitest';
import { checkPassword, explainPasswordFault } from './password-rules.ts';

const owner = { email: 'chen.an@example.com', name: '陈安' };

test('a long mixed password is good', () => {
  expect(checkPassword('Plum-Tree-77-river', owner)).toEqual([]);
});
test('a phrase of twenty characters needs no mix', () => {
  expect(checkPassword('seven quiet boats on tea', owner)).toEqual([]);
});
test('every fault is told, not only the first', () => {
  expect(checkPassword('abc', owner)).toEqual(['too-short', 'too-plain', 'too-common']);
});
test('a common stem with a few signs is refused', () => {
  expect(checkPassword('Password123!', owner)).toEqual(['too-common']);
  expect(checkPassword('Aa1!Aa1!Aa1!', owner)).toEqual(['too-common']);
});
test('the own e-mail or name is refused', () => {
  expect(checkPassword('Chen.An-2026-x', owner)).toEqual(['holds-your-name']);
});
test('more than 128 characters are refused', () => {
  expect(checkPassword('Xy7-kq'.repeat(22), owner)).toEqual(['too-long']);
});
test('a fault has words in both languages', () => {
  expect(explainPasswordFault('too-short', 'zh')).toMatch('12');
  expect(explainPasswordFault('too-short', 'en')).toMatch('12');
});
