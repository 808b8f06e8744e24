import { expect, test } from 'vitest';
import { foldTimeline } from './fold-timeline.ts';
import type { TimelineEntry } from './types.ts';

const fact = (value: string) => ({ label: '资料', value });
const entry = (id: string, change: Partial<TimelineEntry> = {}) =>
  ({
    id,
    recordedAt: '2026-11-18T09:20:00+08:00',
    type: 'judgePaper',
    label: '核对了一份资料',
    actor: '医学审核',
    facts: [fact(id)],
    future: false,
    ...change,
  }) as TimelineEntry;
const shown = (...entries: TimelineEntry[]) => foldTimeline(entries).map((row) => row.map(({ id }) => id));

test('papers judged one after the other by one person are one entry; another act between them parts them', () => {
  const accepted = entry('5', { type: 'accept', label: '审核通过', facts: [] });
  expect(shown(entry('1'), entry('2'), entry('3'), accepted, entry('6'))).toEqual([['1', '2', '3'], ['5'], ['6']]);
});

test.each<[string, Partial<TimelineEntry>]>([
  ['another person', { actor: '主管' }],
  ['the next day in Shanghai', { recordedAt: '2026-11-18T16:20:00Z' }],
  ['what is to come', { future: true }],
  ['an event without facts', { facts: [] }],
  ['an event that tells more', { facts: [fact('a'), fact('b'), fact('c')] }],
  ['other words', { label: '退回了一份资料' }],
])('%s keeps an entry of its own', (_name, change) => {
  expect(shown(entry('1'), entry('2', change))).toEqual([['1'], ['2']]);
});
