/** What makes the settlement of a service contradict itself. */
import { type Finding, t } from './explain.ts';
import type { Service } from './schema.ts';

/** A limit that can never be reached, or that nothing is paid; `at` is the service's path. */
export function checkSettlement({ settlement }: Service, at: readonly (string | number)[]): Finding[] {
  if (settlement === undefined) return [];
  const { annualLimit, lifetimeLimit } = settlement;
  const path = [...at, 'settlement'];
  const findings: Finding[] = [];
  if (annualLimit !== null && lifetimeLimit !== null && annualLimit > lifetimeLimit)
    findings.push({
      path: [...path, 'annualLimit'],
      message: t(
        `年度限额 ${annualLimit} 分超过终身限额 ${lifetimeLimit} 分：请改小，或写 null 表示没有年度限额。`,
        `The annual limit of ${annualLimit} 分 is above the lifetime limit of ${lifetimeLimit}: lower it, or write null for none.`,
      ),
    });
  for (const [name, limit] of [
    ['annualLimit', annualLimit],
    ['lifetimeLimit', lifetimeLimit],
  ] as const)
    if (limit === 0)
      findings.push({
        path: [...path, name],
        message: t(
          '限额是 0，什么都不会赔：写 null 表示没有限额。',
          'A limit of 0 pays nothing: write null for no limit.',
        ),
      });
  if (Object.values(settlement.ratios).every((ratio) => ratio === 0))
    findings.push({
      path: [...path, 'ratios'],
      message: t(
        '赔付比例都是 0，什么都不会赔（10000 是全部）。',
        'Every ratio is 0, so that nothing is paid (10000 is all of it).',
      ),
    });
  return findings;
}
