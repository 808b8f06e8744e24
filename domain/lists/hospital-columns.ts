import type { Column } from './column.ts';
import { effectiveColumns, licenceUntilColumn, placeColumns, providerColumn } from './common-columns.ts';

/** Name, place, grade, class and ownership: what the plan's demands on a hospital are asked of [2.2.3][2.6.4.1]. */
export const hospitalBaseColumns: readonly Column[] = [
  {
    name: 'name',
    type: 'text',
    required: true,
    maxLength: 80,
    heading: { zh: '医院名称', en: 'Hospital' },
    also: ['医院', '名称'],
    about: {
      zh: '必填，登记的全称；分院另起一行并写明院区',
      en: 'required, the registered name; a branch is a row of its own',
    },
    example: '示例医院（本部）',
  },
  {
    name: 'aliases',
    type: 'words',
    optionalColumn: true,
    heading: { zh: '别名', en: 'Aliases' },
    also: ['简称'],
    about: { zh: '常用的其他名称，用顿号分开', en: 'other names in use, separated by 、 or ;' },
    example: '示例一院',
  },
  ...placeColumns,
  {
    name: 'grade',
    type: 'choice',
    required: true,
    heading: { zh: '级别', en: 'Grade' },
    also: ['医院级别'],
    choices: [
      { value: 3, zh: '三级', en: 'grade 3', also: ['三'] },
      { value: 2, zh: '二级', en: 'grade 2', also: ['二'] },
      { value: 1, zh: '一级', en: 'grade 1', also: ['一'] },
    ],
    about: { zh: '必填：三级、二级或一级', en: 'required: 3, 2 or 1' },
    example: '三级',
  },
  {
    name: 'class',
    type: 'choice',
    heading: { zh: '等次', en: 'Class' },
    also: ['等级', '医院等次'],
    choices: [
      { value: 'special', zh: '特等', en: 'special', also: ['特'] },
      { value: 'A', zh: '甲等', en: 'class A', also: ['甲'] },
      { value: 'B', zh: '乙等', en: 'class B', also: ['乙'] },
      { value: 'C', zh: '丙等', en: 'class C', also: ['丙'] },
    ],
    about: { zh: '特等、甲等、乙等或丙等；未评定的空着', en: 'special, A, B or C; empty when not classed' },
    example: '甲等',
  },
  {
    name: 'public',
    type: 'yes-no',
    required: true,
    heading: { zh: '公立', en: 'Public' },
    also: ['是否公立'],
    about: { zh: '必填：公立填是，民营填否', en: 'required: yes for public, no for private' },
    example: '是',
  },
  {
    name: 'departments',
    type: 'words',
    required: true,
    heading: { zh: '科室', en: 'Departments' },
    also: ['可约科室'],
    about: {
      zh: '必填，可以安排的科室，用顿号分开',
      en: 'required, departments that can be booked, separated by 、 or ;',
    },
    example: '肿瘤科、胸外科',
  },
];

/** Annex A.1 and those of the other medical services. */
export const hospitalColumns: readonly Column[] = [
  ...hospitalBaseColumns,
  providerColumn,
  {
    name: 'services',
    type: 'words',
    optionalColumn: true,
    heading: { zh: '可用服务', en: 'Services' },
    also: ['服务'],
    about: {
      zh: '在这里可用的服务代码，用顿号分开；空着表示全部',
      en: 'codes of the services given here, separated by 、 or ;; empty: all',
    },
    example: 'outpatient-access、inpatient-access',
  },
  ...effectiveColumns,
];

/** Ranks by order, as the plan compares them [2.2.4]; a professor's title is none of these. */
export const expertColumns: readonly Column[] = [
  {
    name: 'name',
    type: 'text',
    required: true,
    maxLength: 40,
    heading: { zh: '专家姓名', en: 'Expert' },
    also: ['姓名', '医生'],
    about: { zh: '必填', en: 'required' },
    example: '示例医生甲',
  },
  {
    name: 'hospital',
    type: 'text',
    required: true,
    maxLength: 80,
    heading: { zh: '医院', en: 'Hospital' },
    also: ['医院名称', '执业医院'],
    about: { zh: '必填，与医院名单中的名称一致', en: 'required, named as in the list of hospitals' },
    example: '示例医院（本部）',
  },
  {
    name: 'department',
    type: 'text',
    required: true,
    maxLength: 40,
    heading: { zh: '科室', en: 'Department' },
    about: { zh: '必填', en: 'required' },
    example: '肿瘤科',
  },
  {
    name: 'rank',
    type: 'choice',
    required: true,
    heading: { zh: '职称', en: 'Rank' },
    choices: [
      { value: 'chief', zh: '主任医师', en: 'chief physician' },
      { value: 'associate-chief', zh: '副主任医师', en: 'associate chief physician' },
      { value: 'attending', zh: '主治医师', en: 'attending physician' },
      { value: 'resident', zh: '住院医师', en: 'resident physician' },
    ],
    about: {
      zh: '必填：主任医师、副主任医师、主治医师或住院医师；教授不是职称',
      en: 'required: chief, associate-chief, attending or resident; professor is no rank',
    },
    example: '主任医师',
  },
  {
    name: 'focus',
    type: 'text',
    optionalColumn: true,
    heading: { zh: '擅长', en: 'Focus' },
    also: ['专长'],
    about: { zh: '擅长的疾病', en: 'what the expert is known for' },
    example: '肺部肿瘤',
  },
  ...effectiveColumns,
];

/** The companies that deliver; who may see what is theirs by code. */
export const providerColumns: readonly Column[] = [
  {
    name: 'code',
    type: 'text',
    required: true,
    maxLength: 40,
    heading: { zh: '服务商代码', en: 'Code' },
    also: ['代码'],
    about: {
      zh: '必填，小写字母、数字和连字符，与计划中的一致',
      en: 'required, lower-case letters, digits, hyphens, as in the plan',
    },
    example: 'shangyong',
  },
  {
    name: 'name',
    type: 'text',
    required: true,
    maxLength: 80,
    heading: { zh: '服务商名称', en: 'Provider' },
    also: ['名称'],
    about: { zh: '必填，登记的全称', en: 'required, the registered name' },
    example: '示例健康服务有限公司',
  },
  {
    name: 'kind',
    type: 'choice',
    required: true,
    heading: { zh: '类别', en: 'Kind' },
    choices: [
      { value: 'health-service', zh: '健康服务', en: 'health service' },
      { value: 'drug-service', zh: '药事服务', en: 'drug service' },
      { value: 'hospital', zh: '医院', en: 'hospital' },
      { value: 'laboratory', zh: '检测机构', en: 'laboratory' },
    ],
    about: {
      zh: '必填：健康服务、药事服务、医院或检测机构',
      en: 'required: health-service, drug-service, hospital or laboratory',
    },
    example: '健康服务',
  },
  licenceUntilColumn,
  ...effectiveColumns,
];
