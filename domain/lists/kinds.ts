/**
 * The insurer's lists (annexes A.1-A.5, the experts and providers behind them, and the charities' programmes): which columns each has, what makes
 * two rows the same entry, and how a row reads. A list of another insurer is another file with these columns.
 */
import { LISTS } from '#domain/plan/schema.ts';
import { departmentColumns, hospitalDoctorColumns, packageColumns } from './assist-columns.ts';
import { type Both, type Column, normaliseWord } from './column.ts';
import { cartHospitalColumns, cartPharmacyColumns, drugColumns, pharmacyColumns } from './drug-columns.ts';
import { expertColumns, hospitalColumns, providerColumns } from './hospital-columns.ts';
import { programmeColumns } from './programme-columns.ts';
import { trialColumns } from './trial-columns.ts';
import { videoDoctorColumns } from './video-doctor-columns.ts';

export const LIST_KINDS = LISTS;
export type ListKind = (typeof LISTS)[number];
/** A row as stored: the values of its columns by name; no personal data of members is in any list. */
export type ListValues = Readonly<Record<string, unknown>>;

export type ListShape = {
  readonly name: Both;
  readonly columns: readonly Column[];
  /** The columns that say which entry it is; they keep their value from version to version. */
  readonly key: readonly string[];
  /** The column a row is called by. */
  readonly label: string;
  /** Columns in which a search looks, beside the label. */
  readonly searched: readonly string[];
  /** Columns of the one line under the label, in order. */
  readonly detail: readonly string[];
};

export const LIST_SHAPES: Readonly<Record<ListKind, ListShape>> = {
  hospitals: {
    name: { zh: '医院', en: 'hospitals' },
    columns: hospitalColumns,
    key: ['name'],
    label: 'name',
    searched: ['aliases', 'province', 'city'],
    detail: ['city', 'grade', 'class', 'public'],
  },
  experts: {
    name: { zh: '专家', en: 'experts' },
    columns: expertColumns,
    key: ['hospital', 'department', 'name'],
    label: 'name',
    searched: ['hospital', 'department', 'focus'],
    detail: ['rank', 'hospital', 'department'],
  },
  providers: {
    name: { zh: '服务商', en: 'providers' },
    columns: providerColumns,
    key: ['code'],
    label: 'name',
    searched: ['code'],
    detail: ['kind'],
  },
  drugs: {
    name: { zh: '特药', en: 'drugs' },
    columns: drugColumns,
    key: ['generic', 'brand', 'maker', 'spec'],
    label: 'brand',
    searched: ['generic', 'aliases', 'english', 'maker', 'approvalNo'],
    detail: ['generic', 'spec', 'maker'],
  },
  pharmacies: {
    name: { zh: '药店', en: 'pharmacies' },
    columns: pharmacyColumns,
    key: ['city', 'name'],
    label: 'name',
    searched: ['chain', 'province', 'city', 'address'],
    detail: ['city', 'address', 'hours'],
  },
  'cart-hospitals': {
    name: { zh: 'CAR-T 医院', en: 'CAR-T hospitals' },
    columns: cartHospitalColumns,
    key: ['name'],
    label: 'name',
    searched: ['aliases', 'province', 'city', 'products'],
    detail: ['city', 'grade', 'class', 'public'],
  },
  'cart-pharmacies': {
    name: { zh: 'CAR-T 药店', en: 'CAR-T pharmacies' },
    columns: cartPharmacyColumns,
    key: ['city', 'name'],
    label: 'name',
    searched: ['chain', 'province', 'city', 'address', 'products'],
    detail: ['city', 'address', 'hours'],
  },
  programmes: {
    name: { zh: '援助项目', en: 'aid programmes' },
    columns: programmeColumns,
    key: ['code'],
    label: 'name',
    searched: ['charity', 'drug', 'generic'],
    detail: ['charity', 'drug', 'generic'],
  },
  trials: {
    name: { zh: '临床试验', en: 'trials' },
    columns: trialColumns,
    key: ['registration'],
    label: 'name',
    searched: ['registration', 'hospital', 'province', 'city', 'forWhom'],
    detail: ['hospital', 'city', 'forWhom'],
  },
  'video-doctors': {
    name: { zh: '视频医生', en: 'video doctors' },
    columns: videoDoctorColumns,
    key: ['licence'],
    label: 'name',
    searched: ['hospital', 'department', 'licence'],
    detail: ['rank', 'hospital', 'department'],
  },
  departments: {
    name: { zh: '院内科室', en: 'departments' },
    columns: departmentColumns,
    key: ['provider', 'name'],
    label: 'name',
    searched: ['treats', 'place'],
    detail: ['place', 'treats'],
  },
  'hospital-doctors': {
    name: { zh: '院内医生', en: "the hospital's doctors" },
    columns: hospitalDoctorColumns,
    key: ['provider', 'department', 'name'],
    label: 'name',
    searched: ['department', 'focus'],
    detail: ['rank', 'department', 'focus'],
  },
  packages: {
    name: { zh: '体检套餐', en: 'check-up packages' },
    columns: packageColumns,
    key: ['provider', 'name'],
    label: 'name',
    searched: ['forWhom', 'includes'],
    detail: ['forWhom', 'includes'],
  },
};

/** What is the same entry in every version of a list, however its name was typed: width, case and spaces do not count. */
export function listRowKey(list: ListKind, values: ListValues): string {
  return LIST_SHAPES[list].key.map((name) => normaliseWord(String(values[name] ?? '')).replaceAll('|', '/')).join('|');
}

/** The name a row is called by. */
export const listRowLabel = (list: ListKind, values: ListValues): string =>
  String(values[LIST_SHAPES[list].label] ?? '');

/** Everything a search looks in, in the normal form that `normaliseWord` gives the search too. */
export function listRowSearch(list: ListKind, values: ListValues): string {
  const { label, searched } = LIST_SHAPES[list];
  const words = [label, ...searched].flatMap((name) => values[name] ?? []).map(String);
  return words.map(normaliseWord).join(' ');
}

/** The line under the label: 北京 · 三级 · 甲等 · 公立. */
export function listRowDetail(list: ListKind, values: ListValues, lang: 'zh' | 'en'): string {
  const { columns, detail } = LIST_SHAPES[list];
  const parts = detail.map((name) => inWords(columns.find((column) => column.name === name)!, values[name], lang));
  return parts.filter((part) => part !== '').join(' · ');
}

function inWords(column: Column, value: unknown, lang: 'zh' | 'en'): string {
  if (value === null || value === undefined) return '';
  if (column.name === 'public') return { zh: ['民营', '公立'], en: ['private', 'public'] }[lang][value ? 1 : 0]!;
  if (column.name === 'grade') return { zh: `${['', '一', '二', '三'][Number(value)]}级`, en: `grade ${value}` }[lang];
  if (column.type === 'choice') return column.choices.find((choice) => choice.value === value)?.[lang] ?? String(value);
  return Array.isArray(value) ? value.join(lang === 'zh' ? '、' : ', ') : String(value);
}
