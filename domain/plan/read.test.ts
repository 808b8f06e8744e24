/**
 * Planted faults: each is found, at its line and column, in words that say what to do.
 * Over 300 lines because the table of faults is the test; splitting it would hide which kinds are covered.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listPlanFiles } from '#plans/load.ts';
import { checkEditions } from './check.ts';
import { planJsonSchema } from './json-schema.ts';
import { readPlan } from './read.ts';
import { editionInForce, findEdition, findService, firstEdition } from './registry.ts';

const textOf = (name: string) => readFileSync(listPlanFiles().find((file) => file.includes(name)) ?? '', 'utf8');
const GOOD = textOf('qinghe');
const LONG = textOf('zhenai21');

/** Replaces the first `from` by `to`; expects a fault whose message matches, at the place of `at` in the changed text. */
const FAULTS: readonly [name: string, from: string, to: string, at: string, message: RegExp][] = [
  ['YAML that does not parse', 'persons: { is:', 'persons: { is: [', '', /YAML/],
  [
    'a key given twice',
    'plan: qinghe-care\n',
    'plan: qinghe-care\nplan: qinghe-care\n',
    'plan: qinghe-care\ninsurer',
    /YAML/,
  ],
  ['an unknown key of the plan', 'hotline: ', 'hotlines: 1\nhotline: ', 'hotlines', /Unknown key "hotlines"/],
  [
    'an unknown key of a service',
    '    doors:',
    '    door: x\n    doors:',
    'door: x',
    /Unknown key "door" in services\.outpatient-access/,
  ],
  ['a missing key', 'hotline: 400-000-0000\n', '', 'plan:', /"hotline" is missing/],
  ['text where a number is needed', 'amount: 30 ', 'amount: thirty ', 'thirty', /whole number|a number/],
  ['a number where text is needed', 'clause: "2.6"', 'clause: 2.6', '2.6\n', /put it in quotes/],
  ['a word outside the list', 'per: policy-year', 'per: month', 'month', /one of policy, policy-year, lifetime/],
  ['an empty list of channels', 'is: [portal]', 'is: []', '[]', /at least 1 entry/],
  ['an empty list of starts', 'starts: [{ on: requested }]', 'starts: []', '[]', /at least 1 entry/],
  [
    'a promise without its starts',
    '        starts: [{ on: requested }]\n',
    '',
    'code: first-contact',
    /"starts" is missing/,
  ],
  [
    'a time that is none',
    'closes: "20:00", clause: "1.2" }\nonS',
    'closes: "25:00", clause: "1.2" }\nonS',
    '"25:00"',
    /HH:MM/,
  ],
  [
    'a version of a journey that is not released',
    'kind: outpatient-access, version: 1',
    'kind: outpatient-access, version: 9',
    '9 }',
    /has no version 9: released are 1/,
  ],
  [
    'a consent whose text speaks of another purpose',
    'purpose: first-visit, text',
    'purpose: second-visit, text',
    'second-visit',
    /is for "first-visit", not for "second-visit"/,
  ],
  ['a clause that the table lacks', 'clause: "2.6"', 'clause: "9.9"', '"9.9"', /Clause "9\.9" is cited/],
  [
    'a milestone the kind does not have',
    'meets: [{ on: contact-reached }]',
    'meets: [{ on: contact-made }]',
    'contact-made',
    /no milestone "contact-made".*contact-reached/,
  ],
  ['an unknown service kind', 'kind: outpatient-access, v', 'kind: spa, v', 'spa', /no service kind "spa"/],
  [
    'a promise that nothing can meet',
    'meets: [{ on: contact-reached }]',
    'meets: [{ on: care-path-told }]',
    '[{ on: care-path-told',
    /Nothing can meet "first-contact"/,
  ],
  [
    'a promise met before it starts',
    'starts: [{ on: requested }]',
    'starts: [{ on: attended }]',
    '[{ on: contact-reached',
    /comes before it starts/,
  ],
  [
    'a promise that never starts',
    'starts: [{ on: requested }]',
    'starts: [{ on: care-path-told }]',
    '[{ on: care-path-told',
    /has no start/,
  ],
  [
    'a fact no request states',
    'starts: [{ on: requested }]',
    'starts: [{ on: requested, given: { tall: true } }]',
    'tall',
    /"tall" is no fact/,
  ],
  [
    'an act of a service that is not opened',
    'starts: [{ on: requested }]',
    'starts: [{ on: requested, act: use }]',
    'use }]',
    /have an act/,
  ],
  [
    'a consent text that is not defined',
    'text: share-with-care',
    'text: share-all',
    'share-all',
    /no consent text "share-all"/,
  ],
  ['a consent for nobody', 'to: sample-care, p', 'to: nobody, p', 'nobody', /no provider "nobody"/],
  [
    'a notice that is not defined',
    'notices: [two-a-year',
    'notices: [ten-a-year',
    'ten-a-year',
    /no notice "ten-a-year"/,
  ],
  [
    'a provider that is not defined',
    'default: sample-care',
    'default: other-care',
    'other-care',
    /no provider "other-care"/,
  ],
  ['a paper kind that is not defined', 'kind: receipt, r', 'kind: bill, r', 'bill', /no paper kind "bill"/],
  [
    'evidence that is no paper kind',
    'evidence: [case-summary]',
    'evidence: [x-ray]',
    'x-ray',
    /"x-ray" is no paper kind/,
  ],
  [
    'a template that does not exist',
    'template: refused',
    'template: rejected',
    'rejected',
    /no message template "rejected"/,
  ],
  ['a clause defined twice', '{ id: "1.2", p', '{ id: "1.1", p', '"1.1", printed: 第一条第二款', /defined twice/],
  [
    'a promise code used twice',
    'code: booking-told',
    'code: first-contact',
    'first-contact\n        clause: "2.7"',
    /code of two promises/,
  ],
  [
    'a service that closes before it opens',
    'opens: "08:00", closes: "20:00"',
    'opens: "21:00", closes: "20:00"',
    '"20:00", clause: "1.2" }\n    use',
    /closes at 20:00, not after/,
  ],
  [
    'a working day that closes before it opens',
    'opens: "08:30"',
    'opens: "20:30"',
    '"20:00", clause: "1.2" }\nonS',
    /working day closes/,
  ],
  [
    'a day that does not exist',
    'effectiveFrom: 2026-01-01',
    'effectiveFrom: 2026-02-30',
    '2026-02-30',
    /does not exist/,
  ],
  [
    'an edition that ends before it starts',
    'effectiveTo: 2027-12-31',
    'effectiveTo: 2025-12-31',
    '2025-12-31',
    /before it takes effect/,
  ],
  [
    'a hold that is not released',
    '        - { on: died, cause: died }\n',
    '',
    '- { on: refused, cause',
    /would stay held for ever/,
  ],
  ['a limit without a hold', 'hold: [{ on: requested }]', 'hold: []', 'limit', /no use is ever held/],
  [
    'a condition nothing arms',
    'arm: [{ on: booking-confirmed }]',
    'arm: []',
    'armed, cause: used-by-cancel',
    /use\.arm is empty/,
  ],
  [
    'a switch against the use rule',
    'absence: { is: spend',
    'absence: { is: release',
    'release, clause: "4.3"',
    /An absence costs nothing here/,
  ],
  [
    'a close before the last reminder',
    'closeAfter: 6',
    'closeAfter: 2',
    '2, clause: "2.10"',
    /before the last reminder/,
  ],
  [
    'minutes of service hours without hours',
    '    hours: { days: every-day, opens: "08:00", closes: "20:00", clause: "1.2" }\n',
    '',
    'service-minutes',
    /the service has no hours/,
  ],
  [
    'a range that starts after its end',
    'label: { zh: 告知预约, en: Booking told }',
    'label: { zh: 告知预约, en: Booking told }\n        shownFrom: 9',
    '9\n',
    /not before its end/,
  ],
  [
    'samples without a label',
    'sampleLabel: { zh: 虚构的示例计划，不对外销售, en: An invented sample plan that nobody sells }\n',
    '',
    'true, clause: "5.1"',
    /no sampleLabel/,
  ],
  [
    'a clause enforced by a promise that is not there',
    'promise:outpatient-access/first-contact',
    'promise:outpatient-access/first',
    '"promise:outpatient-access/first"',
    /does not exist/,
  ],
];

