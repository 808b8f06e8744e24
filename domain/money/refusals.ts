/** Why an act on an approval or a dispensing is refused, in words that say what to do. */
import type { Text } from '../plan/schema.ts';

const t = (zh: string, en: string): Text => ({ zh, en });

export const REFUSALS = {
  'no-settlement': t('这项服务没有直赔', 'This service is not settled directly'),
  'valid-until-past': t('有效期已经过去，请写今天或以后的日期', 'That day is past: give today or a later one'),
  'valid-until-earlier': t('新的有效期早于原来的', 'That is earlier than it was valid before'),
  'approval-over': t(
    '这份审批已经用完、过期或收回，请联系特药咨询医师',
    'This approval is used up, expired or taken back: ask the drug consultant',
  ),
  'approval-expired': t(
    '审批已过期，不能发药：请会员在服务单里交新处方，审核通过后再取；药已在有效期内发出的，请把签收单交特药咨询医师核实',
    'The approval has ended, so nothing is handed over: the member hands in a new prescription in her case and collects once it is reviewed; for what was handed over in time, give the signed receipt to the drug consultant',
  ),
  'before-approval': t('取药日早于审批日，请核对日期', 'The day is before the approval: compare the dates'),
  'in-the-future': t('日期还没有到，请核对', 'That day has not come yet'),
  'over-quantity': t('盒数超过审批还剩的数量', 'More packs than the approval leaves'),
  'no-boxes': t('请至少扫一盒药', 'Scan at least one pack'),
  'bad-trace-code': t('追溯码应为 7 到 40 位数字或字母', 'A trace code has 7 to 40 digits or letters'),
  'trace-code-twice': t('同一追溯码扫了两次，请核对每一盒', 'The same trace code was scanned twice: check each pack'),
  'trace-code-used': t(
    '这个追溯码已经发过药，不能再用；已提交专人核查',
    'This trace code was dispensed before and cannot be used again; a person looks into it',
  ),
  'pack-expired': t('药品已过有效期，不能发', 'The pack is past its expiry'),
  'pharmacy-not-agreed': t(
    '不是事先约定的药店，不能直赔；请联系特药咨询医师',
    'Not the pharmacy that was agreed: it cannot be settled directly; ask the drug consultant',
  ),
  'elsewhere-too-much': t('已付金额超过药价，请核对', 'More than the price was paid already: compare the amounts'),
  'amount-wrong': t('金额应为不小于 0 的整数（分），且不超过一亿元', 'Amounts are whole 分 from 0 to 100 million yuan'),
  'already-signed': t('这次取药已经签收', 'It is signed for already'),
  'before-dispensing': t('日期早于取药日', 'The day is before the dispensing'),
  'more-than-due': t('金额超过会员应付的余额', 'More than is owed'),
  'nothing-to-refund': t('金额超过应退的余额', 'More than is to be given back'),
  'pack-not-there': t('这一盒不在这次取药中，或已经退回', 'The pack is not of this dispensing, or came back already'),
} as const satisfies Record<string, Text>;
export type RefusalCode = keyof typeof REFUSALS;

/** `field` names what to mend, as a JSON pointer into the act's input. */
export type Refusal = { readonly code: RefusalCode; readonly text: Text; readonly field?: string };
export type Refused = { readonly refused: readonly Refusal[] };

export const refusal = (code: RefusalCode, field?: string): Refusal => ({
  code,
  text: REFUSALS[code],
  ...(field === undefined ? {} : { field }),
});
export const refuse = (...codes: readonly (RefusalCode | Refusal)[]): Refused => ({
  refused: codes.map((one) => (typeof one === 'string' ? refusal(one) : one)),
});
