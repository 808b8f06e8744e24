/** A file of a hospital's slots: a row a series [2.7.1]. */
import { departmentColumns, hospitalCodeColumn } from './assist-columns.ts';
import type { Column } from './column.ts';
import { effectiveColumns } from './common-columns.ts';

const name = (column: string, zh: string, en: string, about: { zh: string; en: string }, example: string): Column => ({
  name: column,
  type: 'text',
  optionalColumn: true,
  maxLength: 60,
  heading: { zh, en },
  about,
  example,
});
const time = (column: string, zh: string, en: string, example: string): Column => ({
  name: column,
  type: 'words',
  required: true,
  each: { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, expected: { zh: '时刻，例如 09:30', en: 'a time, e.g. 09:30' } },
  heading: { zh, en },
  about: { zh: '必填，例如 09:30', en: 'required, e.g. 09:30' },
  example,
});

export const slotColumns: readonly Column[] = [
  hospitalCodeColumn,
  {
    name: 'item',
    type: 'choice',
    required: true,
    heading: { zh: '项目', en: 'Item' },
    choices: [
      { value: 'outpatient', zh: '门诊', en: 'outpatient' },
      { value: 'expert', zh: '专家', en: 'expert' },
      { value: 'check-up', zh: '体检', en: 'check-up' },
      { value: 'accompaniment', zh: '陪诊', en: 'accompaniment' },
    ],
    about: { zh: '必填：门诊、专家、体检或陪诊', en: 'required: outpatient, expert, check-up or accompaniment' },
    example: '专家',
  },
  name(
    'department',
    '科室',
    'Department',
    { zh: '与院内科室名单一致；体检可空', en: 'as on the list of departments; may be empty for check-ups' },
    departmentColumns[1]!.example,
  ),
  name(
    'doctor',
    '医生',
    'Doctor',
    { zh: '与院内医生名单一致；专家必填', en: "as on the list of the hospital's doctors; required for expert" },
    '示例医生弘一',
  ),
  name(
    'package',
    '套餐',
    'Package',
    { zh: '与体检套餐名单一致；体检必填', en: 'as on the list of packages; required for check-up' },
    '',
  ),
  {
    name: 'from',
    type: 'day',
    required: true,
    heading: { zh: '第一天', en: 'First day' },
    about: { zh: '必填', en: 'required' },
    example: '2026-11-23',
  },
  {
    name: 'to',
    type: 'day',
    optionalColumn: true,
    heading: { zh: '最后一天', en: 'Last day' },
    about: { zh: '空着表示只有第一天', en: 'empty: the first day alone' },
    example: '2026-12-18',
  },
  {
    name: 'weekdays',
    type: 'words',
    optionalColumn: true,
    each: { pattern: /^[1-7]$/, expected: { zh: '1 到 7，1 是周一', en: '1 to 7, 1 is Monday' } },
    heading: { zh: '星期', en: 'Weekdays' },
    about: { zh: '1 到 7，用顿号分开；空着表示每天', en: '1 to 7 (1 is Monday), separated by 、; empty: every day' },
    example: '1、3、5',
  },
  time('opens', '开始', 'Opens', '09:00'),
  time('closes', '结束', 'Closes', '11:00'),
  {
    name: 'minutes',
    type: 'integer',
    min: 5,
    max: 720,
    required: true,
    heading: { zh: '每段分钟', en: 'Minutes' },
    about: { zh: '必填，一个时段多长', en: 'required, how long one slot is' },
    example: '30',
  },
  {
    name: 'capacity',
    type: 'integer',
    min: 1,
    max: 200,
    required: true,
    heading: { zh: '名额', en: 'Places' },
    about: { zh: '必填，一个时段几个人', en: 'required, how many people a slot takes' },
    example: '1',
  },
  effectiveColumns.find(({ name: one }) => one === 'sample')!,
];
