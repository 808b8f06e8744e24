/**
 * Days, moments, spans and money in words. Everything is told in the time of the insurer (+08:00), whatever zone the
 * device is in. The words stand here and not among the messages because their order is part of the format.
 */
export type Locale = 'zh-CN' | 'en';
export type Instant = string | Date;

const SHANGHAI_AHEAD = 8 * 3_600_000;
const DAY = 86_400_000;
const WEEK_ZH = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const WEEK_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTH_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Wall {
  year: number;
  month: number;
  date: number;
  week: number;
  hour: number;
  minute: number;
  /** Days since 1970 of the Shanghai day. */
  dayNumber: number;
}

function wallOf(instant: Instant): Wall {
  const shifted = new Date(new Date(instant).getTime() + SHANGHAI_AHEAD);
  if (Number.isNaN(shifted.getTime())) throw new RangeError(`not a moment: ${String(instant)}`);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    date: shifted.getUTCDate(),
    week: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    dayNumber: Math.floor(shifted.getTime() / DAY),
  };
}

const two = (n: number) => String(n).padStart(2, '0');

/** The Shanghai day of a moment, 'YYYY-MM-DD'. */
export function dayOf(instant: Instant): string {
  const wall = wallOf(instant);
  return `${wall.year}-${two(wall.month)}-${two(wall.date)}`;
}

function dayWords(wall: Wall, thisYear: number, locale: Locale, weekday: boolean): string {
  if (locale === 'en') {
    const day = `${wall.date} ${MONTH_EN[wall.month - 1]}${wall.year === thisYear ? '' : ` ${wall.year}`}`;
    return weekday ? `${WEEK_EN[wall.week]} ${day}` : day;
  }
  const day = `${wall.year === thisYear ? '' : `${wall.year}年`}${wall.month}月${wall.date}日`;
  return weekday ? `${day}（${WEEK_ZH[wall.week]}）` : day;
}

/** A day ('YYYY-MM-DD'), with its weekday, and its year when it is not this year: 11月24日（周二）. */
export function formatDay(day: string, now: Instant, locale: Locale, weekday = true): string {
  return dayWords(wallOf(`${day}T00:00:00+08:00`), wallOf(now).year, locale, weekday);
}

/** A moment: 今天 18:00, 明天 09:30, 11月24日（周二）18:00, 2025年8月20日（周三）10:00. */
export function formatMoment(moment: Instant, now: Instant, locale: Locale): string {
  const wall = wallOf(moment);
  const today = wallOf(now);
  const clock = `${two(wall.hour)}:${two(wall.minute)}`;
  const distance = wall.dayNumber - today.dayNumber;
  const near = NEAR[locale][distance];
  if (near) return locale === 'en' ? `${near} at ${clock}` : `${near} ${clock}`;
  const day = dayWords(wall, today.year, locale, true);
  return locale === 'en' ? `${day}, ${clock}` : `${day}${clock}`;
}
const NEAR: Record<Locale, Record<number, string>> = {
  'zh-CN': { [-1]: '昨天', 0: '今天', 1: '明天' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
};

/** Until when: 今天 18:00 前; English "by today at 18:00". Midnight ends the day before: 12月3日（周四）24:00 前. */
export function formatBy(moment: Instant, now: Instant, locale: Locale): string {
  const { hour, minute } = wallOf(moment);
  const ends = hour === 0 && minute === 0;
  const within = ends ? new Date(new Date(moment).getTime() - 1) : moment;
  const words = ends ? formatMoment(within, now, locale).replace('23:59', '24:00') : formatMoment(moment, now, locale);
  return locale === 'en' ? `by ${words}` : `${words} 前`;
}

/** The sandbox's clock: 2026年11月20日（周五）15:00, always with its year. */
export function formatFull(moment: Instant, locale: Locale): string {
  const wall = wallOf(moment);
  const clock = `${two(wall.hour)}:${two(wall.minute)}`;
  const day = dayWords(wall, 0, locale, true);
  return locale === 'en' ? `${day}, ${clock}` : `${day}${clock}`;
}

function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

/** A length of minutes: 2 小时 40 分; from two days on in days and hours, since minutes say nothing then. */
export function formatMinutes(minutes: number, locale: Locale): string {
  const whole = Math.max(0, Math.floor(minutes));
  const days = Math.floor(whole / 1440);
  const hours = Math.floor((whole % 1440) / 60);
  const rest = whole % 60;
  const parts: string[] = [];
  if (days > 0) parts.push(locale === 'en' ? count(days, 'day') : `${days} 天`);
  if (hours > 0) parts.push(locale === 'en' ? count(hours, 'hour') : `${hours} 小时`);
  if (days === 0 && (rest > 0 || parts.length === 0)) {
    parts.push(locale === 'en' ? count(rest, 'minute') : hours > 0 ? `${rest} 分` : `${rest} 分钟`);
  }
  return parts.join(' ');
}

type Left = { days: number; minutes: number; calendar?: true | undefined };
/** What is left as the server counts it: working days after today (or days of the calendar), and minutes of service hours: 1 个工作日 3 小时. */
export function formatLeft(left: Left, locale: Locale): string {
  const [zh, en] = left.calendar ? (['天', 'day'] as const) : (['个工作日', 'working day'] as const);
  const days = left.days > 0 ? (locale === 'en' ? count(left.days, en) : `${left.days} ${zh}`) : '';
  if (days && left.minutes < 60) return days;
  const minutes = formatMinutes(days ? left.minutes - (left.minutes % 60) : left.minutes, locale);
  return days ? `${days} ${minutes}` : minutes;
}

/** How long after `due`: 2 小时. */
export function formatLate(due: Instant, at: Instant, locale: Locale): string {
  const minutes = (new Date(at).getTime() - new Date(due).getTime()) / 60_000;
  if (minutes < 1) return locale === 'en' ? 'less than a minute' : '不到 1 分钟';
  return formatMinutes(minutes, locale);
}

/** Money from 分: ¥1,234.50. */
export function formatMoney(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const yuan = String(Math.floor(Math.abs(fen) / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}¥${yuan}.${two(Math.abs(fen) % 100)}`;
}

/** Bytes: 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
