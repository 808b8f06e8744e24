import { describe, expect, test } from 'vitest';
import type { Column, ColumnType } from './column.ts';
import { listRowDetail, listRowKey, listRowSearch } from './kinds.ts';
import { readCell } from './read-cell.ts';

const column = (type: ColumnType, required = false): Column => ({
  ...type,
  name: 'c',
  heading: { zh: '列', en: 'C' },
  about: { zh: '', en: '' },
  example: '',
  required,
});
const read = (type: ColumnType, text: string) => {
  const cell = readCell(column(type), text);
  return 'value' in cell ? cell.value : cell.fault.code;
};

describe('a cell', () => {
  test.each([
    ['2026-03-02', '2026-03-02'],
    ['2026/3/2', '2026-03-02'],
    ['2026年3月2日', '2026-03-02'],
    ['20260302', '2026-03-02'],
    [' ２０２６-０３-０２　', '2026-03-02'],
    ['2026-02-29', 'no-such-day'],
    ['2024-02-29', '2024-02-29'],
    ['2026-13-01', 'no-such-day'],
    ['02/03/2026', 'bad-day'],
  ])('with the day %s is %s', (text, day) => {
    expect(read({ type: 'day' }, text)).toBe(day);
  });
  test('with a day where a moment is asked means its midnight in Shanghai', () => {
    expect(read({ type: 'moment' }, '2026-03-02')).toEqual(new Date('2026-03-01T16:00:00Z'));
    expect(read({ type: 'moment' }, '2026-03-02T10:00:00+08:00')).toEqual(new Date('2026-03-02T02:00:00Z'));
    expect(read({ type: 'moment' }, '2026-03-02T10:00:00')).toBe('bad-moment');
  });
  test('of money is read in yuan and kept in 分', () => {
    expect([
      read({ type: 'money' }, '12,800.5'),
      read({ type: 'money' }, '¥3'),
      read({ type: 'money' }, '1.234'),
    ]).toEqual([1280050, 300, 'not-money']);
  });
  test('of several words is split at Chinese and English signs, without repeats', () => {
    expect(read({ type: 'words' }, '肿瘤科、胸外科；骨科;肿瘤科|')).toEqual(['肿瘤科', '胸外科', '骨科']);
    expect(read({ type: 'words' }, '')).toEqual([]);
  });
  test('of a telephone loses its signs and is refused with letters', () => {
    expect([read({ type: 'phone' }, '+86 199-0000-0001'), read({ type: 'phone' }, '199x')]).toEqual([
      '+8619900000001',
      'bad-phone',
    ]);
  });
  test('that is empty is null, or a fault where a value is required', () => {
    expect(readCell(column({ type: 'text' }), ' \u200b\u3000')).toEqual({ value: null });
    expect(readCell(column({ type: 'text' }, true), '　')).toMatchObject({ fault: { code: 'missing' } });
  });
});

describe('a row of a list', () => {
  const row = {
    name: '示例医院（本部）',
    aliases: ['示例 一院'],
    city: '北京',
    province: '北京',
    grade: 3,
    class: 'A',
    public: true,
  };
  test('is the same entry however its name was typed', () => {
    expect(listRowKey('hospitals', row)).toBe(listRowKey('hospitals', { ...row, name: ' 示例医院 (本部)' }));
  });
  test('is found by alias and tells place, grade and ownership', () => {
    expect(listRowSearch('hospitals', row)).toContain('示例一院');
    expect(listRowDetail('hospitals', row, 'zh')).toBe('北京 · 三级 · 甲等 · 公立');
    expect(listRowDetail('hospitals', row, 'en')).toBe('北京 · grade 3 · class A · public');
  });
});
