import * as format from './format.ts';
import { serverNow } from './now.ts';
import { getLocale } from './paraglide/runtime.js';

/** format.ts for the reader's language and the server's time. */
export const day = (value: string, weekday = true) => format.formatDay(value, serverNow(), getLocale(), weekday);
/** 甲、乙; a, b. */
export const listed = (words: readonly string[]) => words.join(getLocale() === 'en' ? ', ' : '、');
/** What stands between a name and what it names. */
export const colon = () => (getLocale() === 'en' ? ': ' : '：');
export const moment = (value: format.Instant) => format.formatMoment(value, serverNow(), getLocale());
export const by = (value: format.Instant) => format.formatBy(value, serverNow(), getLocale());
/** When it is to be: the moment of an appointment, else the last one for it; empty without either. */
export const until = ({ until: at, appointment }: { until: string | null; appointment: boolean }) =>
  at === null ? '' : appointment ? moment(at) : by(at);
export const full = (value: format.Instant) => format.formatFull(value, getLocale());
export const left = (value: Parameters<typeof format.formatLeft>[0]) => format.formatLeft(value, getLocale());
export const late = (due: format.Instant, at: format.Instant) => format.formatLate(due, at, getLocale());
export const minutes = (value: number) => format.formatMinutes(value, getLocale());
