/** The invented plan must differ wherever the language lets it, else a value written into the code would go unseen. */
import { expect, test } from 'vitest';
import { loadPlans } from '#plans/load.ts';
import type { Plan, Service } from './schema.ts';

const { plans } = loadPlans();
const [real, invented] = ['zhenai21', 'qinghe-care'].map((code) => plans.find((plan) => plan.plan === code)) as [
  Plan,
  Plan,
];
const CODE = 'outpatient-access';

/** One chart serves both, the bar of the waiting period needs a waiting period, and the last two hold a citation only. */
const SAME_ON_PURPOSE = ['journey', 'waiting', 'guardian', 'follows'];

test('the two plans differ in every field of the plan', () => {
  const same = Object.keys({ ...real, ...invented }).filter(
    (key) => shape(real[key as keyof Plan]) === shape(invented[key as keyof Plan]),
  );
  // These two hold a citation only.
  expect(same).toEqual(['inForce', 'offers']);
});

test('the two outpatient services differ in every field, clauses left aside', () => {
  const [one, other] = [real.services[CODE], invented.services[CODE]] as [Service, Service];
  const same = Object.keys({ ...one, ...other }).filter(
    (key) => shape(one[key as keyof Service]) === shape(other[key as keyof Service]),
  );
  expect(same.toSorted()).toEqual(SAME_ON_PURPOSE.toSorted());
});

test('the switches, the illness rule and the use rule differ in every single value', () => {
  const [one, other] = [real.services[CODE], invented.services[CODE]] as [Service, Service];
  const sameIn = (a: object = {}, b: object = {}) =>
    Object.keys({ ...a, ...b }).filter(
      (key) => shape((a as Record<string, unknown>)[key]) === shape((b as Record<string, unknown>)[key]),
    );
  expect(sameIn(one.switches, other.switches)).toEqual([]);
  expect(sameIn(one.illness ?? {}, other.illness ?? {})).toEqual(['diagnosedInForce']);
  expect([one.use.limit.is, one.use.per]).not.toEqual([other.use.limit.is, other.use.per]);
  expect(other.promises.map((rule) => rule.code)).not.toContain('visit');
});

/** A value without its citations: two plans cite different booklets, which is no difference of substance. */
function shape(value: unknown): string {
  return JSON.stringify(value, (key, item) => (key === 'clause' ? undefined : item)) ?? 'absent';
}
