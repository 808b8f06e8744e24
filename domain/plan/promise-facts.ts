/** A promised time in a sentence for the member: from when, within what, by which calendar. */
import type { Lang } from '../eligibility/words.ts';
import type { Plan, PromiseRule, Service, Text } from './schema.ts';
import type { ServiceFact } from './service-facts.ts';

const t = (zh: string, en: string): Text => ({ zh, en });

/** The promise, and as a note how it is counted. */
export function promiseFact(plan: Plan, service: Service, promise: PromiseRule, lang: Lang): ServiceFact {
  const since = promise.since ?? t('从您提交申请起', 'from your request');
  return {
    text:
      lang === 'zh'
        ? `${promise.label.zh}：${since.zh}，${termOf(promise).zh}`
        : `${promise.label.en}: ${since.en}, ${termOf(promise).en}`,
    note: [
      calendarOf(plan, service, promise)[lang],
      ...(promise.stands.forPapers
        ? [t('等您补材料的时间不算', 'the time we wait for papers of yours does not count')[lang]]
        : []),
    ].join(lang === 'zh' ? '；' : '; '),
    clause: promise.clause,
  };
}

/** "2 个工作日内"; a range where the plan shows one. */
export function termOf({ term, shownFrom }: Pick<PromiseRule, 'term' | 'shownFrom'>): Text {
  const { unit, amount } = term;
  const range = shownFrom ? `${shownFrom}-${amount}` : String(amount);
  const many = (n: number, word: string) => `within ${shownFrom ? range : n} ${word}${n === 1 ? '' : 's'}`;
  const whole = amount % 60 === 0;
  return {
    seconds: whole
      ? t(`${amount / 60} 分钟内`, many(amount / 60, 'minute'))
      : t(`${amount} 秒内`, many(amount, 'second')),
    'service-minutes': whole
      ? t(`${amount / 60} 个服务小时内`, many(amount / 60, 'service hour'))
      : t(`${amount} 分钟内（服务时间）`, `${many(amount, 'minute')} of service hours`),
    'working-days': t(`${range} 个工作日内`, many(amount, 'working day')),
    'calendar-days': t(`${range} 天内`, many(amount, 'day')),
  }[unit];
}

/** By which calendar a term is counted, so that a member can count it herself. */
function calendarOf(plan: Plan, service: Service, { term }: PromiseRule): Text {
  const { closes } = plan.workingDay;
  switch (term.unit) {
    case 'working-days':
      return t(
        `周一到周五，去掉国务院公布的放假日，加上调休上班日；当天不算，最后一天算到 ${closes}`,
        `Monday to Friday less the State Council's days off, plus its make-up days; the day itself does not count, the last one runs to ${closes}`,
      );
    case 'service-minutes':
      return service.hours
        ? t(
            `只算服务时间（${service.hours.opens}–${service.hours.closes}）`,
            `service hours only (${service.hours.opens}–${service.hours.closes})`,
          )
        : t('只算服务时间', 'service hours only');
    case 'seconds':
      return t('任何时刻都算', 'at any hour');
    case 'calendar-days':
      return t('节假日也算', 'holidays count, too');
  }
}
