import { describe, expect, test } from 'vitest';
import type { AllowedEvent, PaperView, RunningClock } from '../shared/types.ts';
import { countByTimeLeft } from './operations/buckets.ts';
import { listPaperActs } from './papers/paper-acts.ts';
import { nextNine } from './shell/next-nine.ts';
import { consoleBase, urls } from './urls.ts';

describe('addresses', () => {
  test('a filter stands in the address and empty parts of it do not', () => {
    expect(urls.case('c1', { desk: 'mine', q: '', due: 'late' })).toBe('/work/c1?desk=mine&due=late');
  });
  test("an insurer's prefix stays in front of the console", () => {
    expect(consoleBase('/i/demo/console/work')).toBe('/i/demo/console');
    expect(consoleBase('/console')).toBe('/console');
    expect(consoleBase('/consoles')).toBe('/console');
  });
});

describe('the sandbox clock', () => {
  test('the next nine is today before nine and tomorrow from nine on', () => {
    expect(nextNine(new Date('2026-11-20T08:59:00+08:00'))).toBe('2026-11-20T09:00:00+08:00');
    expect(nextNine(new Date('2026-11-20T09:00:00+08:00'))).toBe('2026-11-21T09:00:00+08:00');
    expect(nextNine(new Date('2026-11-20T23:30:00Z'))).toBe('2026-11-21T09:00:00+08:00');
  });
});

test('clocks are grouped by time to breach, and one that stands is in no group', () => {
  const now = new Date('2026-11-20T15:00:00+08:00');
  const clocks = ['2026-11-20T14:00', '2026-11-20T15:30', '2026-11-20T18:00', '2026-11-30T18:00'].map((due) => ({
    clock: { state: 'running', due: `${due}:00+08:00` },
  }));
  const standing = { clock: { state: 'standing', due: '2026-11-20T15:30:00+08:00' } };
  const groups = countByTimeLeft([...clocks, standing] as unknown as RunningClock[], now);
  expect(groups.map(({ code, count }) => `${code} ${count}`)).toEqual([
    'late 1',
    'hour 1',
    'four 1',
    'day 0',
    'three 0',
    'later 1',
  ]);
});

describe('what may be said about a paper', () => {
  const paper = { id: 'p1', kind: 'pathology' } as PaperView;
  const ref = (to: string) => ({ type: 'string', 'x-ref': to });
  const event = (type: string, properties: Record<string, unknown>, required: string[]): AllowedEvent => ({
    type,
    label: type,
    weight: 'normal',
    schema: { type: 'object', properties, required },
  });
  test('a verdict with few values is a button for each, with the paper filled in', () => {
    const verdict = { type: 'string', enum: ['accepted', 'rejected'], 'x-labels': { accepted: '通过' } };
    const judge = event('judgePaper', { paper: ref('paper:any'), verdict }, ['paper', 'verdict']);
    expect(listPaperActs(paper, [judge]).map(({ label, start }) => [label, start])).toEqual([
      ['通过', { paper: 'p1', verdict: 'accepted' }],
      ['rejected', { paper: 'p1', verdict: 'rejected' }],
    ]);
  });
  test('an event about another kind of paper, or about kinds, is not offered', () => {
    const other = event('useInvoice', { paper: ref('paper:invoice') }, ['paper']);
    const kinds = event('askPapers', { kinds: { type: 'array', items: ref('paper:kind') } }, ['kinds']);
    expect(listPaperActs(paper, [other, kinds])).toEqual([]);
  });
});