test.each(FAULTS)('plan check finds %s', (_name, from, to, at, message) => {
  expect(GOOD).toContain(from);
  const text = GOOD.replace(from, () => to);
  const { plan, faults } = readPlan(text, 'planted.yaml');
  const found = faults.find((fault) => message.test(fault.message.en));
  expect(plan).toBeNull();
  expect(found, faults.map((fault) => `${fault.line}:${fault.column} ${fault.message.en}`).join('\n')).toBeDefined();
  // What a plan author reads in Chinese is a sentence of its own, not the English one.
  expect(found?.message.zh).toMatch(/[\p{Script=Han}].*。$|^YAML 格式有误/u);
  if (found === undefined || at === '') return;
  const offset =
    text
      .split('\n')
      .slice(0, found.line - 1)
      .reduce((sum, line) => sum + line.length + 1, 0) +
    found.column -
    1;
  expect(
    text.slice(offset, offset + 400).startsWith(at),
    `${found.line}:${found.column} is ${text.slice(offset, offset + 30)}`,
  ).toBe(true);
});

test.each([
  [
    'a due order that cannot be',
    'code: booking-result',
    'amount: 2 }',
    'amount: 9 }',
    /"visit" falls due after 7 working-days, before "booking-result" \(9\)/,
  ],
  [
    'a provider nobody consented to',
    '  outpatient-access:',
    '{ to: provider, p',
    '{ to: huiyi, p',
    /no consent for it is asked for/,
  ],
  [
    'another template of the house, which is fine,',
    '  outpatient-access:',
    'template: accepted',
    'template: papers-complete',
    undefined,
  ],
  [
    'papers that are due before nothing',
    '  outpatient-access:',
    'required: always, before: accepted',
    'required: always',
    /not before what/,
  ],
  [
    'a grade that alarms and is none',
    '    course:',
    'alarm: 3',
    'alarm: 5',
    /told from grade 5 on, which grades does not have/,
  ],
  ['a scale upside down', '    course:', 'min: 0, max: 10', 'min: 10, max: 10', /"energy", 10, is not above the least/],
  ['a call after no milestone', '    course:', 'after: discharged', 'after: gone-home', /no milestone "gone-home"/],
] as const)('plan check weighs %s in the long plan', (_name, after, from, to, message) => {
  const start = LONG.indexOf(after);
  const text = LONG.slice(0, start) + LONG.slice(start).replace(from, to);
  const { faults } = readPlan(text, 'planted.yaml');
  expect(faults.map((fault) => fault.message.en)).toEqual(
    message === undefined ? [] : [expect.stringMatching(message)],
  );
});

