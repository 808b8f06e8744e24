/** The promises and rules of contract 2 held against the real plan of the first insurer, clause by clause. */
import { describe, expect, test } from 'vitest';
import { loadCalendar } from '#calendar/load.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { decide } from '#domain/eligibility/decide.ts';
import { promiseDue } from '#domain/eligibility/promise-due.ts';
import { QuestionInput } from '#domain/eligibility/question.ts';
import { changed, QUESTION } from '#domain/eligibility/test-ground.ts';
import { decisionToWire } from '#domain/eligibility/wire.ts';
import { loadPlans } from '#plans/load.ts';
import { EXAMPLE } from './test-examples.ts';

const { plans } = loadPlans();
const calendar = loadCalendar();
const answer = (base: unknown, change: unknown) =>
  decisionToWire(decide(plans, calendar, QuestionInput.parse(changed(base, change))));

describe('the example of contract 2.2', () => {
  test('is granted with its two clocks', () =>
    expect(answer(EXAMPLE, {})).toEqual({
      outcome: 'granted',
      reasons: [],
      remaining: 1,
      clocks: [
        { promise: 'booking-result', clause: '2.2.1.3', due: '2026-03-04T18:00:00+08:00', provisional: false },
        { promise: 'visit', clause: '2.2.1.3', due: '2026-03-11T18:00:00+08:00', provisional: false },
      ],
      edition: '2024-05-23',
    }));
  test('[2.2.6] with a spent use is refused, and the sentence says when', () =>
    expect(answer(EXAMPLE, { uses: [{ state: 'spent', on: '2025-12-03' }] })).toEqual({
      outcome: 'refused',
      reasons: [
        {
          rule: 'used-up',
          clause: '2.2.6',
          effect: 'refuse',
          message: '重疾门诊绿通每份保单可使用1次，您已使用1次，最近一次在2025年12月3日。',
        },
      ],
      remaining: 0,
      clocks: [],
      edition: '2024-05-23',
    }));
});

// A lymphoma at a public hospital, asked for by telephone: every service but the portal-only one is open to it.
const BASE = { ...QUESTION, plan: 'zhenai21' };
const rules = (service: string, change: object) =>
  answer(BASE, { service, ...change }).reasons.map(({ rule, clause }) => `${rule}@${clause}`);

describe('the table of services of contract 2.3', () => {
  const WAITING = [
    'outpatient-access',
    'inpatient-access',
    'gene-test',
    'second-opinion',
    'special-drug',
    'drug-aid',
    'car-t',
  ];
  const barredBy = ['2.2.5', '2.3.5', '2.4.3', '2.5.5', '2.6.2.3', '2.6.2.3', '2.6.4.4'];
  test.each(WAITING.map((service, i) => [service, barredBy[i]]))('%s: barred for good by %s', (service, clause) => {
    expect(rules(service ?? '', {})).toEqual([]);
    expect(rules(service ?? '', { illness: { onsetOn: null, diagnosedOn: '2025-08-29' } })).toEqual([
      `ill-in-waiting-period@${clause}`,
    ]);
  });

  test.each([
    ['outpatient-access', '2.2.6'],
    ['inpatient-access', '2.3.6'],
    ['gene-test', '2.4.4'],
    ['second-opinion', '2.5.6'],
    ['car-t', '2.6.4.5'],
  ])('%s: once per policy by %s', (service, clause) => {
    expect(rules(service, { uses: [{ state: 'spent', on: '2025-06-01' }] })).toEqual([`used-up@${clause}`]);
    expect(answer(BASE, { service }).remaining).toBe(1);
  });
  test.each(['video-consultation', 'special-drug', 'drug-aid', 'hospital-assist'])('%s: without a limit', (service) => {
    const uses = [{ state: 'spent' }, { state: 'held' }];
    expect(answer(BASE, { service, uses, channel: 'portal' })).toMatchObject({ outcome: 'granted', remaining: null });
  });

  test('[2.4.6] [2.5.8] gene test and second opinion are for the hotline, hospital assistance for the portal', () => {
    expect(rules('gene-test', { channel: 'portal' })).toEqual(['channel-not-offered@2.4.6']);
    expect(rules('second-opinion', { channel: 'portal' })).toEqual(['channel-not-offered@2.5.8']);
    expect(rules('hospital-assist', { channel: 'hotline' })).toEqual(['channel-not-offered@2.7.3']);
  });
  test('a tumour that is no lymphoma has all but CAR-T, a critical illness that is no tumour only the green channels', () => {
    const open = (kind: string) => WAITING.filter((service) => rules(service, { illness: { kind } }).length === 0);
    expect(open('malignant-tumour')).toEqual(WAITING.slice(0, 6));
    expect(open('critical-illness')).toEqual(WAITING.slice(0, 2));
  });
  test('an illness from before the cover excludes special drugs and CAR-T alone', () => {
    const open = WAITING.filter((service) => rules(service, { illness: { preExisting: true } }).length === 0);
    expect(open).toEqual(['outpatient-access', 'inpatient-access', 'gene-test', 'second-opinion', 'drug-aid']);
  });
  test('[2.6.2.7.1] aid is for mainland citizens, [2.6.4.1] CAR-T for public hospitals of grade 2 or above', () => {
    expect(rules('drug-aid', { person: { mainlandCitizen: false } })).toEqual(['not-mainland-citizen@2.6.2.7.1']);
    expect(rules('car-t', { illness: { hospital: { public: false } } })).toEqual(['hospital-not-qualified@2.6.4.1']);
  });
  test('the policyholder has video and hospital assistance, and only video waits for the end of cooling-off', () => {
    const person = { role: 'policyholder' };
    const at = '2025-06-10T10:00:00+08:00';
    expect(rules('hospital-assist', { person, at, channel: 'portal' })).toEqual([]);
    expect(rules('video-consultation', { person, at, openedAt: '2025-06-01T00:00:00+08:00' })).toEqual([
      'in-cooling-off@2.1.5',
    ]);
  });
  test('[N.7] revived after a suspension every entitlement stays ended', () => {
    const status = ['in-force', 'suspended', 'in-force'].map((state, i) => ({
      state,
      from: `2025-0${6 + i}-01T00:00:00+08:00`,
    }));
    for (const service of [...WAITING, 'video-consultation'])
      expect(rules(service, { policy: { status } })).toEqual(['entitlement-ended@N.7']);
  });
});

