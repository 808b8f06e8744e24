/** What a schema found wrong with a request, in the caller's words: every field by its JSON pointer, and what to write there. */
import type { z } from 'zod';
import type { FieldFault, Language } from './problem.ts';

/** An issue as Fastify hands it on: zod's code, its path already joined by `/`, the rest of the issue in `params`. */
export type ValidationIssue = {
  instancePath?: string;
  message?: string;
  keyword?: string;
  params?: Record<string, unknown>;
};

/** Issues of a schema that a route asks itself, in the same form. */
export const issuesOf = (error: z.ZodError): ValidationIssue[] =>
  error.issues.map(({ path, code, message, ...params }) => ({
    instancePath: `/${path.map(String).join('/')}`,
    keyword: code,
    message,
    params,
  }));

/** `input` is what was validated (body, query or params); `prefix` stands before the pointer of what is not the body. */
export function faultsOf(
  issues: readonly ValidationIssue[],
  input: unknown,
  prefix: string,
  lang: Language,
): FieldFault[] {
  return issues.flatMap((issue) => {
    // The path of the whole body comes as "/": as a pointer that would be a field without a name.
    const path = (issue.instancePath ?? '').split('/').filter(Boolean);
    const at = (steps: readonly string[]) => `${prefix}${steps.map((step) => `/${step}`).join('')}`;
    const unknown = issue.keyword === 'unrecognized_keys' ? ((issue.params?.keys as string[] | undefined) ?? []) : [];
    if (unknown.length > 0)
      return unknown.map((key) => ({
        pointer: at([...path, key]),
        detail: lang === 'zh' ? '没有这个字段，请去掉或改正拼写' : 'there is no such field; remove or correct it',
      }));
    const missing = valueAt(input, path) === undefined && path.length > 0;
    const absent = lang === 'zh' ? '缺少这一项' : 'is missing';
    return [
      {
        pointer: at(path),
        detail: missing ? absent : lang === 'zh' ? inChinese(issue) : (issue.message ?? 'is not valid'),
      },
    ];
  });
}

const TYPES: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '对象',
};
const FORMATS: Readonly<Record<string, string>> = {
  uuid: '应为系统给出的编号',
  date: '应为存在的日期，写作 YYYY-MM-DD',
  email: '应为电子邮箱地址',
};

function inChinese({ keyword, params = {} }: ValidationIssue): string {
  switch (keyword) {
    case 'invalid_type':
      return `应为${TYPES[String(params.expected)] ?? String(params.expected)}`;
    case 'invalid_value':
      return `只能是 ${((params.values as unknown[] | undefined) ?? []).join('、')} 之一`;
    case 'too_small':
      return `过短或过小，最小为 ${String(params.minimum)}`;
    case 'too_big':
      return `过长或过大，最大为 ${String(params.maximum)}`;
    case 'invalid_format':
      return FORMATS[String(params.format)] ?? '写法不对，请核对；时刻要带时区，例如 2026-11-25T09:30:00+08:00';
    default:
      return '不是可以接受的值，请核对';
  }
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
