/** What a plan's values say on a benefit card, in words. */
import type { z } from 'zod';
import type { Door } from '#contract/benefits.ts';
import type { PaperThatChanges } from '#contract/cases.ts';
import type { RuleName } from '#domain/eligibility/reasons.ts';
import { paperName } from '#domain/operations/plan-words.ts';
import { papersThatChange } from '#domain/plan/remedies.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';

type Lang = 'zh' | 'en';
/** What an application will ask for, from the plan. */
export function needsInWords(service: Service, paperName: (kind: string) => string, lang: Lang): string[] {
  const t = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  return [
    ...(service.illness ? [t('所患疾病和确诊日期', 'the illness and the day of diagnosis')] : []),
    ...service.papers
      .filter(({ required, from }) => required === 'always' && from === undefined)
      .map(({ kind }) => paperName(kind)),
    ...(service.consents.length > 0 ? [t('同意把资料交给服务商', 'your consent to share with the provider')] : []),
  ];
}

/** The ways to a service through the portal, as the handbook prints them. */
export function doorsOf(plan: Plan, service: Service, lang: Lang): Door[] {
  const doors = plan.portal?.doors ?? [];
  return service.doors.flatMap(({ door, entry, item }) => {
    const place = doors.findIndex(({ code }) => code === door);
    const named = doors[place];
    return named
      ? [
          {
            code: named.code,
            name: named.name[lang],
            place,
            inside: named.inside?.[lang] ?? null,
            entry: entry?.[lang] ?? null,
            item: item ?? null,
          },
        ]
      : [];
  });
}

/** Papers by which the rules that are not met could be met, in words. */
export const papersOnWire = (
  plan: Plan,
  service: Service,
  rules: readonly RuleName[],
  lang: Lang,
): z.infer<typeof PaperThatChanges>[] =>
  papersThatChange(plan, service, rules).map(({ kind, why, clause }) => ({
    kind,
    name: paperName(plan, kind, lang),
    why: why[lang],
    printed: printedOf(plan, clause),
  }));

/** The number of a clause as the booklet prints it. */
export const printedOf = (plan: Plan, id: string): string =>
  plan.clauses.find((clause) => clause.id === id)?.printed ?? id;
