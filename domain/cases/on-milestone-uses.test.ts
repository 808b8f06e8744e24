import { describe, expect, test } from 'vitest';
import { BOOKED, causes, OFFERED, play, REQUEST, TO_PROVIDER, told } from '#tests/support/outpatient-story.ts';

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
