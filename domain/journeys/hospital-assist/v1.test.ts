import { describe, expect, test } from 'vitest';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { loadPlans } from '#plans/load.ts';
import { AFTER_VISIT, FACTS, MONDAY, SET } from '#tests/support/journey-walk.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { advance, allowedEvents, begin, type Snapshot } from '../advance.ts';
import { payloadSchema } from '../fields.ts';
import type { CaseRole, Facts } from '../journey.ts';
import type { Context } from './context-v1.ts';
import { hospitalAssistV1 as journey } from './v1.ts';

const service = loadPlans().plans.find(({ plan }) => plan === 'zhenai21')!.services['hospital-assist']!;

type Step = { send: string; with?: Record<string, unknown>; facts?: Partial<Facts>; as?: CaseRole };
const send = (type: string, more: Omit<Step, 'send'> = {}): Step => ({ send: type, ...more });

function attempt(snapshot: Snapshot, { send: type, with: set, facts, as }: Step) {
  const def = journey.events[type]!;
  const payload = payloadFor(payloadSchema(def.schema, 'zh'), { now: MONDAY, set: { ...SET[type], ...set } });
  return advance(journey, snapshot, { type, payload, facts: { ...FACTS, ...facts } }, as ?? (def.by[0] as CaseRole));
}

/** The case after the steps; a step that is refused says so. */
function story(steps: readonly Step[], given: Record<string, boolean> = {}) {
  const begun = begin(journey, {
    rules: rulesOf(service),
    outcome: 'granted',
    rulesOfDecision: [],
    needsOwnConsent: false,
    missingPapers: [],
    given,
    provider: 'provider-a',
    now: MONDAY.toISOString(),
  });
  let snapshot: Snapshot = { state: begun.state, context: begun.context, suspended: false };
  const passed = begun.milestones.map(({ name }) => name);
  for (const step of steps) {
    const result = attempt(snapshot, step);
    if (!result.ok) throw new Error(`${step.send} in ${snapshot.state}: ${JSON.stringify(result)}`);
    passed.push(...result.milestones.map(({ name }) => name));
    snapshot = { ...snapshot, state: result.state, context: result.context };
  }
  return { snapshot, passed, context: snapshot.context as unknown as Context };
}
const BOOKED = [send('holdSlot'), send('confirmBooking')];
const SUBMITTED = [send('fillClaim'), send('submitClaim')];
const CLAIM = { claim: true };
const later = (minutes: number) => ({ now: new Date(MONDAY.getTime() + minutes * 60_000) });
const wrong = (snapshot: Snapshot, step: Step) => {
  const result = attempt(snapshot, step);
  return result.ok ? 'taken' : result.code === 'invalid' ? result.problems.map(({ pointer }) => pointer) : result.code;
};

