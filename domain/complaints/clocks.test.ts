import { expect, test } from 'vitest';
import { loadCalendar } from '#calendar/load.ts';
import { loadNorms } from '#norms/load.ts';
import { formatInstant } from '../calendar/day.ts';
import { daysOfNorm, dueByNorm, REVIEW_ASKED, remindAt } from './clocks.ts';
import { complainantActs, handlerActs, type Standing } from './rules.ts';

const LAW = '银行业保险业消费投诉处理管理办法 第三章';
const [norms, calendar] = [loadNorms(), loadCalendar()];
const due = (code: string, from: string) => formatInstant(dueByNorm(norms, code, new Date(from), calendar));

test(`[${LAW}] a plain complaint is answered by the end of the 15th day after the day of its receipt, days off or not`, () => {
  expect(due('complaint-answer', '2026-09-25T00:00:00+08:00')).toBe('2026-10-11T00:00:00+08:00');
  expect(due('complaint-answer', '2026-09-25T23:59:59+08:00')).toBe('2026-10-11T00:00:00+08:00');
  expect(due('complaint-answer', '2026-02-20T09:00:00+08:00')).toBe('2026-03-08T00:00:00+08:00');
});

test(`[${LAW}] a complex one has 30 days from its receipt; with approval 30 more after those`, () => {
  expect(due('complaint-answer-complex', '2026-07-01T10:00:00+08:00')).toBe('2026-08-01T00:00:00+08:00');
  expect(due('complaint-extension', '2026-07-01T10:00:00+08:00')).toBe('2026-08-31T00:00:00+08:00');
  expect(
    ['complaint-answer', 'complaint-answer-complex', 'complaint-extension'].map((one) => daysOfNorm(norms, one)),
  ).toEqual([15, 30, 60]);
});

test(`[${LAW}] a review is asked for within 30 days of being told, and decided within 30 of its receipt`, () => {
  expect(due(REVIEW_ASKED, '2026-07-17T16:00:00+08:00')).toBe('2026-08-17T00:00:00+08:00');
  expect(due('complaint-review', '2026-08-16T23:00:00+08:00')).toBe('2026-09-16T00:00:00+08:00');
});

test('handler and supervisor are reminded whole days before it is due', () => {
  const at = new Date('2026-07-17T00:00:00+08:00');
  expect([3, 1].map((days) => formatInstant(remindAt(at, days)))).toEqual([
    '2026-07-14T00:00:00+08:00',
    '2026-07-16T00:00:00+08:00',
  ]);
});

const standing = (change: Partial<Standing> = {}): Standing => ({
  state: 'looked-into',
  round: 1,
  norm: 'complaint-answer',
  due: new Date('2026-07-17T00:00:00+08:00'),
  handled: true,
  reviewUntil: null,
  ...change,
});
const [before, after] = [new Date('2026-07-16T23:59:59+08:00'), new Date('2026-07-17T00:00:00+08:00')];
const mine = { supervisor: false, mine: true, tookPart: false };

test(`[${LAW}] more time is taken only while the time given has not passed, 30 days once and 30 more once`, () => {
  expect(handlerActs(standing(), mine, before)).toContain('extend');
  expect(handlerActs(standing(), mine, after)).not.toContain('extend');
  expect(handlerActs(standing({ norm: 'complaint-answer-complex' }), mine, before)).toContain('ask-extension');
  for (const norm of ['complaint-extension', 'complaint-review'] as const)
    expect(handlerActs(standing({ norm }), mine, before)).toEqual(['ask', 'note', 'state', 'answer']);
});

test(`[${LAW}] who took part does nothing, a supervisor among them may only give it to somebody else`, () => {
  expect(handlerActs(standing(), { ...mine, tookPart: true }, before)).toEqual([]);
  expect(handlerActs(standing(), { supervisor: true, mine: false, tookPart: true }, before)).toEqual(['assign']);
  expect(handlerActs(standing({ handled: false }), { ...mine, mine: false }, before)).toEqual(['take']);
});

test(`[${LAW}] she takes it back or adds to it while it is open, and asks for a review until its last day is over`, () => {
  expect(complainantActs(standing(), before)).toEqual(['add', 'withdraw']);
  const answered = standing({ state: 'answered', reviewUntil: after });
  expect(complainantActs(answered, before)).toEqual(['review']);
  expect(complainantActs(answered, after)).toEqual([]);
});
