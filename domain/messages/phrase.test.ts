import { expect, test } from 'vitest';
import { fillPhrase, phraseFault } from './phrase.ts';

test('a phrase leaves open the number, the service and the next step, and nothing else', () => {
  expect(phraseFault('您的 {service}（{number}）：{next}。')).toBeUndefined();
  for (const text of ['{person} 您好', '您的 {number', '单号 number}', '{}', '{next step}'])
    expect([text, phraseFault(text)?.en]).toEqual([text, 'only {number}, {service}, {next} may stand in braces']);
});

test('a telephone, document or case number is not kept in a phrase; times and counts may be', () => {
  for (const text of ['请打 13800000001', '证件 110101 19800101 0012', '单号 MZ-261118-0001', '400-666-0123'])
    expect([text, phraseFault(text)?.zh]).toEqual([text, expect.stringContaining('不放任何人的信息')]);
  for (const text of ['请在 18:00 前补齐 2 份资料', '5 个工作日内答复']) expect(phraseFault(text)).toBeUndefined();
});

test('filling puts the words of the case where they are left open, as often as they stand', () => {
  const words = { number: 'MZ-1', service: '重疾门诊绿通', next: '会员补齐资料' };
  expect(fillPhrase('{number} {service}：{next}（{number}）', words)).toBe('MZ-1 重疾门诊绿通：会员补齐资料（MZ-1）');
});
