import { expect, test } from 'vitest';
import { loadPlans } from '#plans/load.ts';
import type { Lang } from '../eligibility/words.ts';
import { planClauses, serviceRows } from './plan-view.ts';

const { plans } = loadPlans();
const plan = plans.find((one) => one.plan === 'zhenai21')!;
const rowsOf = (service: string, lang: Lang) => serviceRows(plan, plan.services[service]!, lang);

test('[2.2.6] the limit of a service is read with its printed clause', () => {
  expect(rowsOf('outpatient-access', 'zh')).toContainEqual({
    label: '次数',
    value: '每份合同 1 次',
    clause: '2.2.6',
    printed: '二（二）6',
  });
  expect(rowsOf('special-drug', 'en').find(({ label }) => label === 'Limit')?.value).toBe('without limit');
});

test('[2.2.1.3] a promise says its term, what starts and meets it, and when it stands', () => {
  const row = rowsOf('outpatient-access', 'zh').find(({ label }) => label === '承诺：告知预约结果');
  expect(row?.value).toBe('2 个工作日；起点：requested；完成：slot-offered、no-slot-told；缺材料、合同中止时停表');
  expect(rowsOf('video-consultation', 'en').find(({ label }) => label.startsWith('Promise'))?.value).toMatch(
    /^3 minutes, around the clock; .*; never stands$/,
  );
});

test('every value of every service of every plan has words in both languages and a clause of the table', () => {
  for (const one of plans) {
    const known = new Set(one.clauses.map(({ id }) => id));
    for (const [code, service] of Object.entries(one.services)) {
      const [zh, en] = [serviceRows(one, service, 'zh'), serviceRows(one, service, 'en')];
      expect(zh.length, code).toBe(en.length);
      for (const row of [...zh, ...en]) {
        expect(row.label).not.toBe('');
        expect(row.value).not.toMatch(/undefined|null|^$/);
        expect(row.clause === null || known.has(row.clause), `${code} ${row.clause}`).toBe(true);
      }
    }
  }
});

test('a clause that only informs names nothing that enforces it', () => {
  const clauses = planClauses(plan, 'en');
  expect(clauses).toHaveLength(plan.clauses.length);
  expect(clauses.flatMap(({ enforcedBy }) => enforcedBy)).not.toContain('informs');
});
