import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { listCalendarYears } from '#calendar/load.ts';
import { KINDS } from '#domain/journeys/kinds.ts';
import { findJourney, JOURNEYS } from '#domain/journeys/registry.ts';
import { findTemplate } from '#domain/messages/templates.ts';
import { loadNorms } from '#norms/load.ts';
import { listPlanFiles, loadPlans } from '#plans/load.ts';
import { listFiles, readText } from './files.ts';

const { plans, faults } = loadPlans();
const services = plans.flatMap((plan) =>
  Object.entries(plan.services).map(([code, service]) => ({ at: `${plan.plan}/${plan.edition}/${code}`, service })),
);

test('every plan file reads without a fault', () => {
  expect(faults).toEqual([]);
  expect(plans.length).toBe(listPlanFiles().length);
});

test('every YAML file of the project is well formed', () => {
  for (const path of listFiles('.yaml', '.yml')) expect(() => parse(readText(path)), path).not.toThrow();
});

test('every year of notices and every deadline of law reads without a fault', () => {
  expect(listCalendarYears().length).toBeGreaterThan(0);
  expect(loadNorms().size).toBeGreaterThan(0);
});

test('every message rule of every plan has its template', () => {
  const missing = services.flatMap(({ at, service }) =>
    service.messages.filter(({ template }) => !findTemplate(template)).map(({ template }) => `${at}: ${template}`),
  );
  expect(missing).toEqual([]);
});

test('every released chart is of a kind that plans may name, and passes only milestones of that kind', () => {
  for (const journey of JOURNEYS) {
    expect(findJourney(journey.kind, journey.version)).toBe(journey);
    expect(journey.milestones).toEqual(KINDS[journey.kind]);
  }
});
