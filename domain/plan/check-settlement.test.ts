import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listPlanFiles } from '#plans/load.ts';
import { readPlan } from './read.ts';

const file = listPlanFiles().find((path) => readFileSync(path, 'utf8').includes('\n    settlement:\n')) ?? '';
const text = readFileSync(file, 'utf8');
/** Paths and words of the faults after changes inside the settlement. */
const faults = (...changes: readonly [from: string, to: string][]) => {
  const at = text.indexOf('\n    settlement:\n');
  const changed = changes.reduce((rest, [from, to]) => {
    expect(rest).toContain(from);
    return rest.replace(from, to);
  }, text.slice(at));
  return readPlan(text.slice(0, at) + changed, file).faults.map(({ path, message }) => `${path}: ${message.en}`);
};

test('[2.6.2.6] a settlement that contradicts itself is named as a fault', () => {
  expect(
    faults(
      ['annualLimit: 200000000', 'annualLimit: 900000000'],
      ['used: 10000, not-used: 6000, none: 10000', 'used: 0, not-used: 0, none: 0'],
    ),
  ).toEqual([
    expect.stringContaining('settlement.ratios: Every ratio is 0'),
    expect.stringContaining('settlement.annualLimit: The annual limit of 900000000'),
  ]);
  expect(faults(['annualLimit: 200000000', 'annualLimit: 0'])).toEqual([
    expect.stringContaining('A limit of 0 pays nothing'),
  ]);
});

test('amounts are whole 分, ratios basis points, and a word of the list says who bears what is above the agreed price', () => {
  expect(
    faults(
      ['deductible: 1000000', 'deductible: 0.5'],
      ['used: 10000', 'used: 10001'],
      ['aboveAgreed: pharmacy', 'aboveAgreed: nobody'],
    ).map((fault) => fault.split(': ')[0]),
  ).toEqual(['deductible', 'ratios.used', 'aboveAgreed'].map((name) => `services.special-drug.settlement.${name}`));
});

test('sample figures need the plan’s label', () => {
  const bare = text.replace(/^sampleLabel:.*\n/m, '');
  expect(readPlan(bare, file).faults.map(({ path }) => path)).toContain('services.special-drug.settlement.sample');
});
