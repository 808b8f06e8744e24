/** Reads one cell of an import file. What cannot be read comes back as a fault in words that say what to write. */
import { instantAt, isDay, parseInstant } from '#domain/calendar/day.ts';
import { type Both, type Column, normaliseWord } from './column.ts';

export type CellValue = string | number | boolean | Date | null | readonly string[] | Readonly<Record<string, unknown>>;
export type CellFault = { readonly code: string; readonly message: Both };
export type ReadCell = { readonly value: CellValue } | { readonly fault: CellFault };

const YES = ['是', '有', 'y', 'yes', 'true', '1', '√'];
const NO = ['否', '无', '没有', 'n', 'no', 'false', '0', '×'];

/** `text` as the file has it; an empty cell is null, an empty list for words, a fault where a value is required. */
export function readCell(column: Column, raw: string): ReadCell {
  // trim() takes no-break and ideographic spaces too, which spreadsheets pad with; zero-width ones it leaves.
  const text = raw.replaceAll('\u200b', '').trim();
  if (text === '') {
    if (column.required) return fault('missing', '必填，不能为空', 'must not be empty');
    return { value: column.type === 'words' ? [] : null };
  }
  if (/\p{Cc}/u.test(text.replace(/[\r\n\t]/g, '')))
    return fault('bad-text', '含有不可见的控制字符，请删除后重新填写', 'holds control characters; type it again');
  return readFilled(column, text);
}

function readFilled(column: Column, text: string): ReadCell {
  switch (column.type) {
    case 'text': {
      const max = column.maxLength ?? 200;
      if (text.length <= max) return { value: text };
      return fault('too-long', `最多 ${max} 个字符`, `must have at most ${max} characters`);
    }
    case 'day':
      return readDay(text);
    case 'moment':
      return readMoment(text);
    case 'yes-no': {
      const word = normaliseWord(text);
      if (YES.includes(word)) return { value: true };
      return NO.includes(word) ? { value: false } : fault('not-yes-no', '请填“是”或“否”', 'must be yes or no');
    }
    case 'integer': {
      const number = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      if (number >= column.min && number <= column.max) return { value: number };
      const range = `${column.min}–${column.max}`;
      return fault('not-integer', `请填 ${range} 之间的整数`, `must be a whole number of ${range}`);
    }
    case 'money': {
      const [, yuan, cents = ''] = /^[¥￥]?(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(',', '')) ?? [];
      if (yuan === undefined)
        return fault('not-money', '请填以元为单位的金额，例如 12800.00', 'must be an amount in yuan, e.g. 12800.00');
      return { value: Number(yuan) * 100 + Number(cents.padEnd(2, '0')) };
    }
    case 'choice': {
      const word = normaliseWord(text);
      const found = column.choices.find((choice) =>
        [String(choice.value), choice.zh, choice.en, ...(choice.also ?? [])].some(
          (name) => normaliseWord(name) === word,
        ),
      );
      if (found) return { value: found.value };
      const zh = column.choices.map((choice) => choice.zh).join('、');
      const en = column.choices.map((choice) => choice.value).join(', ');
      return fault('not-a-choice', `只能填：${zh}`, `must be one of ${en}`);
    }
    case 'words': {
      const words = text.split(/[、;；|\n]/).map((word) => word.trim());
      const { each } = column;
      // Where words have a form their order and number mean something: the same one twice is two.
      const filled = words.filter((word) => word !== '');
      if (!each) return { value: [...new Set(filled)] };
      const wrong = filled.find((word) => !each.pattern.test(word));
      if (wrong === undefined) return { value: filled };
      return fault('bad-word', `“${wrong}”不合要求：${each.expected.zh}`, `"${wrong}" must be ${each.expected.en}`);
    }
    case 'phone': {
      const plain = text.normalize('NFKC').replace(/[\s()-]/g, '');
      if (/^\+?\d{5,15}$/.test(plain)) return { value: plain };
      return fault('bad-phone', '电话号码应为 5 到 15 位数字', 'must be a telephone number of 5 to 15 digits');
    }
    case 'object':
      return readObject(text);
  }
}

/** 2026-03-02, 2026/3/2, 2026.3.2, 2026年3月2日 or 20260302; the day must exist. */
function readDay(text: string): ReadCell {
  const parts = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(text.normalize('NFKC'));
  if (!parts) return fault('bad-day', '不是日期，请写作 2026-03-02', 'is not a day; write 2026-03-02');
  const [, year, m1, d1, m2, d2] = parts;
  const day = `${year}-${(m1 ?? m2 ?? '').padStart(2, '0')}-${(d1 ?? d2 ?? '').padStart(2, '0')}`;
  return isDay(day) ? { value: day } : fault('no-such-day', '这一天不存在', 'is a day that does not exist');
}

function readMoment(text: string): ReadCell {
  if (!text.includes('T')) {
    const day = readDay(text);
    return 'value' in day ? { value: instantAt(String(day.value), '00:00') } : day;
  }
  try {
    return { value: parseInstant(text) };
  } catch {
    return fault(
      'bad-moment',
      '请写存在的日期，或带时区偏移的时刻，例如 2026-03-02T10:00:00+08:00',
      'must be a day that exists, or a moment with its offset, e.g. 2026-03-02T10:00:00+08:00',
    );
  }
}

function readObject(text: string): ReadCell {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: value as Record<string, unknown> };
  } catch {
    // Told below like any other value that is no object.
  }
  return fault('not-an-object', '应为 JSON 对象，例如 {"保额":500000}', 'must be a JSON object, e.g. {"sum":500000}');
}

const fault = (code: string, zh: string, en: string): ReadCell => ({ fault: { code, message: { zh, en } } });
