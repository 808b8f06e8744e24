import { describe, expect, test } from 'vitest';
import { loadCalendar } from '#calendar/load.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { editionInForce, findService } from '#domain/plan/registry.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import { loadPlans } from '#plans/load.ts';
import { openClocks, type Played, pass, startPlay } from '#tests/support/case-play.ts';

const calendar = loadCalendar();
const plan = editionInForce(loadPlans().plans, 'zhenai21', '2026-03-02') as Plan;
const service = findService(plan, 'outpatient-access') as Service;
/** The other reading of the suspension clause, as an insurer may choose it (tension 2.2.7/N.7). */
const pausing: Plan = { ...plan, onSuspension: { ...plan.onSuspension, is: 'pause' } };

/** `name`, `name @ moment` or `name @ moment -> visit`; moments in Shanghai, by default a minute after the one before. */
function play(story: readonly string[], under: Plan = plan): Played {
  let at = new Date('2026-03-02T10:00:00+08:00');
  return story.reduce((played, line) => {
    const [, name = '', , moment, , visit] = /^([\w-]+)( @ ([\d -]+:\d\d))?( -> ([\d -]+:\d\d))?$/.exec(line) ?? [];
    at = moment ? shanghai(moment) : new Date(at.getTime() + 60_000);
    return pass(under, service, calendar, played, {
      name,
      occurredAt: at,
      recordedAt: at,
      ...(visit ? { at: shanghai(visit) } : {}),
    });
  }, startPlay());
}
const shanghai = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`);
const clock = ({ so }: Played, promise: string) => so.clocks.find((one) => one.promise === promise);
const stateOf = (played: Played, promise: string) => {
  const one = clock(played, promise);
  return !one ? 'none' : one.voidAt ? 'void' : one.metAt ? 'met' : 'open';
};
const causes = ({ changes }: Played) =>
  changes.flatMap((change) => (change.do === 'use' ? [`${change.move} ${change.cause} ${change.clause ?? '-'}`] : []));
const told = ({ changes }: Played, to: string) =>
  changes.flatMap((change) => (change.do === 'tell' && change.to === to ? [change.template] : []));

const REQUEST = ['requested @ 03-02 10:00'];
const TO_PROVIDER = [...REQUEST, 'papers-complete', 'accepted', 'care-path-told', 'handed-to-provider'];
const OFFERED = [...TO_PROVIDER, 'slot-offered @ 03-03 10:00 -> 03-06 09:00'];
const BOOKED = [...OFFERED, 'booking-confirmed'];

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

describe('what a case costs', () => {
  for (const [title, story, uses] of [
    ['[2.2.6] the request holds the one use', REQUEST, ['hold requested 2.2.6']],
    ['[2.2.6] the visit spends it', [...BOOKED, 'attended'], ['hold requested 2.2.6', 'spend delivered 2.2.6']],
    [
      '[2.2.9] cancelling before the booking spends nothing',
      [...OFFERED, 'withdrawn'],
      ['hold requested 2.2.6', 'release withdrawn -'],
    ],
    [
      '[2.2.9] cancelling after the booking counts as used',
      [...BOOKED, 'cancelled-by-member'],
      ['hold requested 2.2.6', 'spend used-by-cancel 2.2.9'],
    ],
    [
      '[2.2.9] a change after the booking counts as used, and the visit that follows costs no more',
      [
        ...BOOKED,
        'changed-by-member',
        'handed-to-provider',
        'slot-offered @ 03-04 10:00 -> 03-10 09:00',
        'booking-confirmed',
        'attended @ 03-10 09:00',
      ],
      ['hold requested 2.2.6', 'spend used-by-change 2.2.9'],
    ],
    [
      '[2.2.9] declining an offer costs nothing',
      [...OFFERED, 'offer-declined', 'handed-to-provider'],
      ['hold requested 2.2.6'],
    ],
    [
      "[2.2.9] the provider's own cancellation spends nothing, and her withdrawing after it spends nothing",
      [...BOOKED, 'cancelled-by-provider', 'handed-to-provider', 'withdrawn'],
      ['hold requested 2.2.6', 'release withdrawn -'],
    ],
    [
      "[2.2.9] after the provider's change nothing is armed until she accepts again",
      [...BOOKED, 'changed-by-provider', 'slot-offered @ 03-04 10:00 -> 03-10 09:00', 'cancelled-by-member'],
      ['hold requested 2.2.6', 'release withdrawn -'],
    ],
    [
      '[2.2.9] an absence costs nothing until a person has decided',
      [...BOOKED, 'absence-reported'],
      ['hold requested 2.2.6'],
    ],
    [
      '[2.2.9] an absence that counts',
      [...BOOKED, 'absence-reported', 'absence-counted'],
      ['hold requested 2.2.6', 'spend used-by-absence 2.2.9'],
    ],
    [
      '[2.2.9] an absence with cause',
      [...BOOKED, 'absence-reported', 'absence-excused'],
      ['hold requested 2.2.6', 'release excused -'],
    ],
    [
      '[2.2.0] an escort who does not come spends nothing',
      [...BOOKED, 'escort-absent', 'attended-without-escort'],
      ['hold requested 2.2.6', 'release not-deliverable -'],
    ],
    ['[2.2.4] a refusal gives the use back', [...REQUEST, 'refused'], ['hold requested 2.2.6', 'release refused -']],
    [
      '[2.6.5.2.3] withdrawn consent before the booking gives it back',
      [...OFFERED, 'consent-withdrawn'],
      ['hold requested 2.2.6', 'release consent-withdrawn -'],
    ],
    [
      '[N.7] the end of the policy gives it back',
      [...REQUEST, 'policy-ended'],
      ['hold requested 2.2.6', 'release policy-ended -'],
    ],
    [
      '[N.7] after a visit nothing gives it back',
      [...BOOKED, 'attended', 'policy-ended'],
      ['hold requested 2.2.6', 'spend delivered 2.2.6'],
    ],
    [
      'papers never handed in give it back; she can ask again',
      [...REQUEST, 'papers-asked', 'not-pursued'],
      ['hold requested 2.2.6', 'release not-pursued -'],
    ],
    ['a death gives it back', [...REQUEST, 'died'], ['hold requested 2.2.6', 'release died -']],
  ] as const)
    test(title, () => expect(causes(play(story))).toEqual(uses));
});

describe('who is told', () => {
  test('the member is told of a slot at once, whatever the hour', () => {
    const change = play(OFFERED).changes.find((one) => one.do === 'tell' && one.template === 'slot-offered');
    expect(change).toMatchObject({ to: 'member', urgent: true });
  });

  test('the provider is told only when the case is handed to it', () => {
    expect(told(play(REQUEST), 'provider')).toEqual([]);
    expect(told(play(TO_PROVIDER), 'provider')).toEqual(['case-for-provider']);
  });

  test('[2.2.9] a cancellation that counts is told', () => {
    expect(told(play([...BOOKED, 'cancelled-by-member']), 'member')).toContain('cancelled-counted');
  });
});
