/**
 * What the tests of this folder stand on: an invented plan with the kinds of service that the rules tell apart, a
 * calendar with one holiday, and a question that is granted. Tests change one thing at a time.
 */
import { buildCalendar } from '#domain/calendar/work-calendar.ts';
import { Plan } from '#domain/plan/schema.ts';
import { decide } from './decide.ts';
import { QuestionInput } from './question.ts';

const text = (zh: string, en: string) => ({ zh, en });
const cited = <T>(is: T, clause: string) => ({ is, clause });
const promise = (code: string, clause: string, unit: string, amount: number, starts: unknown[]) => ({
  code,
  clause,
  label: text(code, code),
  term: { unit, amount },
  starts,
  meets: [{ on: 'attended' }],
  stands: { forPapers: true, forSuspension: true },
});

type Parts = Readonly<Record<string, unknown>>;

/** A service for the insured with a waiting period, no illness and one use; `parts` say what differs. */
const service = (no: string, zh: string, parts: Parts) => ({
  name: text(zh, `Service ${no}`),
  gives: text(zh, zh),
  clause: no,
  journey: { kind: 'outpatient-access', version: 1 },
  persons: cited(['insured'], `${no}.persons`),
  channels: cited(['portal', 'hotline'], `${no}.channels`),
  applicants: cited(['self', 'policyholder', 'insured', 'beneficiary', 'guardian', 'agent'], `${no}.applicants`),
  guardian: { clause: `${no}.guardian` },
  follows: { clause: `${no}.follows` },
  coolingOff: cited(false, `${no}.cooling`),
  waiting: cited(true, `${no}.waiting`),
  illness: null,
  citizens: cited('any', `${no}.citizens`),
  hours: { days: 'every-day', opens: '09:00', closes: '18:00', clause: `${no}.hours` },
  use: { limit: cited(1, `${no}.limit`), per: 'policy' },
  ...parts,
});

const illness = (no: string, kind: string, excludesPreExisting: boolean, hospital: unknown) => ({
  kind: cited(kind, `${no}.kind`),
  first: cited(true, `${no}.first`),
  diagnosedInForce: { clause: `${no}.in-force` },
  excludesPreExisting: cited(excludesPreExisting, `${no}.pre-existing`),
  hospital: cited(hospital, `${no}.hospital`),
});

const requested = { on: 'requested' };

/** The plan's file content; tests change a copy and read it with `planOf`. */
export const PLAN_INPUT = {
  plan: 'test-plan',
  insurer: 'test-insurer',
  insurerName: text('样例保险', 'Sample Insurance'),
  name: text('样例计划', 'Sample Plan'),
  edition: '2024-05-23',
  effectiveFrom: '2024-05-23',
  hotline: '400-000-0000',
  inForce: { clause: 'N.8' },
  offers: { clause: '1' },
  workingDay: { opens: '09:00', closes: '18:00', clause: 'W' },
  onSuspension: cited('end', 'N.7'),
  waitingBar: cited('service', 'B'),
  clauses: [{ id: '1', printed: '一', kind: 'rule', zh: '服务', en: 'Services', enforcedBy: ['informs'] }],
  illnesses: [
    {
      code: 'tumour',
      name: text('肿瘤', 'Tumour'),
      kind: 'malignant-tumour',
      severity: null,
      evidence: [],
      counted: 'yes',
      clause: 'N.3',
    },
  ],
  paperKinds: [],
  consentTexts: [],
  notices: [],
  services: {
    visit: service('2.2', '专家门诊', {
      illness: illness('2.2', 'critical-illness', false, null),
      promises: [
        promise('booking-result', '2.2.sla', 'working-days', 2, [requested]),
        promise('visit', '2.2.sla', 'working-days', 7, [requested]),
        promise('follow-up', '2.2.sla', 'working-days', 1, [{ on: 'attended' }]),
      ],
    }),
    stay: service('2.3', '住院安排', {
      illness: illness('2.3', 'critical-illness', false, null),
      promises: [
        promise('response', '2.3.hour', 'service-minutes', 60, [requested]),
        promise('certificate', '2.3.days', 'working-days', 3, [
          { ...requested, given: { admissionCertificate: false } },
        ]),
        promise('admission', '2.3.days', 'working-days', 10, [
          { ...requested, given: { admissionCertificate: true } },
          { on: 'certificate-issued' },
        ]),
      ],
    }),
    drug: service('2.6', '药品援助', {
      illness: illness('2.6', 'malignant-tumour', true, null),
      citizens: cited('mainland', '2.6.citizens'),
      use: { limit: cited(null, '2.6.limit'), per: 'policy' },
    }),
    cells: service('2.7', '细胞治疗', {
      illness: illness('2.7', 'lymphoma', true, { public: true, minGrade: 2 }),
      channels: cited(['hotline'], '2.7.channels'),
    }),
    video: service('2.1', '视频问诊', {
      persons: cited(['policyholder', 'insured'], '2.1.persons'),
      coolingOff: cited(true, '2.1.cooling'),
      waiting: cited(false, '2.1.waiting'),
      ownYear: { years: 1, reopenBeforeDays: 0, clause: '2.1.year', opensAgainClause: '2.1.again' },
      use: { limit: cited(null, '2.1.limit'), per: 'policy' },
      promises: [promise('doctor-matched', '2.1.sla', 'seconds', 180, [{ ...requested, act: 'use' }])],
    }),
  },
};

