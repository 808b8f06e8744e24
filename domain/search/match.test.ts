import { expect, test } from 'vitest';
import type { Service } from '#domain/plan/schema.ts';
import { loadPlans } from '#plans/load.ts';
import { findAmong, readQuery } from './match.ts';

const plan = loadPlans().plans.find((one) => one.plan === 'zhenai21')!;
const services = Object.entries(plan.services);
const ofService = ([, service]: [string, Service]) => ({
  names: [
    service.name.zh,
    service.name.en,
    ...service.doors.flatMap(({ entry }) => (entry ? [entry.zh, entry.en] : [])),
  ],
  words: [...service.words.zh, ...service.words.en],
  text: `${service.gives.zh} ${service.gives.en}`,
});
const found = (typed: string) => {
  const query = readQuery(typed);
  return query ? findAmong(query, services, ofService).map(([code]) => code) : [];
};

test.each([
  ['[2.2.8] the name of the menu', '重疾专家门诊安排', 'outpatient-access'],
  ['[2.3.8] the name of the menu with its stroke', '重疾住院/手术安排', 'inpatient-access'],
  ['[2.7.3] the entry of claims', '线上理赔', 'hospital-assist'],
  ['[2.1.1] an everyday word', '发烧', 'video-consultation'],
  ['[2.6.2.6] what one says for it', '买药', 'special-drug'],
  ['[2.6.2.7.2] what one hopes for', '免费药', 'drug-aid'],
  ['[2.3.0] a whole sentence', '我妈要开刀，没有床位怎么办？', 'inpatient-access'],
  ['[2.4.0] English', 'mutation', 'gene-test'],
  ['[2.6.4.1] letters in any case and width', 'ｃａｒ-ｔ', 'car-t'],
])('%s finds its service first', (_, typed, code) => {
  expect(found(typed)[0]).toBe(code);
});

test('[2.6.4.1] one Chinese character is enough, one letter is not', () => {
  expect(found('药')).toEqual(expect.arrayContaining(['special-drug', 'drug-aid', 'gene-test']));
  expect(found('药')).not.toContain('hospital-assist');
  expect(found('a')).toEqual([]);
});

test('every word typed must be met; gaps alone ask nothing; what is nowhere finds nothing', () => {
  expect(found('肿瘤 专家')).toContain('second-opinion');
  expect(found('肿瘤 专家')).not.toContain('hospital-assist');
  expect(readQuery(' ，。 ')).toBeUndefined();
  expect(found('滑雪')).toEqual([]);
});

test('what is typed is text and no pattern', () => {
  for (const typed of ['.*', '%', '_', '\\', '[', '(药', "'; drop table papers"])
    expect(() => found(typed)).not.toThrow();
  expect(found('%')).toEqual([]);
});
