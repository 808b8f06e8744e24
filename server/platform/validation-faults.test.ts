import { expect, test } from 'vitest';
import { faultsOf } from './validation-faults.ts';

test('every unknown field is named by a pointer that points at it, at the top as well as inside', () => {
  const issues = [
    { instancePath: '/', keyword: 'unrecognized_keys', params: { keys: ['foo', 'bar'] } },
    { instancePath: '/illness', keyword: 'unrecognized_keys', params: { keys: ['kind'] } },
  ];
  const faults = faultsOf(issues, { foo: 1, bar: 2, illness: { kind: 'x' } }, '', 'zh');
  expect(faults.map(({ pointer }) => pointer)).toEqual(['/foo', '/bar', '/illness/kind']);
  expect(faultsOf(issues.slice(0, 1), {}, 'query:', 'en')[0]?.pointer).toBe('query:/foo');
});

test('a fault is said in the language of the caller: what is missing, and what has another type', () => {
  const issues = [
    { instancePath: '/service', keyword: 'invalid_type', message: 'Invalid input: …', params: { expected: 'string' } },
  ];
  expect(faultsOf(issues, {}, '', 'zh')).toEqual([{ pointer: '/service', detail: '缺少这一项' }]);
  expect(faultsOf(issues, { service: 7 }, '', 'zh')).toEqual([{ pointer: '/service', detail: '应为文本' }]);
  expect(faultsOf(issues, {}, '', 'en')).toEqual([{ pointer: '/service', detail: 'is missing' }]);
});
