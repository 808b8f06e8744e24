import { describe, expect, test } from 'vitest';
import { formatInstant } from '#domain/calendar/day.ts';
import { openClocks, pass, startPlay } from '#tests/support/case-play.ts';
import {
  BOOKED,
  calendar,
  causes,
  clock,
  OFFERED,
  pausing,
  plan,
  play,
  REQUEST,
  service,
  shanghai,
  stateOf,
  TO_PROVIDER,
} from '#tests/support/outpatient-story.ts';

describe('the promises of the outpatient channel', () => {
  test('[2.2.1.3] both start with the request: 2 and 7 working days', () => {
    const played = play(REQUEST);
    expect(formatInstant(clock(played, 'booking-result')?.due as Date)).toBe('2026-03-04T18:00:00+08:00');
    expect(formatInstant(clock(played, 'visit')?.due as Date)).toBe('2026-03-11T18:00:00+08:00');
  });

  test('[2.2.1.3] a request that waits for her own consent starts no clock and holds nothing', () => {
    const played = play(['request-waits-for-own-consent @ 03-02 10:00']);
    expect([played.so.clocks, causes(played)]).toEqual([[], []]);
  });

  test('[2.2.1.3] her consent is the request: the clocks start then', () => {
    const played = play([
      'request-waits-for-own-consent @ 03-02 10:00',
      'own-consent-given @ 03-05 10:00',
      'requested',
    ]);
    expect(formatInstant(clock(played, 'booking-result')?.due as Date)).toBe('2026-03-09T18:00:00+08:00');
  });

  for (const [title, story, bookingResult, visit] of [
    ['a slot told meets the booking result', OFFERED, 'met', 'open'],
    [
      'that none can be had, and what instead, meets the booking result',
      [...REQUEST, 'accepted', 'no-slot-told'],
      'met',
      'open',
    ],
    ['handing over to a provider meets neither', TO_PROVIDER, 'open', 'open'],
    ['a booking alone does not meet the visit', BOOKED, 'met', 'open'],
    ['attending meets the visit', [...BOOKED, 'attended @ 03-06 09:00'], 'met', 'met'],
    [
      'a visit without its escort is still the visit',
      [...BOOKED, 'escort-absent', 'attended-without-escort @ 03-06 09:00'],
      'met',
      'met',
    ],
    ['declining a slot in time: she chose a later one', [...OFFERED, 'offer-declined'], 'met', 'met'],
    [
      'declining a slot after the due moment meets nothing',
      [...TO_PROVIDER, 'slot-offered @ 03-03 10:00 -> 03-12 09:00', 'offer-declined'],
      'met',
      'open',
    ],
    ['changing a booking in time: she chose a later one', [...BOOKED, 'changed-by-member'], 'met', 'met'],
    ['not coming to a visit in time', [...BOOKED, 'absence-reported @ 03-06 12:00'], 'met', 'met'],
    [
      'not coming to a visit after the due moment',
      [
        ...TO_PROVIDER,
        'slot-offered @ 03-03 10:00 -> 03-12 09:00',
        'booking-confirmed',
        'absence-reported @ 03-12 12:00',
      ],
      'met',
      'open',
    ],
    [
      'a slot in time that the provider took away speaks for no choice of hers',
      [
        ...BOOKED,
        'cancelled-by-provider',
        'handed-to-provider',
        'slot-offered @ 03-04 10:00 -> 03-13 09:00',
        'offer-declined',
      ],
      'met',
      'open',
    ],
    [
      'a slot in time at a hospital that left the list speaks for no choice of hers',
      [
        ...OFFERED,
        'hospital-left-list',
        'handed-to-provider',
        'slot-offered @ 03-04 10:00 -> 03-13 09:00',
        'offer-declined',
      ],
      'met',
      'open',
    ],
    ['a slot that lapsed is no choice', [...OFFERED, 'offer-lapsed', 'handed-to-provider'], 'met', 'open'],
  ] as const)
    test(`[2.2.1.3] ${title}`, () => {
      const played = play(story);
      expect([stateOf(played, 'booking-result'), stateOf(played, 'visit')]).toEqual([bookingResult, visit]);
    });

  test('[2.2.1.3] the booking result runs once: a later re-booking does not run it again', () => {
    const played = play([
      ...BOOKED,
      'cancelled-by-provider',
      'handed-to-provider',
      'slot-offered @ 03-05 10:00 -> 03-10 09:00',
    ]);
    expect(played.so.clocks.filter(({ promise }) => promise === 'booking-result')).toHaveLength(1);
  });

  test("[2.2.1.3] a provider's cancellation opens the same visit clock again with its old due", () => {
    const before = play([
      ...BOOKED,
      'changed-by-member',
      'handed-to-provider',
      'slot-offered @ 03-04 10:00 -> 03-10 09:00',
      'booking-confirmed',
    ]);
    expect(stateOf(before, 'visit')).toBe('met');
    const after = play([
      ...BOOKED,
      'changed-by-member',
      'handed-to-provider',
      'slot-offered @ 03-04 10:00 -> 03-10 09:00',
      'booking-confirmed',
      'cancelled-by-provider',
    ]);
    expect(stateOf(after, 'visit')).toBe('open');
    expect(clock(after, 'visit')?.due).toEqual(clock(before, 'visit')?.due);
    expect(after.so.clocks.filter(({ promise }) => promise === 'visit')).toHaveLength(1);
  });

  test('a start counts from when it happened, not before the previous milestone of the case', () => {
    const [first, late] = [shanghai('03-04 10:00'), shanghai('03-02 10:00')];
    const waiting = pass(plan, service, calendar, startPlay(), {
      name: 'own-consent-given',
      occurredAt: first,
      recordedAt: first,
    });
    const played = pass(plan, service, calendar, waiting, { name: 'requested', occurredAt: late, recordedAt: first });
    expect(clock(played, 'visit')?.startedAt).toEqual(first);
  });
});

