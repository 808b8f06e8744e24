/** The first handbook as data: every clause has its row, and the tables of the outside contract come out of the plan. */
import { expect, test } from 'vitest';
import { loadPlans } from '#plans/load.ts';
import { editionInForce } from './registry.ts';
import type { Plan, Service } from './schema.ts';

const CLAUSE_IDS = `
  1 2.1.1 2.1.2 2.1.3 2.1.4 2.1.5 2.1.6 2.1.7 2.1.8.1 2.1.8.2 2.1.8.3 2.2.0 2.2.1.1 2.2.1.2 2.2.1.3 2.2.2
  2.2.3 2.2.4 2.2.5 2.2.6 2.2.7 2.2.8 2.2.9 2.3.0 2.3.1.1 2.3.1.2 2.3.1.3 2.3.1.4 2.3.2 2.3.3 2.3.4 2.3.5
  2.3.6 2.3.7 2.3.8 2.3.9 2.4.0 2.4.1.1 2.4.1.2 2.4.1.3 2.4.1.4 2.4.1.5 2.4.1.6 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6
  2.4.7 2.5.1.1 2.5.1.2 2.5.1.3 2.5.2.1 2.5.2.2 2.5.2.3 2.5.3 2.5.4 2.5.5 2.5.6 2.5.7 2.5.8 2.5.9 2.6.1.1
  2.6.1.2 2.6.1.3 2.6.1.4 2.6.1.5 2.6.2.1 2.6.2.2 2.6.2.3 2.6.2.4 2.6.2.5 2.6.2.6 2.6.2.7.1 2.6.2.7.2
  2.6.2.7.3 2.6.2.8.1 2.6.2.8.2 2.6.2.9.1 2.6.2.9.2 2.6.2.9.3 2.6.3.2.1 2.6.3.2.2 2.6.3.2.3 2.6.3.2.4
  2.6.3.2.5 2.6.3.3 2.6.3.4 2.6.4.1 2.6.4.2 2.6.4.3 2.6.4.4 2.6.4.5 2.6.4.6 2.6.4.7 2.6.4.8.1 2.6.4.8.2
  2.6.4.8.3 2.6.4.8.4 2.6.4.8.5 2.6.4.8.6 2.6.4.8.7 2.6.5.1.1 2.6.5.1.2 2.6.5.1.3 2.6.5.1.4 2.6.5.2.1
  2.6.5.2.2 2.6.5.2.3 2.6.5.2.4 2.6.5.2.5 2.6.5.2.6 2.6.faq.1 2.6.faq.2 2.7.1 2.7.2.1 2.7.2.2 2.7.2.3 2.7.3
  A.1 A.2 A.3 A.4 A.5 N.1 N.2 N.3 N.4 N.5 N.6 N.7 N.8 S.1 S.2 S.3 S.4
`
  .trim()
  .split(/\s+/);

const { plans, faults } = loadPlans();
const plan = editionInForce(plans, 'zhenai21', '2026-11-18') as Plan;

test('the plans of the project have no fault', () => {
  expect(faults).toEqual([]);
  expect(plan.edition).toBe('2024-05-23');
});

test('every clause of the handbook has one row, and there is no other row', () => {
  expect(plan.clauses.map((clause) => clause.id).toSorted()).toEqual(CLAUSE_IDS.toSorted());
});

test.each([
  ['1', '一'],
  ['2.2.9', '二（二）9'],
  ['2.2.1.3', '二（二）1(3)'],
  ['2.1.8.1', '二（一）8(1)'],
  ['2.4.0', '二（四）'],
  ['2.6.2.8.2', '二（六）2(8)2)'],
  ['2.6.faq.2', '二（六）5 Q2'],
  ['2.7.2.3', '二（七）2(3)'],
  ['A.3', '附件三'],
  ['N.7', '服务注意事项7'],
  ['S.2', '服务声明2'],
])('[%s] is printed as %s', (id, printed) => {
  expect(plan.clauses.find((clause) => clause.id === id)?.printed).toBe(printed);
});

test('a clause text is one sentence in each language and says what enforces it', () => {
  for (const clause of plan.clauses) {
    expect(clause.zh, clause.id).toMatch(/^[^。]+。$/);
    expect(clause.en, clause.id).toMatch(/\S/);
    expect(clause.enforcedBy.length, clause.id).toBeGreaterThan(0);
  }
});

const row = (code: string): string => {
  const service = serviceOf(code);
  const illness = service.illness;
  const hospital = illness?.hospital.is ?? null;
  return [
    service.persons.is.join('+'),
    service.channels.is.join('+'),
    service.coolingOff.is ? 'cooling-off' : '-',
    service.waiting.is ? 'waiting' : '-',
    illness?.kind.is ?? '-',
    illness?.first.is ? 'first' : '-',
    illness?.excludesPreExisting.is ? 'excludes' : '-',
    hospital === null ? '-' : `${hospital.public ? 'public' : 'any'}≥${hospital.minGrade}`,
    service.citizens.is,
    service.use.limit.is ?? '-',
  ].join(' ');
};