describe('clocks of contract 2.3 from a request on Wednesday 2026-09-30 at 17:30', () => {
  const clocks = (service: string, change: object = {}) => {
    const at = '2026-09-30T17:30:00+08:00';
    const policy = { expiresOn: '2027-05-31' };
    return answer(BASE, { service, at, policy, ...change }).clocks.map(
      ({ promise, clause, due }) => `${promise} ${clause} ${due}`,
    );
  };
  test.each([
    [
      'outpatient-access',
      ['booking-result 2.2.1.3 2026-10-09T18:00:00+08:00', 'visit 2.2.1.3 2026-10-15T18:00:00+08:00'],
    ],
    [
      'inpatient-access',
      ['response 2.3.1.3 2026-10-08T09:30:00+08:00', 'admission-certificate 2.3.1.4 2026-10-10T18:00:00+08:00'],
    ],
    ['second-opinion', ['response 2.5.2.2 2026-10-08T09:30:00+08:00']],
    ['car-t', ['response 2.6.4.2 2026-10-08T18:00:00+08:00']],
    ['video-consultation', ['doctor-matched 2.1.4 2026-09-30T17:33:00+08:00']],
    ['gene-test', []],
    ['special-drug', []],
    ['drug-aid', []],
  ])('%s', (service, expected) => expect(clocks(service)).toEqual(expected));

  test('[2.3.1.4] with a certificate the admission runs at once', () =>
    expect(clocks('inpatient-access', { admissionCertificate: true })).toEqual([
      'response 2.3.1.3 2026-10-08T09:30:00+08:00',
      'admission 2.3.1.4 2026-10-20T18:00:00+08:00',
    ]));
});

test.each([
  ['second-opinion', 'completeness-verdict', '2026-10-08T18:00:00+08:00'],
  ['second-opinion', 'appointment', '2026-10-13T18:00:00+08:00'],
  ['special-drug', 'prescription-review', '2026-10-08T18:00:00+08:00'],
  ['special-drug', 'delivery', '2026-10-13T18:00:00+08:00'],
  ['drug-aid', 'aid-review', '2026-10-10T18:00:00+08:00'],
  ['car-t', 'assessment-visit', '2026-10-10T18:00:00+08:00'],
  ['car-t', 'admission', '2026-10-15T18:00:00+08:00'],
])('%s %s, started by a later milestone on 2026-09-30, is due %s', (service, promise, due) => {
  const from = new Date('2026-09-30T09:00:00+08:00');
  const answered = promiseDue(plans, calendar, { plan: 'zhenai21', service, promise, from, paused: [] });
  expect(formatInstant(answered.due)).toBe(due);
});
