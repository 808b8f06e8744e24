import { describe, expect, test } from 'vitest';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { loadPlans } from '#plans/load.ts';
import { FACTS, MONDAY } from '#tests/support/journey-walk.ts';
import { advance, allowedEvents, begin, type Snapshot } from '../advance.ts';
import { fieldsOf } from '../fields.ts';
import type { CaseRole, Facts } from '../journey.ts';
import type { Context } from './context-v1.ts';
import { videoConsultationV1 as journey } from './v1.ts';

const { plans } = loadPlans();
const service = plans.find(({ plan }) => plan === 'zhenai21')!.services['video-consultation']!;
const start = (given: Record<string, boolean> = {}): Snapshot => {
  const { state, context } = begin(journey, {
    ...{ rules: rulesOf(service), outcome: 'granted', rulesOfDecision: [], needsOwnConsent: false, missingPapers: [] },
    ...{ given, provider: 'provider-a', now: MONDAY.toISOString() },
  });
  return { state, context, suspended: false };
};
const at = (minutes: number): Facts => ({ ...FACTS, now: new Date(MONDAY.getTime() + minutes * 60_000) });
const NOTE = { complaint: 'a', advice: 'b', seekCare: 'c', redFlags: 'd' };

/** Events one after the other, each by its role at its minute. */
function play(from: Snapshot, ...events: [string, CaseRole, number, Record<string, unknown>?][]): Snapshot {
  return events.reduce((so, [type, role, minute, payload = {}]) => {
    const moved = advance(journey, so, { type, payload, facts: at(minute) }, role);
    if (!moved.ok) throw new Error(`${type} in ${so.state}: ${JSON.stringify(moved)}`);
    return { state: moved.state, context: moved.context, suspended: false };
  }, from);
}
const chart = ({ context }: Snapshot) => context as unknown as Context;
const ACCEPT: [string, CaseRole, number, Record<string, unknown>] = [
  'acceptCall',
  'video-doctor',
  1,
  { doctor: 'vd-1', room: 'r-1' },
];

describe('the video consultation', () => {
  test('[2.1.6] an opening holds through the same day of the next year; 29 February ends on 28 February', () => {
    const open = advance(
      journey,
      start({ opening: true }),
      { type: 'acknowledgeOpening', payload: {}, facts: { ...FACTS, now: new Date('2024-02-29T15:30:00+08:00') } },
      'provider',
    );
    expect(open).toMatchObject({ ok: true, state: 'open', context: { openUntil: '2025-02-28T23:59:59.999+08:00' } });
  });
  test('[2.1.4] a call-back can be asked for from three minutes on, once', () => {
    const may = (so: Snapshot, minutes: number) =>
      allowedEvents(journey, so, 'member', at(minutes)).includes('wantCallBack');
    const queued = start();
    expect([may(queued, 2.9), may(queued, 3)]).toEqual([false, true]);
    expect(may(play(queued, ['wantCallBack', 'member', 3]), 4)).toBe(false);
    // Whoever takes it then telephones.
    expect(
      chart(play(queued, ['wantCallBack', 'member', 3], ['acceptCall', 'video-doctor', 4, ACCEPT[3]])).byTelephone,
    ).toBe(true);
  });
  test('[2.1.2] a doctor who left the list does not take a call', () => {
    const gone = advance(
      journey,
      start(),
      { type: 'acceptCall', payload: ACCEPT[3], facts: { ...at(1), refs: {} } },
      'video-doctor',
    );
    expect(gone).toMatchObject({ ok: false, code: 'invalid', problems: [{ pointer: '/doctor' }] });
  });
  test('[2.1.8.1] no event of a doctor has a field for a prescription', () => {
    const fields = Object.entries(journey.events)
      .filter(([, { by }]) => by.includes('video-doctor'))
      .flatMap(([type, { schema }]) => fieldsOf(schema).map(({ name, group }) => `${type}.${name} ${group}`));
    expect(fields).toContain('releaseNote.advice consultation');
    expect(fields.filter((field) => /prescri|drug|dose/i.test(field))).toEqual([]);
  });
  test('[2.1.8.3] put off and not answered, the member waits on, first in line', () => {
    const later = '2026-03-03T10:00:00+08:00';
    const off = play(start(), ACCEPT, ['putOff', 'video-doctor', 2, { cause: 'doctor', words: 'x', at: later }]);
    expect(chart(off)).toMatchObject({ doctor: null, room: null, appointmentAt: later });
    expect(chart(play(off, ['timeLapsed', 'system', 1440]))).toMatchObject({ again: true, appointmentAt: null });
    const agreed = play(off, ['acceptTime', 'member', 5], ['timeCame', 'system', 1440]);
    expect(agreed.state).toBe('waiting-again');
  });
  test('[2.1.5] the end of the contract ends a wait and finishes a call', () => {
    expect(play(start(), ['policyEnded', 'system', 1]).state).toBe('closed-policy-ended');
    expect(play(start(), ACCEPT, ['policyEnded', 'system', 2], ['endCall', 'member', 5]).state).toBe('noting');
  });
  test('one question may be asked within 24 hours of the note', () => {
    const noted = play(start(), ACCEPT, ['endCall', 'member', 10], ['releaseNote', 'video-doctor', 15, NOTE]);
    const may = (minutes: number) => allowedEvents(journey, noted, 'member', at(minutes)).includes('askFollowUp');
    expect([may(15 + 24 * 60), may(15 + 24 * 60 + 1)]).toEqual([true, false]);
    const answered = play(
      noted,
      ['rate', 'member', 20, { stars: 4 }],
      ['askFollowUp', 'member', 21, { question: 'q' }],
      ['answerFollowUp', 'video-doctor', 30, { answer: 'a' }],
    );
    expect(allowedEvents(journey, answered, 'member', at(31))).not.toContain('askFollowUp');
    expect(play(answered, ['afterOver', 'system', 3000]).state).toBe('completed');
  });
});
