import { m } from './paraglide/messages.js';

const SPANS: Record<string, () => string> = {
  counted: () => '',
  'outside-hours': m.span_outside_hours,
  holiday: m.span_holiday,
  weekend: m.span_weekend,
  'day-0': m.span_day_0,
  standing: m.span_standing,
};

/** Why a span of a clock counts or does not, in words; what counts needs none. */
export const spanWhy = (code: string): string => SPANS[code]?.() ?? code;

/** Why a due moment moved, in words. */
export const movedWhy = (code: string): string =>
  code === 'calendar' ? m.moved_calendar() : code.startsWith('complaint-') ? m.moved_complaint() : m.moved_pause();
