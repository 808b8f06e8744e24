/** The lists of a hospital that is booked by its own slots [2.7.1]: departments, doctors, check-up packages. */
import type { Column } from './column.ts';
import { effectiveColumns } from './common-columns.ts';
import { expertColumns } from './hospital-columns.ts';

/** Whose it is: each hospital keeps its own rows. */
export const hospitalCodeColumn: Column = {
  name: 'provider',
  type: 'text',
  required: true,
  maxLength: 40,
  heading: { zh: '医院代码', en: 'Hospital code' },
  also: ['服务商代码'],
  about: { zh: '必填，计划中这家医院的服务商代码', en: "required, the hospital's code as a provider of the plan" },
  example: 'hongai',
};
const required = (name: string, zh: string, en: string, maxLength: number, example: string): Column => ({
  name,
  type: 'text',
  required: true,
  maxLength,
  heading: { zh, en },
  about: { zh: '必填', en: 'required' },
  example,
});
const optional = (
  name: string,
  zh: string,
  en: string,
  about: { zh: string; en: string },
  example: string,
): Column => ({
  name,
  type: 'text',
  optionalColumn: true,
  maxLength: 200,
  heading: { zh, en },
  about,
  example,
});
const place = optional(
  'place',
  '地点',
  'Place',
  { zh: '到院后去哪里，例如 门诊楼 3 层', en: 'where to go, e.g. outpatient building, 3rd floor' },
  '门诊楼 3 层',
);
export const rankColumn: Column = expertColumns.find(({ name }) => name === 'rank')!;

export const departmentColumns: readonly Column[] = [
  hospitalCodeColumn,
  required('name', '科室', 'Department', 40, '心血管内科'),
  place,
  optional(
    'treats',
    '看什么',
    'Treats',
    { zh: '看什么，用会员能懂的话', en: 'what it treats, in plain words' },
    '高血压、心慌胸闷',
  ),
  ...effectiveColumns,
];

export const hospitalDoctorColumns: readonly Column[] = [
  hospitalCodeColumn,
  required('name', '医生姓名', 'Doctor', 40, '示例医生弘一'),
  required('department', '科室', 'Department', 40, '心血管内科'),
  rankColumn,
  optional('focus', '擅长', 'Focus', { zh: '擅长的方面', en: 'what the doctor is known for' }, '高血压'),
  ...effectiveColumns,
];

export const packageColumns: readonly Column[] = [
  hospitalCodeColumn,
  required('name', '套餐名称', 'Package', 60, '基础体检（示例）'),
  optional('forWhom', '适合谁', 'For whom', { zh: '适合谁', en: 'for whom it is meant' }, '一般成年人'),
  {
    name: 'includes',
    type: 'words',
    required: true,
    heading: { zh: '项目', en: 'Includes' },
    about: { zh: '必填，包含的检查，用顿号分开', en: 'required, its examinations, separated by 、' },
    example: '血常规、心电图、腹部超声',
  },
  optional(
    'prepare',
    '准备',
    'Preparation',
    { zh: '来之前要做什么', en: 'what to do before coming' },
    '前一晚 8 点后不吃东西',
  ),
  {
    name: 'price',
    type: 'money',
    optionalColumn: true,
    heading: { zh: '自付价（元）', en: 'Price (yuan)' },
    about: {
      zh: '会员自付的价格，元；空着表示到院询问',
      en: 'what the member pays, in yuan; empty: ask at the hospital',
    },
    example: '680',
  },
  place,
  ...effectiveColumns,
];
