/** The figures of a settlement in words, for the plan read by clause and for the member. */
import { type Fen, percent, yuan } from '../money/fen.ts';
import type { SocialInsurance } from '../money/terms.ts';
import type { Service, Text } from '../plan/schema.ts';

type Lang = keyof Text;
type Rule = NonNullable<Service['settlement']>;
export type SettlementRow = { zh: string; en: string; value: string; clause: string };

const RATIO_LABELS: Readonly<Record<SocialInsurance, Text>> = {
  used: { zh: '赔付比例：已用医保结算', en: 'Pays, settled through social insurance' },
  'not-used': { zh: '赔付比例：有医保但没有用', en: 'Pays, insured socially but not settled through it' },
  none: { zh: '赔付比例：没有医保', en: 'Pays, without social insurance' },
};

/** One row a figure, sample figures with the plan's own label beside them. */
export function settlementRows(rule: Rule, sampleLabel: Text | undefined, lang: Lang): SettlementRow[] {
  const mark = rule.sample && sampleLabel ? (lang === 'zh' ? `（${sampleLabel.zh}）` : ` (${sampleLabel.en})`) : '';
  const limit = (amount: Fen | null) =>
    `${amount === null ? (lang === 'zh' ? '没有限额' : 'no limit') : yuan(amount)}${mark}`;
  const row = (zh: string, en: string, value: string, clause = rule.clause): SettlementRow => ({
    zh,
    en,
    value,
    clause,
  });
  return [
    row('每个保单年度的免赔额', 'Deductible of a policy year', limit(rule.deductible)),
    ...Object.entries(RATIO_LABELS).map(([use, label]) =>
      row(label.zh, label.en, `${percent(rule.ratios[use as SocialInsurance])}${mark}`),
    ),
    row('年度限额', 'Limit of a policy year', limit(rule.annualLimit)),
    row('终身限额', 'Limit of a lifetime', limit(rule.lifetimeLimit)),
    row(
      '高于协议价的部分',
      'Above the agreed price',
      rule.aboveAgreed === 'pharmacy'
        ? lang === 'zh'
          ? '药店承担'
          : 'the pharmacy bears it'
        : lang === 'zh'
          ? '会员承担'
          : 'the member bears it',
    ),
    row(
      '冷链保价运输',
      'Insured cold-chain carriage',
      lang === 'zh' ? '会员自付' : "the member's cost",
      rule.coldChain.clause,
    ),
  ];
}
