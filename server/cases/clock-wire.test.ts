import { expect, test } from 'vitest';
import { loadCalendar } from '#calendar/load.ts';
import { loadPlans } from '#plans/load.ts';
import type { ClockRow } from './clock-queries.ts';
import { clockToWire } from './clock-wire.ts';

const calendar = loadCalendar();
const ctx = { calendar: () => calendar };
const plan = loadPlans().plans.find((one) => one.plan === 'zhenai21')!;
const at = (text: string) => new Date(`${text}+08:00`);

const row = (more: Partial<ClockRow> = {}): ClockRow => ({
  id: '019a0000-0000-7000-8000-000000000001',
  caseId: '019a0000-0000-7000-8000-000000000002',
  promise: 'booking-result',
  occurrence: 1,
  target: false,
  clause: '2.2.1.3',
  unit: 'working-days',
  amount: 2,
  startedAt: at('2026-11-18T10:00:00'),
  firstDue: at('2026-11-20T18:00:00'),
  due: at('2026-11-20T18:00:00'),
  provisional: false,
  metAt: null,
  voidAt: null,
  breachedAt: null,
  correctedBy: null,
  ...more,
});
const show = (clock: ClockRow, now: string, pauses: { reason: 'papers'; from: Date; to: Date | null }[] = []) =>
  clockToWire(ctx, 'zh', {
    plan,
    service: plan.services['outpatient-access']!,
    clock,
    pauses,
    moves: [],
    now: at(now),
  });

test('[2.2.1.3] a running clock has its words, its printed clause and what is left', () => {
  expect(show(row(), '2026-11-18T11:00:00')).toMatchObject({
    label: '告知预约结果',
    printed: '二（二）1(3)',
    state: 'running',
    due: '2026-11-20T18:00:00+08:00',
    left: { days: 2, minutes: 420 },
    fraction: 0,
    rangeFrom: null,
    corrected: false,
  });
});

test('[2.4] a recorded breach stays one, whatever moved the due moment later, and a correction is marked beside it', () => {
  const met = row({
    metAt: at('2026-11-23T10:00:00'),
    breachedAt: at('2026-11-20T18:00:00'),
    due: at('2026-11-24T18:00:00'),
  });
  expect(show(met, '2026-11-25T10:00:00').state).toBe('breached');
  expect(show({ ...met, correctedBy: '019a0000-0000-7000-8000-000000000003' }, '2026-11-25T10:00:00')).toMatchObject({
    state: 'breached',
    corrected: true,
  });
  expect(show({ ...met, metAt: null, due: met.firstDue }, '2026-11-25T10:00:00').state).toBe('late');
});

test('[2.4] a case closed while its clock stood ends the clock as void, though its due moment is past', () => {
  const closed = at('2026-11-25T10:00:00');
  const pause = { reason: 'papers' as const, from: at('2026-11-19T10:00:00'), to: closed };
  expect(show(row({ voidAt: closed }), '2026-11-26T10:00:00', [pause]).state).toBe('void');
  expect(show(row(), '2026-11-24T10:00:00', [{ ...pause, to: null }]).state).toBe('standing');
});

test('[2.6.4.6] a promise shown as a range says from which day', () => {
  const service = plan.services['special-drug']!;
  const rule = service.promises.find(({ code }) => code === 'delivery')!;
  const clock = row({
    promise: 'delivery',
    clause: rule.clause,
    amount: 5,
    firstDue: at('2026-11-25T18:00:00'),
    due: at('2026-11-25T18:00:00'),
  });
  expect(
    clockToWire(ctx, 'en', { plan, service, clock, pauses: [], moves: [], now: at('2026-11-18T11:00:00') }),
  ).toMatchObject({ rangeFrom: '2026-11-20', label: rule.label.en });
});

test('a promise that the edition of the case does not have is a fault', () => {
  expect(() => show(row({ promise: 'nothing' }), '2026-11-18T11:00:00')).toThrow(/has no promise or target "nothing"/);
});