test('a service with a name that is none is told at its key, and a plan without clauses not once for each citation', () => {
  const named = readPlan(GOOD.replace('  outpatient-access:\n', '  Out Patient:\n'), 'x').faults[0];
  expect([named?.line, named?.column]).toEqual([47, 3]);
  const bare = readPlan(GOOD.slice(0, GOOD.indexOf('\nclauses:') + 1), 'x').faults;
  expect(bare.map((fault) => fault.message.en)).toEqual(['"clauses" is missing in the plan.']);
});

test('a service whose journey asks for switches that the plan leaves out is told so, before a request needs them', () => {
  const text = GOOD.replace(/ {4}switches:\n( {6}.*\n)+/, '');
  const { faults, plan } = readPlan(text, 'x.yaml');
  expect(plan).toBeNull();
  expect(faults.map(({ message }) => message.en)).toContainEqual(expect.stringMatching(/"switches" is missing/));
});

test('a service whose chart waits for papers says how a member who never hands them in is pursued', () => {
  const text = GOOD.replace(/ {4}pursuit: .*\n/, '');
  expect(text).not.toBe(GOOD);
  const { faults } = readPlan(text, 'qinghe.yaml');
  expect(faults.map(({ message }) => message.en)).toContainEqual(expect.stringMatching(/"pursuit" is missing/));
});

test('several faults of one service are all told at once, in order of their lines', () => {
  const text = GOOD.replace('per: policy-year', 'per: month')
    .replace('template: refused', 'template: rejected')
    .replace('clause: "2.7"', 'clause: "9.9"')
    .replace('hotline:', 'hotlines: 1\nhotline:');
  const { faults } = readPlan(text, 'planted.yaml');
  expect(faults).toHaveLength(4);
  expect(faults.map((fault) => fault.line)).toEqual(faults.map((fault) => fault.line).toSorted((a, b) => a - b));
});

