/** Who acts for whom, as what, and what each may do: docs/decisions/0016-who-acts-for-whom.md in words for the member. */
import type { Text } from '../plan/schema.ts';

export const TIES = ['guardian', 'delegate', 'policyholder', 'insured'] as const;
export type Tie = (typeof TIES)[number];
type Words = { readonly as: Text; readonly may: readonly Text[]; readonly mayNot: readonly Text[] };

const t = (zh: string, en: string): Text => ({ zh, en });
const SEE = t('看本人的服务单、资料和剩余次数', "see the person's cases, papers and uses left");
const CONSENT = t('替本人同意把资料交给别人，或替本人签名', "agree to sharing in the person's place, or sign");
const HAND_IN_ONLY: Omit<Words, 'as'> = {
  may: [t('替本人提交申请，等本人同意后才开始', 'hand in a request; it starts only when the person has agreed')],
  mayNot: [SEE, t('替本人同意申请', 'agree to the request in her or his place'), CONSENT],
};

/** What somebody may do and not by a tie; the longer a list, the more it matters to read it. */
export const TIE_WORDS: Readonly<Record<Tie, Words>> = {
  guardian: {
    as: t('监护人', 'guardian'),
    may: [
      t(
        '办理本人的全部手续，包括同意和签名',
        'everything that is the person’s to do, consents and signatures included',
      ),
      SEE,
    ],
    mayNot: [
      t(
        '没有交监护关系证明和身份证明时办理；交过并核实的，下次不用再交',
        'act without proof of guardianship and status; what was verified once counts the next time',
      ),
    ],
  },
  delegate: {
    as: t('代办人', 'delegate'),
    may: [
      t('在授权的事项里申请、跟进、接受或取消预约、评价', 'apply, follow, accept, cancel and rate in the matter named'),
      SEE,
    ],
    mayNot: [t('替本人同意别人提交的申请', 'agree to what others hand in for the person'), CONSENT],
  },
  policyholder: { as: t('投保人', 'policyholder'), ...HAND_IN_ONLY },
  insured: { as: t('同一保单的被保险人', 'insured under the same policy'), ...HAND_IN_ONLY },
};

/** By which tie a person may act for another of the same policy: a guardian where she cannot act herself, else by her own role. */
export const tieOnPolicy = (own: 'policyholder' | 'insured', other: { capableAdult: boolean }): Tie =>
  other.capableAdult ? own : 'guardian';
