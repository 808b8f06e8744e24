import { describe, expect, test } from 'vitest';
import { printMoment } from './moments.ts';
import { mayLeaveFrom } from './quiet-hours.ts';
import { type MessageWords, placeholdersOf, renderMessage } from './render.ts';
import { PLACEHOLDERS, type Placeholder } from './template.ts';
import { TEMPLATE_CODES } from './templates.ts';

const visit = new Date('2026-11-25T09:30:00+08:00');
/** A word of each kind for every placeholder, told apart by its name. */
const words = Object.fromEntries(
  PLACEHOLDERS.map((name): [Placeholder, MessageWords[Placeholder]] => {
    if (name === 'visitAt' || name === 'answerBy') return [name, visit];
    if (name === 'closesOn') return [name, { day: '2026-12-02' }];
    if (name === 'service') return [name, { zh: '〈service〉', en: '<service>' }];
    return [name, `<${name}>`];
  }),
) as MessageWords;

describe.each(['zh', 'en'] as const)('in %s', (lang) => {
  test.each(TEMPLATE_CODES)('%s is told with all its words', (code) => {
    const { subject, body, outside } = renderMessage(code, lang, words);
    for (const text of [subject, body, ...(outside === null ? [] : [outside])]) {
      expect(text).not.toMatch(/[{}]|undefined|待定|to be told/);
      expect(text.length).toBeGreaterThan(3);
    }
    const all = subject + body + outside;
    for (const name of placeholdersOf(code)) {
      const word = words[name];
      if (typeof word === 'string') expect(all).toContain(word);
    }
  });
});

test('a word that begins an English sentence begins with a capital', () => {
  const { body } = renderMessage('offer-lapsed', 'en', { ...words, next: 'the provider looks for another slot' });
  expect(body).toMatch(/No use is lost\. The provider looks for another slot\.$/);
});

test('a moment is printed in Shanghai time with its weekday, in both languages', () => {
  expect(printMoment(visit, 'zh')).toBe('2026年11月25日（周三）09:30');
  expect(printMoment(visit, 'en')).toBe('Wednesday 25 Nov 2026, 09:30');
  expect(renderMessage('papers-reminder', 'zh', words).body).toContain('2026年12月2日（周三）');
});

test('nothing that is not urgent leaves between 21:00 and 8:00 Shanghai time', () => {
  const at = (time: string) => new Date(`2026-11-18T${time}+08:00`);
  expect(mayLeaveFrom(at('08:00:00'), false)).toBeNull();
  expect(mayLeaveFrom(at('20:59:59'), false)).toBeNull();
  expect(mayLeaveFrom(at('07:59:59'), false)).toEqual(at('08:00:00'));
  expect(mayLeaveFrom(at('21:00:00'), false)).toEqual(new Date('2026-11-19T08:00:00+08:00'));
  expect(mayLeaveFrom(at('23:59:59'), true)).toBeNull();
});
