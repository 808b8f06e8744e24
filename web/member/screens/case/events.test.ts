import { expect, test } from 'vitest';
import type { AllowedEvent } from '../../../shared/types.ts';
import { confirmWords, inOrder, isHandIn } from './events.ts';

const event = (part: Partial<AllowedEvent>): AllowedEvent => ({
  type: 't',
  label: '取消预约',
  schema: {},
  weight: 'normal',
  ...part,
});

test('the last button before a cost names the cost', () => {
  expect(confirmWords(event({ weight: 'costly', warning: '预约成功后取消，计为已使用 1 次。' }))).toBe(
    '取消预约：预约成功后取消，计为已使用 1 次',
  );
  expect(confirmWords(event({ weight: 'normal', warning: '说明' }))).toBe('取消预约');
});

test('what costs a right stands last', () => {
  const order = inOrder([
    event({ type: 'a', weight: 'costly' }),
    event({ type: 'b' }),
    event({ type: 'c', weight: 'primary' }),
  ]);
  expect(order.map((one) => one.type)).toEqual(['c', 'b', 'a']);
});

test('an event that carries one paper is done in the list of papers', () => {
  expect(isHandIn(event({ schema: { properties: { paper: { type: 'string', 'x-ref': 'paper:any' } } } }))).toBe(true);
  expect(isHandIn(event({ schema: { properties: { why: { type: 'string' } } } }))).toBe(false);
});