describe('papers and suspension', () => {
  test('[2.5.2.3] the appointment counts from the arrival of the last record, whatever was told in between', () => {
    const opinion = plan.services['second-opinion']!;
    const [arrived, told] = [shanghai('03-02 16:00'), shanghai('03-04 10:00')];
    const handed = pass(plan, opinion, calendar, startPlay(), {
      name: 'papers-handed-in',
      occurredAt: arrived,
      recordedAt: arrived,
    });
    const called = pass(plan, opinion, calendar, handed, {
      name: 'contact-reached',
      occurredAt: told,
      recordedAt: told,
    });
    const complete = pass(plan, opinion, calendar, called, {
      name: 'papers-complete',
      occurredAt: arrived,
      recordedAt: told,
    });
    expect(clock(complete, 'appointment')).toMatchObject({ startedAt: arrived, due: shanghai('03-09 18:00') });
  });

  test('[2.2.1.3] from the asking until the last is handed in the clocks stand, once', () => {
    const played = play([
      ...REQUEST,
      'papers-asked @ 03-02 11:00',
      'papers-asked @ 03-03 11:00',
      'papers-handed-in @ 03-05 12:00',
    ]);
    expect(played.so.pauses).toEqual([
      { reason: 'papers', from: shanghai('03-02 11:00'), to: shanghai('03-05 12:00') },
    ]);
  });

  test('[2.2.7] a suspension and its end pause and resume once, whatever is recorded twice', () => {
    const played = play(
      [
        ...REQUEST,
        'policy-suspended @ 03-03 10:00',
        'policy-suspended',
        'policy-revived @ 03-09 10:00',
        'policy-revived',
      ],
      pausing,
    );
    expect(played.so.pauses).toEqual([
      { reason: 'suspension', from: shanghai('03-03 10:00'), to: shanghai('03-09 10:00') },
    ]);
  });

  test('a target of ours runs again at each start, never twice at once', () => {
    const played = play([
      ...REQUEST,
      'papers-asked',
      'papers-handed-in @ 03-05 12:00',
      'papers-asked',
      'papers-handed-in @ 03-09 12:00',
    ]);
    expect(played.so.clocks.filter(({ promise }) => promise === 'review').map(({ occurrence }) => occurrence)).toEqual([
      1, 2, 3,
    ]);
    expect(openClocks(played.so).filter(({ promise }) => promise === 'review')).toHaveLength(1);
  });
});
