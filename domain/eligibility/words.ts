/** Small words that sentences about reasons share, in both languages. */
import type { Day } from '#domain/calendar/day.ts';
import type { Channel, IllnessKind, PersonRole, Relation } from '#domain/plan/schema.ts';

export type Lang = 'zh' | 'en';
type Words<K extends string> = Readonly<Record<Lang, Readonly<Record<K, string>>>>;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 2025年8月29日, or 29 Aug 2025. */
export function dayInWords(day: Day, lang: Lang): string {
  const [year, month = 0, date] = day.split('-').map(Number);
  return lang === 'zh' ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`;
}

export const KIND_WORDS: Words<IllnessKind> = {
  zh: { 'critical-illness': '重大疾病', 'malignant-tumour': '恶性肿瘤', lymphoma: '淋巴瘤', other: '其他疾病' },
  en: {
    'critical-illness': 'a critical illness',
    'malignant-tumour': 'a malignant tumour',
    lymphoma: 'a lymphoma',
    other: 'another illness',
  },
};

export const ROLE_WORDS: Words<PersonRole> = {
  zh: { policyholder: '投保人', insured: '被保险人' },
  en: { policyholder: 'the policyholder', insured: 'the insured' },
};

export const RELATION_WORDS: Words<Relation> = {
  zh: {
    self: '本人',
    policyholder: '投保人',
    insured: '被保险人',
    beneficiary: '受益人',
    guardian: '监护人',
    agent: '受托代理人',
    other: '其他人',
  },
  en: {
    self: 'the person themselves',
    policyholder: 'the policyholder',
    insured: 'the insured',
    beneficiary: 'a beneficiary',
    guardian: 'a guardian',
    agent: 'an authorised agent',
    other: 'somebody else',
  },
};

export const CHANNEL_WORDS: Words<Channel> = {
  zh: { portal: '线上', hotline: '服务热线' },
  en: { portal: 'online', hotline: 'by the hotline' },
};

/** 甲、乙或丙; a, b or c. */
export function oneOf(words: readonly string[], lang: Lang): string {
  const last = words.at(-1) ?? '';
  if (words.length < 2) return last;
  const [comma, or] = lang === 'zh' ? ['、', '或'] : [', ', ' or '];
  return `${words.slice(0, -1).join(comma)}${or}${last}`;
}
