/** What a plan's values say on a benefit card, in words. */
import type { Door } from '#contract/benefits.ts';
import type { Plan, PromiseRule, Service } from '#domain/plan/schema.ts';

type Lang = 'zh' | 'en';
/** "2 个工作日内", "1 个服务小时内", "3 分钟内": the promised time in words. */
export function termInWords(promise: Pick<PromiseRule, 'term' | 'shownFrom'>, lang: Lang): string {
  const { unit, amount } = promise.term;
  const range = promise.shownFrom ? `${promise.shownFrom}-${amount}` : String(amount);
  const zh = {
    seconds: amount % 60 === 0 ? `${amount / 60} 分钟内` : `${amount} 秒内`,
    'service-minutes': amount % 60 === 0 ? `${amount / 60} 个服务小时内` : `${amount} 分钟内（服务时间）`,
    'working-days': `${range} 个工作日内`,
    'calendar-days': `${range} 天内`,
  };
  const many = (n: number, unit: string) => `within ${promise.shownFrom ? range : n} ${unit}${n === 1 ? '' : 's'}`;
  const en = {
    seconds: amount % 60 === 0 ? many(amount / 60, 'minute') : many(amount, 'second'),
    'service-minutes':
      amount % 60 === 0 ? many(amount / 60, 'service hour') : `${many(amount, 'minute')} of service hours`,
    'working-days': many(amount, 'working day'),
    'calendar-days': many(amount, 'day'),
  };
  return (lang === 'zh' ? zh : en)[unit];
}

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
