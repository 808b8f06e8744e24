/** Days and moments as a message prints them: Shanghai time, with the weekday, so that nobody counts on fingers. */
import { addDays, type Day, dayOf, formatInstant, weekday } from '#domain/calendar/day.ts';
import { dayInWords, type Lang } from '#domain/eligibility/words.ts';

const WEEKDAYS = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

/** 2026年11月18日（周三）; Wednesday 18 Nov 2026. */
export function printDay(day: Day, lang: Lang): string {
  const name = WEEKDAYS[lang][weekday(day) - 1];
  return lang === 'zh' ? `${dayInWords(day, lang)}（${name}）` : `${name} ${dayInWords(day, lang)}`;
}

/** 2026年11月18日（周三）10:00; Wednesday 18 Nov 2026, 10:00. Midnight is said as 24:00 of the day it ends, as people read it. */
export function printMoment(moment: Date, lang: Lang): string {
  const clock = formatInstant(moment).slice(11, 16);
  const [day, time] = clock === '00:00' ? [addDays(dayOf(moment), -1), '24:00'] : [dayOf(moment), clock];
  return `${printDay(day, lang)}${lang === 'zh' ? '' : ', '}${time}`;
}
