import { expect, test } from 'vitest';
import { renderMessage } from './render.ts';
import { SHORT_LENGTH, shortOutside } from './short.ts';
import { TEMPLATE_CODES } from './templates.ts';

test('every outside text fits into one field of a WeChat message, and a moment to answer by stands there whole', () => {
  const words = { insurer: '示例保险', hotline: '400-000-0000', answerBy: new Date('2026-11-18T10:00:00+08:00') };
  const outside = TEMPLATE_CODES.flatMap((code) => renderMessage(code, 'zh', words).outside ?? []);
  const short = outside.map(shortOutside);
  expect(short.filter((text) => [...text].length > SHORT_LENGTH || text === '' || /[【】]/.test(text))).toEqual([]);
  expect(new Set(short)).toContain('请在11月18日10:00前答复');
  expect(shortOutside('【示例保险】您有一条新消息。请登录查看。')).toBe('您有一条新消息');
  expect(shortOutside(`【示例保险】${'长'.repeat(30)}。`)).toBe(`${'长'.repeat(19)}…`);
});
