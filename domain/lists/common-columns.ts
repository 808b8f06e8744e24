import type { Column } from './column.ts';

/** Columns that every list ends with. */
export const effectiveColumns: readonly Column[] = [
  {
    name: 'effectiveFrom',
    type: 'day',
    optionalColumn: true,
    heading: { zh: '生效日', en: 'Effective from' },
    about: { zh: '从这一天起可用（含当天），空着表示随名单生效', en: 'first day it may be used; empty: with the list' },
    example: '2026-01-01',
  },
  {
    name: 'effectiveTo',
    type: 'day',
    optionalColumn: true,
    heading: { zh: '失效日', en: 'Effective to' },
    about: { zh: '可用的最后一天（含当天），空着表示没有期限', en: 'last day it may be used; empty: without end' },
    example: '',
  },
  {
    name: 'sample',
    type: 'yes-no',
    optionalColumn: true,
    heading: { zh: '示例', en: 'Sample' },
    about: { zh: '是：虚构的示例数据，页面上会标出', en: 'yes: invented sample data, shown as such' },
    example: '是',
  },
];

/** Where something is. */
export const placeColumns: readonly Column[] = [
  {
    name: 'province',
    type: 'text',
    required: true,
    maxLength: 20,
    heading: { zh: '省份', en: 'Province' },
    also: ['省', '省（市）'],
    about: { zh: '必填，例如 广东', en: 'required, e.g. 广东' },
    example: '北京',
  },
  {
    name: 'city',
    type: 'text',
    required: true,
    maxLength: 20,
    heading: { zh: '城市', en: 'City' },
    also: ['市', '所在城市'],
    about: { zh: '必填，例如 广州', en: 'required, e.g. 广州' },
    example: '北京',
  },
];

/** A provider of the plan, by its code. */
export const providerColumn: Column = {
  name: 'provider',
  type: 'text',
  optionalColumn: true,
  maxLength: 40,
  heading: { zh: '服务商', en: 'Provider' },
  also: ['服务商代码'],
  about: {
    zh: '由哪家服务商服务，填服务商代码；空着表示按计划的规定',
    en: 'code of the provider that serves here; empty: as the plan says',
  },
  example: '',
};

/** Until when whoever stands in the row is licensed. */
export const licenceUntilColumn: Column = {
  name: 'licenceUntil',
  type: 'day',
  optionalColumn: true,
  heading: { zh: '许可有效期至', en: 'Licence until' },
  about: { zh: '许可证的最后一天；空着表示没有期限', en: 'last day of its licence; empty: without end' },
  example: '2028-12-31',
};
