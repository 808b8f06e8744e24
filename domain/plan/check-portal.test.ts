import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listPlanFiles } from '#plans/load.ts';
import { readPlan } from './read.ts';

const textOf = (name: string) => readFileSync(listPlanFiles().find((file) => file.includes(name)) ?? '', 'utf8');
const LONG = textOf('zhenai21');
const DOOR = '{ door: customer, entry: { zh: 重疾专家门诊安排, en: Expert outpatient visit }, clause: "2.2.8" }';

const CLAIM =
  '      - { door: hongai-claims, item: claim, entry: { zh: 线上理赔, en: Online claim }, clause: "2.7.3" }\n';

const FAULTS: readonly [name: string, from: string, to: string, message: RegExp][] = [
  ['[2.2.8] a door that is not there', DOOR, DOOR.replace('customer', 'cellar'), /There is no door "cellar"/],
  ['[2.2.8] a service behind no door', `    doors: [${DOOR}]\n`, '', /"outpatient-access" stands behind no door/],
  ['[2.2.8] one door named twice', DOOR, `${DOOR}, { door: customer }`, /"customer" is named twice/],
  ['[2.7.3] a door that nothing stands behind', CLAIM, '', /No service stands behind the door "hongai-claims"/],
  ['[2.7.3] an item without its entry', CLAIM, '', /The item "claim" has no entry/],
  [
    '[2.7.1] an entry of an item that is not given',
    '- { code: accompaniment, clause: "2.7.1" }',
    '',
    /no item "accomp/,
  ],
  ['[2.1.7] a door of an unknown clause', 'clauses: ["2.1.6", "2.1.7"]', 'clauses: ["2.1.99"]', /Clause "2\.1\.99"/],
  ['[2.7.3] a door defined twice', '{ code: hongai-claims,', '{ code: xiamen,', /door "xiamen" is defined twice/],
  [
    '[2.2.0] itself as what comes nearest',
    'instead: [inpatient-access',
    'instead: [outpatient-access',
    /no other service/,
  ],
];

test.each(FAULTS)('plan check finds %s', (_, from, to, message) => {
  const text = LONG.replace(from, to);
  expect(text).not.toBe(LONG);
  const { plan, faults } = readPlan(text, 'planted.yaml');
  expect(plan).toBeNull();
  expect(faults.map((fault) => fault.message.en)).toContainEqual(expect.stringMatching(message));
});

test("[2.1.7, 2.2.8, 2.7.3] the plan's doors are the handbook's, in its order, with what it prints behind them", () => {
  const plan = readPlan(LONG, 'zhenai21.yaml').plan!;
  expect(plan.portal?.doors.map(({ name }) => name.zh)).toEqual([
    '个人专区',
    '客户专区',
    '厦门地区医院预约专区',
    '弘爱理赔',
  ]);
  const behind = (code: string) =>
    Object.entries(plan.services).flatMap(([service, { doors }]) =>
      doors.flatMap(({ door, entry }) => (door === code ? [entry?.zh ?? service] : [])),
    );
  expect(behind('personal')).toEqual(['视频问诊']);
  expect(behind('customer')).toEqual([
    '重疾专家门诊安排',
    '重疾住院/手术安排',
    'gene-test',
    'second-opinion',
    'special-drug',
    'drug-aid',
    'car-t',
  ]);
  expect(behind('xiamen')).toHaveLength(4);
  expect(behind('hongai-claims')).toEqual(['线上理赔']);
});

test('a plan without a portal needs no door', () => {
  const text = LONG.replace(/^portal:\n(?: {2}.*\n)+/m, '').replace(/^ {4}doors:(?: .*\n|\n(?: {6}.*\n)+)/gm, '');
  expect(readPlan(text, 'planted.yaml').faults).toEqual([]);
});
