import type { z } from 'zod';
import type { Text } from './schema.ts';

export const t = (zh: string, en: string): Text => ({ zh, en });

/** A fault before it has a place: where in the data, and what to do. `at: key` points at the key, not its value. */
export type Finding = { path: readonly (string | number)[]; message: Text; at?: 'key' };

type Issue = z.core.$ZodIssue;

/** Turns what zod found into sentences for a plan author; one finding for each unknown key. */
export function explainIssue(issue: Issue, data: unknown): Finding[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const known = issue.keys.length === 1 ? 'key' : 'keys';
    return issue.keys.map((key) => ({
      path: [...path, key],
      at: 'key',
      message: t(
        `${placeOf(path)}里没有“${key}”这个键：删掉，或改正拼写。`,
        `Unknown ${known} "${key}" in ${nameOf(path)}: remove it or correct its spelling.`,
      ),
    }));
  }
  const field = path.at(-1);
  const value = valueAt(data, path);
  if (value === undefined)
    return [
      {
        path,
        message: t(
          `${placeOf(path.slice(0, -1))}缺少“${String(field)}”。`,
          `"${String(field)}" is missing in ${nameOf(path.slice(0, -1))}.`,
        ),
      },
    ];
  if (issue.code === 'invalid_key') {
    return [
      {
        path,
        at: 'key',
        message: t(
          `名称“${String(field)}”须为小写英文单词，以连字符相连。`,
          `The name "${String(field)}" must be lower-case words joined by hyphens.`,
        ),
      },
    ];
  }
  const [is, demand] = [shown(value), demandOf(issue, value)];
  return [
    {
      path,
      message: t(`“${placeOf(path)}”是${is.zh}：${demand.zh}。`, `"${nameOf(path)}" is ${is.en}: ${demand.en}.`),
    },
  ];
}

function demandOf(issue: Issue, value: unknown): Text {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'string' && typeof value === 'number')
        return t('须为文字，请加引号', 'put it in quotes, it must be text');
      if (issue.expected === 'string' && value === null) return t('不能为空', 'it must not be empty');
      return t(
        `须为${TYPE_WORDS[issue.expected]?.zh ?? issue.expected}`,
        `it must be ${TYPE_WORDS[issue.expected]?.en ?? issue.expected}`,
      );
    case 'invalid_value':
      return t(
        `须为${issue.values.length === 1 ? '' : '其中之一：'}${issue.values.map(String).join('、')}`,
        `it must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`,
      );
    case 'too_small':
      return issue.origin === 'array'
        ? t(
            `至少要有 ${issue.minimum} 项`,
            `it needs at least ${issue.minimum} ${issue.minimum === 1 ? 'entry' : 'entries'}`,
          )
        : t(
            `至少为 ${issue.minimum}${issue.origin === 'string' ? ' 个字' : ''}`,
            `it must be at least ${issue.minimum}${issue.origin === 'string' ? ' character' : ''}`,
          );
    case 'too_big':
      return t(`最多为 ${issue.maximum}`, `it must be at most ${issue.maximum}`);
    case 'invalid_format':
      return t(`须为${FORMAT_WORDS[issue.message] ?? issue.message}`, `it must be ${issue.message}`);
    default:
      return t(FORMAT_WORDS[issue.message] ?? issue.message, issue.message);
  }
}

const TYPE_WORDS: Readonly<Record<string, Text>> = {
  string: t('文字', 'text'),
  number: t('数字', 'a number'),
  int: t('整数', 'a whole number'),
  boolean: t('true 或 false', 'true or false'),
  array: t('列表', 'a list'),
  object: t('一组键', 'a group of keys'),
  record: t('一组键', 'a group of keys'),
};

/** What the schema asks for in its own words (English), in Chinese. */
export const FORMAT_WORDS: Readonly<Record<string, string>> = {
  'lower-case words joined by hyphens': '小写英文单词，以连字符相连',
  'a day as YYYY-MM-DD': '日期，写作 YYYY-MM-DD',
  'a time as HH:MM': '时间，写作 HH:MM',
  'rule:…, promise:…, quota:…, step:…, list:…, notice:…, consent:… or informs':
    'rule:…、promise:…、quota:…、step:…、list:…、notice:…、consent:… 或 informs',
};

/** The path as a Chinese sentence has it. */
export const placeOf = (path: readonly (string | number)[]): string =>
  path.length === 0 ? '计划' : ` ${nameOf(path)} `;

/** The path as an author reads it: services.outpatient-access.promises[0].term */
export function nameOf(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'the plan';
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** The value at a path of plain data, undefined where there is none. */
export function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

function shown(value: unknown): Text {
  if (value === null) return t('空的', 'empty');
  if (Array.isArray(value)) return value.length === 0 ? t('空列表', 'an empty list') : t('列表', 'a list');
  if (typeof value === 'object') return t('一组键', 'a group of keys');
  const text = JSON.stringify(value).slice(0, 60);
  return t(` ${text} `, text);
}

/** The second and later places of names that occur more than once. */
export function twice(names: readonly string[]): { name: string; index: number }[] {
  return names.flatMap((name, index) => (name !== '' && names.indexOf(name) < index ? [{ name, index }] : []));
}