type Change = { [key: string]: unknown };

/** A copy of `base` in which `change` replaces what it names; objects go deep, lists and null replace whole. */
export function changed(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const result: Change = { ...base };
  for (const [key, value] of Object.entries(change)) result[key] = changed(result[key], value);
  return result;
}

function isObject(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The plan with `change` in it. */
export function planWith(change: unknown = {}): Plan {
  return Plan.parse(changed(PLAN_INPUT, change));
}

export const PLAN = planWith();

export const CALENDAR = buildCalendar([
  {
    year: 2026,
    notice: '样例通知',
    version: 1,
    partial: false,
    days: [
      { date: '2026-03-06', kind: 'off', name: '样例假日' },
      { date: '2026-03-07', kind: 'work', name: '样例假日' },
    ],
  },
]);

/** Granted as it stands: the example of contract 2.2 asked of this plan. */
export const QUESTION = {
  plan: 'test-plan',
  service: 'visit',
  act: 'use',
  at: '2026-03-02T10:00:00+08:00',
  channel: 'hotline',
  policy: {
    effectiveFrom: '2025-06-01',
    expiresOn: '2026-05-31',
    coolingOffEndsOn: '2025-06-15',
    waitingEndsOn: '2025-08-29',
    renewedWithoutBreak: false,
    status: [{ state: 'in-force', from: '2025-06-01T00:00:00+08:00' }],
  },
  person: { role: 'insured', bornOn: '1980-01-01', mainlandCitizen: true, fullCapacity: true },
  applicant: { relation: 'self', proofs: [] },
  illness: {
    kind: 'lymphoma',
    onsetOn: '2025-12-20',
    diagnosedOn: '2026-01-10',
    first: true,
    preExisting: false,
    hospital: { grade: 3, class: 'A', public: true },
  },
  earlierIllnesses: [],
  uses: [{ state: 'released' }],
  openedAt: '2026-01-01T09:00:00+08:00',
  admissionCertificate: false,
};

/** The question with `change` in it, read as outside input is. */
export function ask(change: unknown = {}) {
  return QuestionInput.parse(changed(QUESTION, change));
}

/** The decision in one line: the outcome, then `rule@clause` of every reason. */
export function told(change: unknown, plan: Plan = PLAN): string {
  const { outcome, reasons } = decide([plan], CALENDAR, ask(change));
  return [outcome, ...reasons.map(({ rule, clause }) => `${rule}@${clause}`)].join(' ');
}
