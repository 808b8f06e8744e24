import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { ask, CALENDAR, PLAN, planWith, told } from './test-ground.ts';

const uses = (...states: (string | [state: string, on: string])[]) => ({
  uses: states.map((use) => (typeof use === 'string' ? { state: use } : { state: use[0], on: use[1] })),
});
const HELD = 'held-by-open-case@2.2.limit';
const USED = 'used-up@2.2.limit';
const left = (change: unknown, plan = PLAN) => decide([plan], CALENDAR, ask(change)).remaining;

describe('[2.2.6] once per insured per contract', () => {
  test('a released use gives it back', () => expect(told(uses('released', 'released'))).toBe('granted'));
  test('a held use holds it', () => expect(told(uses('held'))).toBe(`refused ${HELD}`));
  test('a spent use has used it up', () => expect(told(uses('spent'))).toBe(`refused ${USED}`));
  test('a held and a spent one give both', () => expect(told(uses('held', 'spent'))).toBe(`refused ${HELD} ${USED}`));
  test('what remains is never below 0', () => {
    expect(left(uses())).toBe(1);
    expect(left(uses('held'))).toBe(0);
    expect(left(uses('held', 'spent', 'spent'))).toBe(0);
  });
  test('[2.6.2.4] without a limit nothing is used up', () => {
    expect(told({ service: 'drug', ...uses('spent', 'spent', 'held') })).toBe('granted');
    expect(left({ service: 'drug', ...uses('spent') })).toBe(null);
  });
});

describe('two a policy year', () => {
  const plan = planWith({ services: { visit: { use: { limit: { is: 2 }, per: 'policy-year' } } } });
  // The policy runs three years; the request of 2 March 2026 lies in its first year, 2025-06-01 … 2026-05-31.
  const long = { policy: { expiresOn: '2028-05-31' } };
  const second = { ...long, at: '2026-06-01T00:00:00+08:00' };

  test('one held of two is no obstacle', () => expect(told(uses('held'), plan)).toBe('granted'));
  test('one held and one spent: held by the open case alone', () =>
    expect(told(uses('held', 'spent'), plan)).toBe(`refused ${HELD}`));
  test('a use on the last day of the year before does not count, one on the first day of this year does', () => {
    expect(left({ ...second, ...uses(['spent', '2026-05-31'], ['spent', '2026-05-31']) }, plan)).toBe(2);
    expect(left({ ...second, ...uses(['spent', '2026-06-01'], ['spent', '2026-05-31']) }, plan)).toBe(1);
  });
  test('on the last day of the year its uses still count', () =>
    expect(left({ ...long, at: '2026-05-31T23:59:59+08:00', ...uses(['spent', '2025-06-01']) }, plan)).toBe(1));
  test('a use without a day counts', () => expect(left({ ...second, ...uses('spent') }, plan)).toBe(1));
  test('per policy every use counts', () =>
    expect(told({ ...second, ...uses(['spent', '2025-07-01']) })).toBe(`refused ${USED}`));
});

describe('[2.1.6] a year of its own', () => {
  const video = (act: string, at: string, openedAt: string | null, change: object = {}) => ({
    service: 'video',
    act,
    at,
    openedAt,
    policy: { effectiveFrom: '2020-01-01', expiresOn: '2030-12-31', coolingOffEndsOn: null },
    ...change,
  });
  const opened = '2025-03-02T15:00:00+08:00';
  const openState = {
    policy: {
      effectiveFrom: '2020-01-01',
      expiresOn: '2030-12-31',
      coolingOffEndsOn: null,
      status: [{ state: 'in-force', from: '2020-01-01T00:00:00+08:00' }],
    },
  };
  const is = (act: string, at: string, openedAt: string | null, plan = PLAN) =>
    told(video(act, at, openedAt, openState), plan);

  test('used through the same date next year', () => {
    expect(is('use', '2026-03-02T23:59:59+08:00', opened)).toBe('granted');
    expect(is('use', '2026-03-03T00:00:00+08:00', opened)).toBe('refused lapsed@2.1.year');
  });
  test('opened on 29 February it ends on 28 February', () => {
    expect(is('use', '2025-02-28T23:59:59+08:00', '2024-02-29T12:00:00+08:00')).toBe('granted');
    expect(is('use', '2025-03-01T00:00:00+08:00', '2024-02-29T12:00:00+08:00')).toBe('refused lapsed@2.1.year');
  });
  test('never opened, or not yet', () => {
    expect(is('use', '2026-03-02T10:00:00+08:00', null)).toBe('refused not-opened@2.1.year');
    expect(is('use', '2026-03-02T10:00:00+08:00', '2026-03-02T10:00:00.001+08:00')).toBe('refused not-opened@2.1.year');
    expect(is('use', '2026-03-02T10:00:00+08:00', '2026-03-02T10:00:00+08:00')).toBe('granted');
  });
  test('opened again only once the year is over', () => {
    expect(is('open', '2026-03-02T23:59:59+08:00', opened)).toBe('refused already-open@2.1.again');
    expect(is('open', '2026-03-03T00:00:00+08:00', opened)).toBe('granted');
    expect(is('open', '2026-03-02T10:00:00+08:00', null)).toBe('granted');
    expect(is('open', '2026-03-02T10:00:00+08:00', '2026-03-02T10:00:01+08:00')).toBe('granted');
  });
  test('reopenBeforeDays lets it be opened in the last days', () => {
    const plan = planWith({ services: { video: { ownYear: { reopenBeforeDays: 30 } } } });
    expect(is('open', '2026-01-31T23:59:59+08:00', opened, plan)).toBe('refused already-open@2.1.again');
    expect(is('open', '2026-02-01T00:00:00+08:00', opened, plan)).toBe('granted');
  });
  test("the policy's end is told by its own rule", () =>
    expect(told({ service: 'video', at: '2026-06-01T00:00:00+08:00' })).toBe(
      'refused policy-not-in-force@2.1.follows',
    ));
});
