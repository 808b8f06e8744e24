import type { z } from 'zod';

/** A fault before it has a place: where in the data, and what to do. `at: key` points at the key, not its value. */
export type Finding = { path: readonly (string | number)[]; message: string; at?: 'key' };

type Issue = z.core.$ZodIssue;

/** Turns what zod found into sentences for a plan author; one finding for each unknown key. */
export function explainIssue(issue: Issue, data: unknown): Finding[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const known = issue.keys.length === 1 ? 'key' : 'keys';
    return issue.keys.map((key) => ({
      path: [...path, key],
      at: 'key',
      message: `Unknown ${known} "${key}" in ${nameOf(path)}: remove it or correct its spelling.`,
    }));
  }
  const field = path.at(-1);
  const value = valueAt(data, path);
  if (value === undefined) return [{ path, message: `"${String(field)}" is missing in ${nameOf(path.slice(0, -1))}.` }];
  if (issue.code === 'invalid_key') {
    return [{ path, at: 'key', message: `The name "${String(field)}" must be lower-case words joined by hyphens.` }];
  }
  return [{ path, message: `"${nameOf(path)}" is ${shown(value)}: ${demandOf(issue, value)}.` }];
}

function demandOf(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'string' && typeof value === 'number') return 'put it in quotes, it must be text';
      if (issue.expected === 'string' && value === null) return 'it must not be empty';
      return `it must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `it must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array'
        ? `it needs at least ${issue.minimum} ${issue.minimum === 1 ? 'entry' : 'entries'}`
        : `it must be at least ${issue.minimum}${issue.origin === 'string' ? ' character' : ''}`;
    case 'too_big':
      return `it must be at most ${issue.maximum}`;
    case 'invalid_format':
      return `it must be ${issue.message}`;
    default:
      return issue.message;
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

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

function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a group of keys';
  return `${JSON.stringify(value).slice(0, 60)}`;
}

/** The second and later places of names that occur more than once. */
export function twice(names: readonly string[]): { name: string; index: number }[] {
  return names.flatMap((name, index) => (name !== '' && names.indexOf(name) < index ? [{ name, index }] : []));
}