test('what is no plan at all is a fault, not a crash', () => {
  for (const text of ['', '[]', '42', 'a: &a [*a]', '\u0000', '- - -', 'services: { __proto__: {} }']) {
    const { plan, faults } = readPlan(text, 'odd.yaml');
    expect(plan).toBeNull();
    expect(faults.length, text).toBeGreaterThan(0);
  }
});

const edition = (from: string, to: string, extra = '') =>
  readPlan(
    GOOD.replace('edition: 2026-01-01', `edition: ${from}`)
      .replace('effectiveFrom: 2026-01-01', `effectiveFrom: ${from}`)
      .replace('effectiveTo: 2027-12-31', `effectiveTo: ${to}${extra}`),
    `${from}.yaml`,
  );

test('[N.8] overlapping editions of one plan are a fault at the later one; one that supersedes ends an open one', () => {
  const told = (...reads: ReturnType<typeof edition>[]) =>
    checkEditions(reads).map((fault) => `${fault.file}:${fault.line}:${fault.column}`);
  expect(told(edition('2026-01-01', '2026-12-31'), edition('2027-01-01', 'null'))).toEqual([]);
  expect(told(edition('2026-01-01', '2027-01-01'), edition('2027-01-01', 'null'))).toEqual(['2027-01-01.yaml:8:16']);
  expect(told(edition('2027-01-01', 'null'), edition('2026-01-01', 'null'))).toEqual(['2027-01-01.yaml:8:16']);
  expect(told(edition('2026-01-01', 'null'), edition('2027-01-01', 'null', '\nsupersedes: "2026-01-01"'))).toEqual([]);
  expect(told(edition('2026-01-01', 'null'), edition('2026-01-01', 'null'))).toEqual(['2026-01-01.yaml:7:10']);
});

test('the edition of the day answers, the first one before any was in force, none for an unknown plan', () => {
  const plans = [edition('2027-01-01', '2027-06-30'), edition('2026-01-01', '2026-12-31')].map((read) => read.plan!);
  expect(editionInForce(plans, 'qinghe-care', '2026-12-31')?.edition).toBe('2026-01-01');
  expect(editionInForce(plans, 'qinghe-care', '2027-01-01')?.edition).toBe('2027-01-01');
  expect(editionInForce(plans, 'qinghe-care', '2027-07-01')).toBeUndefined();
  expect(editionInForce(plans, 'qinghe-care', '2025-12-31')).toBeUndefined();
  expect(firstEdition(plans, 'qinghe-care')?.edition).toBe('2026-01-01');
  expect(firstEdition(plans, 'no-such-plan')).toBeUndefined();
  expect(findEdition(plans, 'qinghe-care', '2027-01-01')?.effectiveFrom).toBe('2027-01-01');
  expect(findService(plans[0]!, 'outpatient-access')?.name.en).toBe('Care visit');
  expect(findService(plans[0]!, 'toString')).toBeUndefined();
});

test('the JSON Schema of a plan names its fields and closes its groups', () => {
  const schema = planJsonSchema() as { properties: Record<string, unknown>; additionalProperties: boolean };
  expect(Object.keys(schema.properties)).toContain('services');
  expect(schema.additionalProperties).toBe(false);
});

test('an informed consent belongs to a service that asks for consent to a laboratory, and to a provider of the plan', () => {
  const faultsOf = (from: string, to: string) =>
    readPlan(LONG.replace(from, to), 'x.yaml').faults.map(({ message }) => message.en);
  const place = '- service: gene-test\n    laboratory: sample-lab';
  expect(faultsOf(place, '- service: car-t\n    laboratory: sample-lab').join()).toContain(
    'The service "car-t" asks for no consent to a laboratory',
  );
  expect(faultsOf(place, '- service: gene-test\n    laboratory: nowhere').join()).toContain(
    'There is no provider "nowhere"',
  );
  expect(faultsOf('from: explained, until: consent-signed', 'from: explaned, until: consent-signed').join()).toContain(
    'has no milestone "explaned"',
  );
});
