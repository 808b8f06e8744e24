import type { Field } from './fields.ts';

/**
 * What stands in a form's controls, by field name: text, day, moment ('YYYY-MM-DDTHH:mm' in the insurer's time),
 * integer, money (yuan as typed), choice and reference (an id) are strings, yes/no is a boolean; lists are arrays.
 */
export type Value = string | boolean | string[] | undefined;
export type Values = Record<string, Value>;

/** Why a value cannot be sent. */
export type Fault =
  | 'required'
  | 'too-short'
  | 'too-long'
  | 'not-a-number'
  | 'too-small'
  | 'too-large'
  | 'not-money'
  | 'not-a-day'
  | 'form'
  | 'too-few'
  | 'too-many';

/** What the form starts with. */
export function initialValues(fields: Field[]): Values {
  const values: Values = {};
  for (const field of fields) {
    if (field.initial === undefined) continue;
    values[field.name] = toControl(field, field.initial);
  }
  return values;
}

function toControl(field: Field, value: unknown): Value {
  if (field.many) return Array.isArray(value) ? value.map(String) : [];
  if (field.kind === 'boolean') return value === true;
  if (field.kind === 'money' && typeof value === 'number') return (value / 100).toFixed(2);
  if (field.kind === 'moment') {
    const at = new Date(String(value)).getTime();
    return Number.isNaN(at) ? '' : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
  }
  return String(value);
}

/** The fields that are asked for now: those without a condition and those whose sibling has the value named. */
export function shownFields(fields: Field[], values: Values): Field[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const shown = (field: Field, depth: number): boolean => {
    if (!field.showIf) return true;
    const sibling = byName.get(field.showIf.field);
    // A sibling that is hidden itself has no value; a ring of conditions shows nothing.
    if (!sibling || depth > fields.length || !shown(sibling, depth + 1)) return false;
    const value = values[field.showIf.field];
    // An optional yes/no that was left alone is a no; a required one that is not answered yet is neither.
    const actual = sibling.kind === 'boolean' && !sibling.required ? value === true : value;
    const wanted = Array.isArray(field.showIf.value) ? field.showIf.value : [field.showIf.value];
    return Array.isArray(actual)
      ? actual.some((one) => wanted.includes(one))
      : wanted.some((one) => one === actual || String(one) === actual);
  };
  return fields.filter((field) => shown(field, 0));
}

/** The payload of the shown fields: empty values left out, money in 分, moments with +08:00, numbers as numbers. */
export function toPayload(fields: Field[], values: Values): Record<string, unknown> {
  const payload: Record<string, unknown> = {};
  for (const field of shownFields(fields, values)) {
    const value = values[field.name];
    if (isEmpty(field, value)) continue;
    payload[field.name] = Array.isArray(value) ? value.map((one) => toWire(field, one)) : toWire(field, value!);
  }
  return payload;
}

function toWire(field: Field, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  if (field.kind === 'integer') return Number(value);
  if (field.kind === 'money') return toFen(value);
  if (field.kind === 'moment') return `${value.length === 16 ? `${value}:00` : value}+08:00`;
  return field.kind === 'text' || field.kind === 'multiline' ? value.trim() : value;
}

/** Yuan as typed ("12", "12.5", "1,200.00") to 分; undefined when it is no amount. */
export function toFen(yuan: string): number | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(yuan.trim().replaceAll(',', ''));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}

function isEmpty(field: Field, value: Value): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'boolean') return false;
  return field.kind === 'text' || field.kind === 'multiline' ? value.trim() === '' : value === '';
}

/** The faults of the shown fields by name; the server checks everything again, this only spares a round trip. */
export function findFaults(fields: Field[], values: Values): Record<string, Fault> {
  const faults: Record<string, Fault> = {};
  for (const field of shownFields(fields, values)) {
    const value = values[field.name];
    const fault = isEmpty(field, value) ? (field.required ? 'required' : undefined) : faultOf(field, value!);
    if (fault) faults[field.name] = fault;
  }
  return faults;
}

function faultOf(field: Field, value: NonNullable<Value>): Fault | undefined {
  if (Array.isArray(value)) {
    if (field.minItems !== undefined && value.length < field.minItems) return 'too-few';
    if (field.maxItems !== undefined && value.length > field.maxItems) return 'too-many';
    return value.map((one) => faultOf({ ...field, many: false }, one)).find((fault) => fault !== undefined);
  }
  if (typeof value === 'boolean') return undefined;
  if (field.kind === 'integer' || field.kind === 'money') return faultOfNumber(field, value);
  if (field.kind === 'day') return isDay(value) ? undefined : 'not-a-day';
  if (field.kind === 'moment') return isDay(value.slice(0, 10)) ? undefined : 'not-a-day';
  if (field.kind === 'text' || field.kind === 'multiline') return faultOfText(field, value.trim());
  return undefined;
}

function faultOfNumber(field: Field, value: string): Fault | undefined {
  const money = field.kind === 'money';
  const amount = money ? toFen(value) : /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
  if (amount === undefined) return money ? 'not-money' : 'not-a-number';
  if (field.minimum !== undefined && amount < field.minimum) return 'too-small';
  if (field.maximum !== undefined && amount > field.maximum) return 'too-large';
  return undefined;
}

function faultOfText(field: Field, value: string): Fault | undefined {
  if (field.minLength !== undefined && value.length < field.minLength) return 'too-short';
  if (field.maxLength !== undefined && value.length > field.maxLength) return 'too-long';
  if (field.pattern !== undefined && !new RegExp(field.pattern, 'u').test(value)) return 'form';
  return undefined;
}

/** Whether the text is a day that exists. */
export function isDay(value: string): boolean {
  const at = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
