import { expect, test } from 'vitest';
import { renderMessage } from './render.ts';
import { PLACEHOLDERS } from './template.ts';
import { findTemplate, TEMPLATE_CODES } from './templates.ts';

test.each(TEMPLATE_CODES)(
  'the message %s speaks both languages with known words, and outside it names nothing',
  (code) => {
    const template = findTemplate(code)!;
    const outside = template.outside ?? { zh: '', en: '' };
    for (const text of [template.subject, template.body, outside]) {
      const words = (lang: 'zh' | 'en') => [...text[lang].matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted();
      expect(words('zh')).toEqual(words('en'));
      for (const word of words('zh')) expect(PLACEHOLDERS).toContain(word);
      expect(text.zh + text.en).not.toMatch(/[!！]/);
    }
    const named = [
      'service',
      'hospital',
      'department',
      'expert',
      'papers',
      'paper',
      'reason',
      'person',
      'provider',
      'promise',
      'matter',
    ];
    for (const word of named) expect(outside.zh).not.toContain(`{${word}}`);
    expect(outside.zh + outside.en).not.toMatch(/就诊|医院|门诊|住院|药|病|肿瘤|visit|hospital|drug|illness|doctor/i);
  },
);

test('a word that is not known yet is told as such, never as braces', () => {
  const message = renderMessage('request-received', 'zh', { person: '李娜', service: '重疾门诊绿通', number: 'YL-1' });
  expect(message.body).toContain('李娜的“重疾门诊绿通”申请已收到，编号 YL-1');
  expect(message.body).not.toMatch(/[{}]/);
  expect(() => renderMessage('no-such', 'zh', {})).toThrow('no-such');
});
