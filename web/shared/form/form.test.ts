import { describe, expect, test } from 'vitest';
import { readFields } from './fields.ts';
import { placeProblems } from './problems.ts';
import { findFaults, initialValues, shownFields, toFen, toPayload } from './values.ts';

const schema = {
  type: 'object',
  required: ['hospital', 'reason', 'agree', 'when'],
  properties: {
    hospital: { type: 'string', title: '医院', 'x-ref': 'list:hospitals' },
    reason: {
      type: 'string',
      title: '原因',
      enum: ['late', 'other'],
      'x-labels': { late: { zh: '时间不合适', en: 'Bad time' }, other: { zh: '其他', en: 'Other' } },
    },
    note: { type: 'string', title: '说明', maxLength: 5, 'x-multiline': true, 'x-show-if': { reason: 'other' } },
    agree: { type: 'boolean', title: '同意' },
    when: { type: 'string', format: 'date-time', title: '时间' },
    price: { type: 'integer', 'x-money': true, title: '费用', minimum: 100 },
    days: { type: 'array', title: '日子', items: { type: 'string', format: 'date' }, maxItems: 2 },
    count: { type: 'integer', title: '次数', default: 2 },
    proof: { type: 'array', title: '资料', items: { type: 'string', 'x-ref': 'paper:pathology' } },
  },
};
const fields = readFields(schema, 'zh-CN');

describe('the form vocabulary', () => {
  test('every property becomes a field of its kind, in the order of the schema', () => {
    expect(fields.map((field) => [field.name, field.kind, field.many])).toEqual([
      ['hospital', 'reference', false],
      ['reason', 'choice', false],
      ['note', 'multiline', false],
      ['agree', 'boolean', false],
      ['when', 'moment', false],
      ['price', 'money', false],
      ['days', 'day', true],
      ['count', 'integer', false],
      ['proof', 'reference', true],
    ]);
    expect(fields[0]?.reference).toEqual({ to: 'list', list: 'hospitals' });
    expect(readFields(schema, 'en')[1]?.options[0]).toEqual({ value: 'late', label: 'Bad time' });
  });
  test('what lies outside the vocabulary is refused by name', () => {
    expect(() => readFields({ properties: { odd: { type: 'object' } } }, 'en')).toThrow('"odd"');
    expect(() => readFields({ properties: { odd: { type: 'string', 'x-ref': 'moon' } } }, 'en')).toThrow('"moon"');
  });
});

describe('values', () => {
  const filled = {
    hospital: 'h1',
    reason: 'late',
    note: 'abc',
    agree: true,
    when: '2026-11-24T09:30',
    price: '12.5',
    days: ['2026-11-24'],
    count: '2',
  };
  test('a field whose sibling has another value is neither shown nor sent', () => {
    expect(shownFields(fields, filled).map((field) => field.name)).not.toContain('note');
    expect(toPayload(fields, filled)).not.toHaveProperty('note');
    expect(toPayload(fields, { ...filled, reason: 'other' })).toHaveProperty('note', 'abc');
  });
  test('the payload has money in fen, moments with their offset and no empty values', () => {
    expect(toPayload(fields, { ...filled, days: [], count: '' })).toEqual({
      hospital: 'h1',
      reason: 'late',
      agree: true,
      when: '2026-11-24T09:30:00+08:00',
      price: 1250,
    });
  });
  test('a required yes/no that is not answered is a fault, and a no is an answer', () => {
    expect(findFaults(fields, { ...filled, agree: undefined })).toEqual({ agree: 'required' });
    expect(findFaults(fields, { ...filled, agree: false })).toEqual({});
    expect(toPayload(fields, { ...filled, agree: false })).toHaveProperty('agree', false);
  });
  test('what hangs on the no of a required yes/no is not asked before it is answered', () => {
    const hanging = readFields(
      {
        required: ['own'],
        properties: {
          own: { type: 'boolean', title: '本人' },
          who: { type: 'string', title: '谁', 'x-show-if': { own: false } },
        },
      },
      'zh-CN',
    );
    const names = (own: boolean | undefined) => shownFields(hanging, { own }).map((field) => field.name);
    expect([names(undefined), names(false), names(true)]).toEqual([['own'], ['own', 'who'], ['own']]);
  });
  test('initial values come from the schema', () => {
    expect(initialValues(fields)).toEqual({ count: '2' });
  });
  test('faults name what is missing, too long, no day, no amount or too much', () => {
    const faults = findFaults(fields, {
      reason: 'other',
      note: '一二三四五六',
      price: '0.5',
      days: ['2026-02-30'],
      count: '1.5',
    });
    expect(faults).toEqual({
      hospital: 'required',
      agree: 'required',
      note: 'too-long',
      when: 'required',
      price: 'too-small',
      days: 'not-a-day',
      count: 'not-a-number',
    });
    expect(findFaults(fields, { ...filled, days: ['2026-01-01', '2026-01-02', '2026-01-03'] })).toEqual({
      days: 'too-many',
    });
  });
  test('yuan as typed become fen, and what is no amount does not', () => {
    expect([toFen('1,200'), toFen('0.05'), toFen('3.456'), toFen('x')]).toEqual([120000, 5, undefined, undefined]);
  });
});

test('faults of the server stand beside their fields, and the others above the form', () => {
  const document = {
    type: 'x',
    title: 'invalid',
    status: 422,
    code: 'invalid',
    problems: [
      { pointer: '/form/hospital', message: '不在清单内' },
      { pointer: '/illness/code', message: '未知' },
    ],
  };
  expect(placeProblems(document, fields, '/form')).toEqual({ fields: { hospital: '不在清单内' }, rest: ['未知'] });
  expect(placeProblems({ ...document, problems: undefined, detail: '不行' } as never, fields).rest).toEqual(['不行']);
});
