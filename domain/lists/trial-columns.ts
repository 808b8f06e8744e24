import type { Column } from './column.ts';
import { effectiveColumns, placeColumns } from './common-columns.ts';

/** Clinical trials that may be suggested where CAR-T care does not fit [2.6.4.8.3]. The insurer's own list; no annex has one. */
export const trialColumns: readonly Column[] = [
  {
    name: 'registration',
    type: 'text',
    required: true,
    maxLength: 40,
    heading: { zh: '登记号', en: 'Registration' },
    also: ['临床试验登记号'],
    about: { zh: '必填，公开登记平台上的编号', en: 'required, its number on the public register' },
    example: 'CTR-示例-0001',
  },
  {
    name: 'name',
    type: 'text',
    required: true,
    maxLength: 120,
    heading: { zh: '试验名称', en: 'Trial' },
    also: ['名称'],
    about: { zh: '必填', en: 'required' },
    example: '示例细胞治疗试验（甲）',
  },
  {
    name: 'hospital',
    type: 'text',
    required: true,
    maxLength: 80,
    heading: { zh: '研究医院', en: 'Hospital' },
    about: { zh: '必填', en: 'required' },
    example: '示例市人民医院',
  },
  ...placeColumns,
  {
    name: 'forWhom',
    type: 'text',
    required: true,
    maxLength: 300,
    heading: { zh: '适合的患者', en: 'For whom' },
    about: { zh: '必填，入组条件的要点', en: 'required, the gist of whom it admits' },
    example: '复发或难治的 B 细胞淋巴瘤，两线治疗后',
  },
  {
    name: 'contact',
    type: 'text',
    required: true,
    maxLength: 80,
    heading: { zh: '联系方式', en: 'Contact' },
    about: { zh: '必填，会员可以咨询的电话或门诊', en: 'required, where the member can ask' },
    example: '01000000003',
  },
  {
    name: 'recruiting',
    type: 'yes-no',
    required: true,
    heading: { zh: '正在招募', en: 'Recruiting' },
    about: { zh: '必填：正在招募填是', en: 'required: yes while it recruits' },
    example: '是',
  },
  ...effectiveColumns,
];
