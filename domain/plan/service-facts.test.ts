import { expect, test } from 'vitest';
import { loadPlans } from '#plans/load.ts';
import { nearestFirst, papersThatChange } from './remedies.ts';
import type { Plan } from './schema.ts';
import { type FactGroup, factsOfService } from './service-facts.ts';

const { plans } = loadPlans();
const planOf = (code: string): Plan => plans.find(({ plan }) => plan === code)!;
const plan = planOf('zhenai21');
const told = (group: FactGroup, code: string, lang: 'zh' | 'en' = 'zh', of = plan) =>
  factsOfService(of, of.services[code]!, lang).find((one) => one.group === group)?.facts ?? [];
const texts = (...of: Parameters<typeof told>) => told(...of).map(({ text }) => text);

test('[2.2] who, when, how often, until when, where and what it costs, each with its clause', () => {
  expect(texts('who', 'outpatient-access')).toContain('保险合同有效期内首次确诊重大疾病');
  expect(texts('when', 'outpatient-access')).toContain('等待期过后可以使用；等待期内患病的，期满后也不能使用');
  expect(texts('how-often', 'outpatient-access')[0]).toBe('合同有效期内每人 1 次');
  expect(texts('promises', 'outpatient-access')).toEqual([
    '告知预约结果：从您提交申请起，2 个工作日内',
    '安排就诊：从您提交申请起，7 个工作日内',
  ]);
  expect(told('promises', 'outpatient-access')[0]!.note).toContain('调休上班日');
  expect(texts('hours', 'outpatient-access')).toEqual(['每天 09:00–18:00，周末照常，国务院公布的放假日除外']);
  expect(texts('reach', 'outpatient-access')).toEqual([
    '健康服务 › 客户专区 › 重疾专家门诊安排',
    '申请方式：线上或服务热线；电话 400-666-0123',
  ]);
  for (const { facts } of factsOfService(plan, plan.services['outpatient-access']!, 'en'))
    for (const fact of facts) expect(plan.clauses.map(({ id }) => id)).toContain(fact.clause);
});

test('[2.1.1, 2.6.2.9.3, 2.6.5.1.2] hours without end, costs beyond, and papers of a guardian are told', () => {
  expect(texts('hours', 'video-consultation', 'en')).toEqual(['Every day around the clock, holidays too']);
  expect(told('costs', 'special-drug').map(({ clause }) => clause)).toContain('2.6.2.9.3');
  expect(told('lists', 'special-drug').map(({ list }) => list)).toEqual(['drugs', 'pharmacies']);
  expect(told('papers', 'inpatient-access').filter(({ note }) => note === '监护人申请时必需')).toHaveLength(3);
});

test('another plan says other things of the same service', () => {
  const other = planOf('qinghe-care');
  expect(texts('how-often', 'outpatient-access', 'en', other)[0]).toBe('2 times for each person in a policy year');
  expect(texts('who', 'outpatient-access', 'zh', other)).toContain('在二级及以上公立医院就医');
  expect(texts('when', 'outpatient-access', 'en', other).at(-1)).toContain('rests while the contract is suspended');
});

test('every service of every plan is explained in both languages', () => {
  for (const one of plans)
    for (const service of Object.values(one.services))
      for (const lang of ['zh', 'en'] as const) {
        const groups = factsOfService(one, service, lang);
        expect(groups.map(({ group }) => group)).toEqual(expect.arrayContaining(['who', 'when', 'how-often', 'reach']));
        const words = groups.flatMap(({ facts }) => facts.flatMap(({ text, note }) => [text, note ?? '']));
        expect(words.filter((text) => /undefined|\[object/.test(text))).toEqual([]);
        if (lang === 'en') expect(words.filter((text) => /[一-鿿]/.test(text))).toEqual([]);
      }
});

test('what comes nearest: what the plan names, then the same door, then the rest', () => {
  expect(nearestFirst(plan, 'outpatient-access')).toEqual([
    'inpatient-access',
    'second-opinion',
    'hospital-assist',
    'video-consultation',
    'gene-test',
    'special-drug',
    'drug-aid',
    'car-t',
  ]);
});

test('[2.6.5.1.2] papers that would change the answer: proofs for a guardian, evidence for an illness, none for a spent use', () => {
  const kinds = (...rules: Parameters<typeof papersThatChange>[2]) =>
    papersThatChange(plan, plan.services['outpatient-access']!, rules).map(({ kind }) => kind);
  expect(kinds('guardian-needed')).toEqual(['guardianship', 'minority', 'incapacity']);
  expect(kinds('ill-in-waiting-period')).toEqual(['diagnosis', 'pathology']);
  expect(kinds('used-up', 'in-waiting-period')).toEqual([]);
});