test.each([
  ['video-consultation', 'policyholder+insured portal+hotline cooling-off - - - - - any -'],
  ['outpatient-access', 'insured portal+hotline - waiting critical-illness first - - any 1'],
  ['inpatient-access', 'insured portal+hotline - waiting critical-illness first - - any 1'],
  ['gene-test', 'insured hotline - waiting malignant-tumour first - - any 1'],
  ['second-opinion', 'insured hotline - waiting malignant-tumour first - - any 1'],
  ['special-drug', 'insured portal+hotline - waiting malignant-tumour first excludes - any -'],
  ['drug-aid', 'insured portal+hotline - waiting malignant-tumour first - - mainland -'],
  ['car-t', 'insured portal+hotline - waiting lymphoma first excludes public≥2 any 1'],
  ['hospital-assist', 'policyholder+insured portal - - - - - - any -'],
])('the entitlement of %s is that of the contract', (code, expected) => {
  expect(row(code)).toBe(expected);
  expect(Object.keys(plan.services)).toContain(code);
});

const promises = (code: string): string[] =>
  serviceOf(code).promises.map((rule) => {
    const stands = `${rule.stands.forPapers ? 'P' : '-'}${rule.stands.forSuspension ? 'S' : '-'}`;
    return `${rule.code} ${rule.term.amount} ${rule.term.unit} ${stands} ${rule.clause}`;
  });

test.each([
  ['video-consultation', ['doctor-matched 180 seconds -- 2.1.4']],
  ['outpatient-access', ['booking-result 2 working-days PS 2.2.1.3', 'visit 7 working-days PS 2.2.1.3']],
  [
    'inpatient-access',
    [
      'response 60 service-minutes -S 2.3.1.3',
      'admission-certificate 3 working-days PS 2.3.1.4',
      'admission 10 working-days PS 2.3.1.4',
    ],
  ],
  ['gene-test', []],
  [
    'second-opinion',
    [
      'response 60 service-minutes -S 2.5.2.2',
      'completeness-verdict 1 working-days -S 2.5.2.3',
      'appointment 5 working-days PS 2.5.2.3',
    ],
  ],
  ['special-drug', ['prescription-review 1 working-days PS 2.6.2.9.1', 'delivery 5 working-days PS 2.6.2.9.2']],
  ['drug-aid', ['aid-review 3 working-days PS 2.6.2.9.1']],
  [
    'car-t',
    [
      'response 1 working-days -S 2.6.4.2',
      'assessment-visit 3 working-days PS 2.6.4.2',
      'admission 7 working-days PS 2.6.4.2',
    ],
  ],
  ['hospital-assist', []],
])('the promises of %s are those of the contract, in its order', (code, expected) => {
  expect(promises(code)).toEqual(expected);
});

test('[2.2.9] cancelling or changing a booking costs the use; a provider that changes or cancels disarms it', () => {
  const { use } = serviceOf('outpatient-access');
  expect(use.spend.map((rule) => `${rule.on} ${rule.when ?? 'always'} ${rule.cause} ${rule.clause}`)).toEqual([
    'attended always delivered 2.2.6',
    'cancelled-by-member armed used-by-cancel 2.2.9',
    'changed-by-member armed used-by-change 2.2.9',
    'absence-counted always used-by-absence 2.2.9',
  ]);
  expect(use.disarm.map((rule) => rule.on)).toEqual([
    'cancelled-by-provider',
    'changed-by-provider',
    'not-deliverable',
  ]);
});

test('[2.5.9] only the second opinion spends an absence by itself; [2.6.4.5] CAR-T releases it and changes are free', () => {
  const switches = (code: string) => serviceOf(code).switches;
  expect(
    ['outpatient-access', 'inpatient-access', 'gene-test', 'second-opinion', 'car-t'].map(
      (code) => switches(code)?.absence.is,
    ),
  ).toEqual(['person', 'person', 'person', 'spend', 'release']);
  expect(switches('car-t')?.changeAfterBooking.is).toBe('free');
  expect(switches('outpatient-access')?.changeAfterBooking.is).toBe('spent-and-served');
});

test('[N.3] the illness table has the 28 standard illnesses, and what is not public is a sample', () => {
  expect(plan.illnesses.filter((illness) => illness.severity === 'severe' && illness.kind !== 'lymphoma')).toHaveLength(
    28,
  );
  expect(
    plan.illnesses.filter((illness) => illness.severity === 'mild').map((illness) => [illness.counted, illness.sample]),
  ).toEqual([
    ['person-decides', true],
    ['person-decides', true],
    ['person-decides', true],
  ]);
  expect(plan.illnesses.some((illness) => illness.kind === 'lymphoma')).toBe(true);
});

function serviceOf(code: string): Service {
  const service = plan.services[code];
  if (service === undefined) throw new Error(`no ${code}`);
  return service;
}
