import { describe, expect, test } from 'vitest';
import {
  dayOf,
  formatBy,
  formatBytes,
  formatDay,
  formatFull,
  formatLate,
  formatLeft,
  formatMinutes,
  formatMoment,
  formatMoney,
} from './format.ts';

const now = '2026-11-20T15:00:00+08:00';

describe('moments are told in the time of the insurer', () => {
  test('a moment of today, tomorrow and yesterday is told by its name', () => {
    expect(formatMoment('2026-11-20T18:00:00+08:00', now, 'zh-CN')).toBe('今天 18:00');
    expect(formatMoment('2026-11-21T09:30:00+08:00', now, 'zh-CN')).toBe('明天 09:30');
    expect(formatMoment('2026-11-19T11:05:00+08:00', now, 'en')).toBe('yesterday at 11:05');
  });
  test('another day carries its weekday, and another year its year', () => {
    expect(formatBy('2026-11-24T10:00:00Z', now, 'zh-CN')).toBe('11月24日（周二）18:00 前');
    expect(formatBy('2026-11-24T10:00:00Z', now, 'en')).toBe('by Tue 24 Nov, 18:00');
    expect(formatBy('2026-12-03T16:00:00Z', now, 'zh-CN')).toBe('12月3日（周四）24:00 前');
    expect(formatDay('2025-08-20', now, 'zh-CN')).toBe('2025年8月20日（周三）');
    expect(formatDay('2026-11-30', now, 'zh-CN', false)).toBe('11月30日');
    expect(formatFull(now, 'zh-CN')).toBe('2026年11月20日（周五）15:00');
  });
  test('the day of a late evening in UTC is the next one in Shanghai', () => {
    expect(dayOf('2026-12-31T16:00:00Z')).toBe('2027-01-01');
  });
  test('what is no moment is refused', () => {
    expect(() => formatMoment('soon', now, 'zh-CN')).toThrow('not a moment');
  });
});

describe('spans', () => {
  test('what is left names working days and service hours', () => {
    expect(formatLeft({ days: 1, minutes: 180 }, 'zh-CN')).toBe('1 个工作日 3 小时');
    expect(formatLeft({ days: 5, minutes: 0 }, 'zh-CN')).toBe('5 个工作日');
    expect(formatLeft({ days: 1, minutes: 185 }, 'zh-CN')).toBe('1 个工作日 3 小时');
    expect(formatLeft({ days: 0, minutes: 160 }, 'zh-CN')).toBe('2 小时 40 分');
    expect(formatLeft({ days: 2, minutes: 60 }, 'en')).toBe('2 working days 1 hour');
    expect(formatLeft({ days: 0, minutes: 0 }, 'zh-CN')).toBe('0 分钟');
    expect(formatLeft({ days: 14, minutes: 820, calendar: true }, 'zh-CN')).toBe('14 天 13 小时');
  });
  test('lateness is told from the due moment on', () => {
    expect(formatLate('2026-11-20T13:00:00+08:00', now, 'zh-CN')).toBe('2 小时');
    expect(formatLate('2026-11-20T14:59:40+08:00', now, 'zh-CN')).toBe('不到 1 分钟');
    expect(formatMinutes(2 * 1440 + 61, 'en')).toBe('2 days 1 hour');
  });
});

test('money is told in yuan from an integer of fen', () => {
  expect(formatMoney(123450)).toBe('¥1,234.50');
  expect(formatMoney(-5)).toBe('-¥0.05');
  expect(formatMoney(100000000)).toBe('¥1,000,000.00');
});

test('file sizes are told in the unit a person knows', () => {
  expect(formatBytes(300)).toBe('1 KB');
  expect(formatBytes(2.5 * 1024 * 1024)).toBe('2.5 MB');
});
