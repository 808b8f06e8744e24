import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, type Outcome } from './decide.ts';
import { ACTS, POLICY_STATES, PROOFS, QuestionInput, USE_STATES } from './question.ts';
import { RULES } from './reasons.ts';
import { CALENDAR, PLAN, planWith } from './test-ground.ts';
import { reasonMessage } from './wire.ts';

const day = (from: string, to: string) =>
  fc
    .date({ min: new Date(`${from}T00:00:00Z`), max: new Date(`${to}T00:00:00Z`), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
const moment = fc
  .date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const near = day('2025-01-01', '2026-12-31');
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });

const illness = fc.record({
  kind: fc.constantFrom('critical-illness', 'malignant-tumour', 'lymphoma', 'other'),
  onsetOn: maybe(near),
  diagnosedOn: maybe(near),
  first: fc.boolean(),
  preExisting: fc.boolean(),
  hospital: maybe(fc.record({ grade: maybe(fc.integer({ min: 1, max: 3 })), public: maybe(fc.boolean()) })),
});
const use = fc.record({ state: fc.constantFrom(...USE_STATES), on: maybe(near) });

/** Any question that can be read, about any service of the test plan and some that it lacks. */
const question = fc.record({
  plan: fc.constant('test-plan'),
  service: fc.constantFrom(...Object.keys(PLAN.services), 'none'),
  act: fc.constantFrom(...ACTS),
  at: moment,
  channel: fc.constantFrom('portal', 'hotline'),
  policy: fc.record({
    effectiveFrom: day('2025-01-01', '2025-12-31'),
    expiresOn: day('2025-06-01', '2026-12-31'),
    coolingOffEndsOn: maybe(near),
    waitingEndsOn: maybe(near),
    renewedWithoutBreak: fc.boolean(),
    status: fc
      .array(fc.record({ state: fc.constantFrom(...POLICY_STATES), from: moment }), { maxLength: 4 })
      .map((entries) => entries.sort((a, b) => (a.from < b.from ? -1 : 1))),
  }),
  person: fc.record({
    role: fc.constantFrom('policyholder', 'insured'),
    bornOn: day('1950-01-01', '2025-01-01'),
    mainlandCitizen: fc.boolean(),
    fullCapacity: fc.boolean(),
  }),
  applicant: fc.record({
    relation: fc.constantFrom('self', 'policyholder', 'insured', 'beneficiary', 'guardian', 'agent', 'other'),
    proofs: fc.subarray([...PROOFS]),
  }),
  illness: maybe(illness),
  earlierIllnesses: fc.array(illness, { maxLength: 2 }),
  uses: fc.array(use, { maxLength: 4 }),
  openedAt: maybe(moment),
  admissionCertificate: fc.boolean(),
});

const plans = [planWith({ services: { visit: { use: { limit: { is: 2 }, per: 'policy-year' } } } })];
const decided = (input: unknown) => decide(plans, CALENDAR, QuestionInput.parse(input));
type Asked = typeof question extends fc.Arbitrary<infer T> ? T : never;
const holds = (check: (input: Asked) => void) =>
  fc.assert(
    fc.property(question, (input) => {
      check(input);
    }),
    { numRuns: 1500 },
  );

describe('whatever is asked', () => {
  test('it is refused if and only if a reason refuses, and granted only without any', () =>
    holds((input) => {
      const { outcome, reasons, clocks } = decided(input);
      expect(outcome === 'refused').toBe(reasons.some(({ effect }) => effect === 'refuse'));
      expect(outcome === 'granted').toBe(reasons.length === 0);
      if (outcome === 'refused') expect(clocks).toEqual([]);
    }));

  test('reasons come in the order of the rules, each once, each with a clause and a sentence in both languages', () =>
    holds((input) => {
      const { reasons } = decided(input);
      const places = reasons.map(({ rule }) => RULES.indexOf(rule));
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      for (const reason of reasons) {
        expect(reason.clause).not.toBe('');
        expect(reasonMessage(reason, 'zh')).toMatch(/^[^！]+。$/);
        expect(reasonMessage(reason, 'en')).toMatch(/^[A-Z][^!]+\.$/);
        expect(`${reasonMessage(reason, 'zh')}${reasonMessage(reason, 'en')}`).not.toMatch(/undefined|null|NaN/);
      }
    }));

  test('what remains is never negative', () =>
    holds((input) => expect(decided(input).remaining ?? 0).toBeGreaterThanOrEqual(0)));

  test('the order of fields does not matter', () =>
    holds((input) => expect(decided(turned(input))).toEqual(decided(input))));

  test('one more spent use never makes it better', () =>
    holds((input) => {
      const rank: Record<Outcome, number> = { granted: 2, review: 1, refused: 0 };
      const before = decided(input);
      const uses = [...input.uses, { state: 'spent' }];
      const after = decided({ ...input, uses });
      expect(rank[after.outcome]).toBeLessThanOrEqual(rank[before.outcome]);
      expect(after.remaining ?? 0).toBeLessThanOrEqual(before.remaining ?? 0);
    }));
});

/** The same value with the fields of every object in reverse. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}
