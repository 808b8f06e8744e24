/** What is printed in place of an answer when a line cannot be read (contract 2). */
import type { z } from 'zod';
import { TimeError } from '#domain/calendar/errors.ts';
import { UnknownNameError } from '#domain/eligibility/errors.ts';
import type { QuestionFault } from '#domain/eligibility/question.ts';
import type { Lang } from '#domain/eligibility/words.ts';

/** `path` is a JSON pointer to the field; empty when it is the whole line. */
export type InputError = { code: string; message: string; path: string };

type Both = Readonly<Record<Lang, string>>;

const LINE_FAULTS = {
  'bad-json': {
    zh: '这一行不是完整的 JSON，请每行写一个 JSON 对象',
    en: 'this line is no JSON; write one JSON object a line',
  },
  'bad-utf8': { zh: '这一行不是 UTF-8 编码，请转换后再试', en: 'this line is not UTF-8; convert it first' },
  'line-too-long': { zh: '这一行超过 1 MiB，请缩短', en: 'this line is longer than 1 MiB; shorten it' },
  'never-due': {
    zh: '一百年内没有到期的时刻，请检查暂停的时段',
    en: 'nothing falls due within a hundred years; check the pauses',
  },
  internal: { zh: '这一行没有算出结果，请把它报告给维护者', en: 'this line could not be answered; please report it' },
} as const satisfies Record<string, Both>;

export type LineFault = keyof typeof LINE_FAULTS;

const FAULTS: Readonly<Record<QuestionFault, Both>> = {
  'no-such-day': { zh: '应为存在的日期，写作 YYYY-MM-DD', en: 'must be a day that exists, written YYYY-MM-DD' },
  'no-moment': {
    zh: '应为带时区偏移的时刻，例如 2026-03-02T10:00:00+08:00',
    en: 'must be a moment that exists, with its offset, e.g. 2026-03-02T10:00:00+08:00',
  },
  'moment-out-of-range': { zh: '时刻应在 1900 年至 2999 年之间', en: 'must be a moment between 1900 and 2999' },
  'status-out-of-order': {
    zh: '早于前一条状态，请按时间先后排列',
    en: 'is earlier than the entry before it; give the states in order of time',
  },
};

const TYPES: Readonly<Record<string, Both>> = {
  string: { zh: '文本', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
};

export function lineError(code: LineFault, lang: Lang): InputError {
  return { code, message: LINE_FAULTS[code][lang], path: '' };
}

/** The first issue that zod found, in words, with its pointer. */
export function issueError(issues: readonly z.core.$ZodIssue[], input: unknown, lang: Lang): InputError {
  const issue = issues[0];
  if (!issue) return lineError('internal', lang);
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const message = {
      zh: `没有“${key}”这个字段，请去掉或改正拼写`,
      en: `there is no field "${key}"; remove or correct it`,
    };
    return { code: 'bad-input', message: message[lang], path: pointer([...path, key]) };
  }
  return { code: 'bad-input', message: inWords(issue, valueAt(input, path))[lang], path: pointer(path) };
}

/** The error of a question that was read but cannot be answered; undefined for what is no fault of the input. */
export function answerError(error: unknown, lang: Lang): InputError | undefined {
  if (error instanceof UnknownNameError) {
    const what = { plan: '计划', service: '服务', promise: '承诺' }[error.field];
    const message = { zh: `没有“${error.value}”这个${what}`, en: `there is no ${error.field} "${error.value}"` };
    return { code: error.code, message: message[lang], path: `/${error.field}` };
  }
  if (!(error instanceof TimeError)) return undefined;
  if (error.code === 'never-due') return lineError('never-due', lang);
  const message = { zh: '暂停时段的结束不能早于开始', en: 'a pause cannot end before it begins' };
  const path = pointer(error.field.split(/[.[\]]+/).filter(Boolean));
  return { code: 'bad-input', message: error.code === 'bad-span' ? message[lang] : error.message, path };
}

function inWords(issue: z.core.$ZodIssue, value: unknown): Both {
  if (value === undefined) return { zh: '缺少这一项', en: 'is missing' };
  switch (issue.code) {
    case 'custom': {
      const fault = issue.params?.fault as QuestionFault | undefined;
      return fault ? FAULTS[fault] : { zh: issue.message, en: issue.message };
    }
    case 'invalid_type': {
      const type = TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      return { zh: `应为${type.zh}`, en: `must be ${type.en}` };
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      return { zh: `只能是 ${values.join('、')} 之一`, en: `must be one of ${values.join(', ')}` };
    }
    case 'too_small':
      return { zh: `过短或过小，最小为 ${issue.minimum}`, en: `is too short or too small, at least ${issue.minimum}` };
    case 'too_big':
      return { zh: `过长或过大，最大为 ${issue.maximum}`, en: `is too long or too large, at most ${issue.maximum}` };
    default:
      return { zh: '不是可以接受的值', en: 'is not an accepted value' };
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

/** RFC 6901. */
function pointer(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