describe('a booking', () => {
  test('[2.7.1] a slot is held for the minutes that the plan says, and confirmed only while it is', () => {
    const held = story([send('holdSlot')]);
    expect(held.snapshot.state).toBe('held');
    expect(held.context.offer?.answerBy).toBe(later(service.assist!.holdMinutes).now.toISOString());
    expect(wrong(held.snapshot, send('confirmBooking', { facts: later(service.assist!.holdMinutes + 1) }))).toEqual([
      '',
    ]);
    expect(story([...BOOKED]).passed).toEqual(expect.arrayContaining(['handed-to-provider', 'booking-confirmed']));
  });

  test('[2.7.1] a slot of another item, of nowhere or of the past is not taken', () => {
    const { snapshot } = story([]);
    const { slot } = FACTS.refs;
    for (const other of [null, { ...slot, fits: false }, { ...slot, startsAt: '2026-03-02T09:00:00+08:00' }])
      expect(wrong(snapshot, send('holdSlot', { facts: { refs: { ...FACTS.refs, slot: other } } }))).toEqual(['/slot']);
  });

  test('[2.7.2.2] moving and cancelling pass nothing that costs, and the calendar counts each', () => {
    const moved = story([...BOOKED, send('changeBooking'), send('changeBooking')]);
    expect([moved.snapshot.state, moved.context.moves]).toEqual(['booked', 2]);
    const cancelled = story([...BOOKED, send('cancelBooking')]);
    expect(cancelled.snapshot.state).toBe('closed-cancelled');
    expect([cancelled.context.slotId, cancelled.context.cancelled?.visitAt]).toEqual([null, FACTS.refs.slot!.startsAt]);
    expect(service.use).toMatchObject({ limit: { is: null }, hold: [], spend: [] });
  });

  test('the hospital enters a booking once; a moved one is to be entered again', () => {
    const entered = story([...BOOKED, send('enterBooking')]);
    expect(wrong(entered.snapshot, send('enterBooking'))).toBe('not-allowed');
    expect(story([...BOOKED, send('enterBooking'), send('changeBooking')]).context.entered).toBe(false);
  });

  test('the hospital’s cancelling and a closed slot lead to another choice, and not to an end', () => {
    for (const type of ['providerCancels', 'slotClosed'])
      expect(story([...BOOKED, send(type)])).toMatchObject({
        snapshot: { state: 'choosing' },
        context: { slotId: null },
      });
  });

  test('checked in from the day on, absent only after the time; neither counts a use', () => {
    const { snapshot } = story(BOOKED);
    expect(wrong(snapshot, send('checkIn'))).toEqual(['']);
    expect(wrong(snapshot, send('reportAbsence'))).toEqual(['']);
    const then = { facts: { now: AFTER_VISIT } };
    expect(story([...BOOKED, send('checkIn', then), send('rate')]).snapshot.state).toBe('completed');
    expect(story([...BOOKED, send('reportAbsence', then)]).snapshot.state).toBe('closed-absent');
  });

  test('the hospital’s staff have nothing to do in a case without a booking', () => {
    expect(allowedEvents(journey, story([send('holdSlot')]).snapshot, 'hospital-staff', FACTS)).toEqual([]);
    expect(allowedEvents(journey, story([], CLAIM).snapshot, 'hospital-staff', FACTS)).toEqual([]);
  });
});

describe('a claim', () => {
  test('[2.7.3] it books nothing, and nobody of the house decides it', () => {
    const { snapshot } = story([], CLAIM);
    expect(snapshot.state).toBe('claim-collecting');
    expect(wrong(snapshot, send('holdSlot'))).toBe('not-allowed');
    const ready = story([...SUBMITTED, send('acceptClaim')], CLAIM).snapshot;
    expect(allowedEvents(journey, ready, 'case-manager', FACTS)).toContain('handOverClaim');
    expect(allowedEvents(journey, ready, 'case-manager', FACTS)).not.toContain('recordAnswer');
  });

  test('it is submitted when its form and its papers are there, and accepted only while they are', () => {
    const { snapshot } = story([], CLAIM);
    expect(wrong(snapshot, send('submitClaim', { facts: { missingPapers: ['invoice'] } }))).toEqual(['', '']);
    const checking = story(SUBMITTED, CLAIM).snapshot;
    expect(wrong(checking, send('acceptClaim', { facts: { missingPapers: ['invoice'] } }))).toEqual(['']);
  });

  test('the claims system pays, refuses, or wants more; only the last leads back to the member', () => {
    const handed = [...SUBMITTED, send('acceptClaim'), send('handOverClaim')];
    const answer = (outcome: string) => story([...handed, send('recordAnswer', { with: { outcome } })], CLAIM);
    expect([answer('paid').snapshot.state, answer('refused').snapshot.state]).toEqual(['answered', 'answered']);
    expect(answer('more')).toMatchObject({ snapshot: { state: 'claim-collecting' } });
    expect(answer('more').passed).toContain('papers-asked');
  });

  test('[N.7] the policy’s end stops a claim in the making, and none that was handed in', () => {
    expect(story([send('policyEnded')], CLAIM).snapshot.state).toBe('closed-policy-ended');
    expect(story([...SUBMITTED, send('policyEnded')], CLAIM).snapshot.state).toBe('claim-checking');
  });
});
