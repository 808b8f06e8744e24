import { expect, test } from 'vitest';
import { add, figuresOf, lastMoment, reasonsOf, type SatisfactionRule } from './satisfaction.ts';

const words = { zh: '等待', en: 'waiting' };
const rule: SatisfactionRule = {
  sayWithinDays: 30,
  changeWithinDays: 7,
  lowAtMost: 2,
  asks: ['delivered'],
  takes: ['withdrawn'],
  reasons: [
    { code: 'waiting', name: words },
    { code: 'sampling', name: words, kinds: ['gene-test'] },
  ],
};
const at = (day: string) => new Date(`${day}T10:00:00+08:00`);

test('a reason is offered after the kinds it is for, and after all where it names none', () => {
  expect(reasonsOf(rule, 'gene-test').map(({ code }) => code)).toEqual(['waiting', 'sampling']);
  expect(reasonsOf(rule, 'outpatient-access').map(({ code }) => code)).toEqual(['waiting']);
});

test('it can be said for so many days after the end, and changed for so many after it was said', () => {
  expect(lastMoment(rule, { endedAt: null, saidAt: null })).toBeNull();
  expect(lastMoment(rule, { endedAt: at('2026-11-01'), saidAt: null })).toEqual(at('2026-12-01'));
  expect(lastMoment(rule, { endedAt: at('2026-11-01'), saidAt: at('2026-11-03') })).toEqual(at('2026-11-10'));
  expect(lastMoment(rule, { endedAt: null, saidAt: at('2026-11-03') })).toEqual(at('2026-11-10'));
});

test('fewer than five answers are counted and not broken down', () => {
  expect(figuresOf([1, 0, 0, 1, 2])).toEqual({ answered: 4, mean: null, distribution: null });
  expect(figuresOf(add([1, 0, 0, 1, 2], [0, 0, 0, 0, 2]))).toEqual({
    answered: 6,
    mean: 4.17,
    distribution: [1, 0, 0, 1, 4],
  });
});
