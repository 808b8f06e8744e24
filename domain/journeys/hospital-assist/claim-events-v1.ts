/** The events of an online claim, v1: filled in, checked for completeness, handed to the claims system, answered [2.7.1, 2.7.3]. */

import { dayOf } from '../../calendar/day.ts';
import { choiceField, dayField, manyOf, moneyField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { defOf, isPhone, MEMBER_SIDE, problem, t } from '../phases/kit-v1.ts';
import type { Claim, Context } from './context-v1.ts';

const def = defOf<Context>();
/** 一亿元: more is a slip of the finger. */
const MOST = 10_000_000_000;

export const claimEvents: Readonly<Record<string, EventDef>> = {
  fillClaim: def({
    label: t('填写理赔信息', 'Fill in the claim'),
    told: t('填写了理赔信息', 'Filled in the claim'),
    by: MEMBER_SIDE,
    weight: ({ claim }) => (claim ? 'normal' : 'primary'),
    schema: payload({
      what: choiceField({
        title: t('为什么费用', 'What for'),
        group: 'settlement',
        choices: ['outpatient', 'inpatient', 'examination', 'other'],
        labels: {
          outpatient: t('门诊', 'Outpatient'),
          inpatient: t('住院', 'Inpatient'),
          examination: t('检查', 'Examinations'),
          other: t('其他', 'Other'),
        },
      }),
      visitedOn: dayField({ title: t('就诊或出院日期', 'Day of the visit or discharge'), group: 'settlement' }),
      amount: moneyField({
        title: t('发票合计', 'Sum of the invoices'),
        help: t('所有发票相加', 'all invoices together'),
        group: 'settlement',
        max: MOST,
      }),
      holder: textField({ title: t('收款人姓名', 'Name on the account'), group: 'settlement', max: 40 }),
      bank: textField({ title: t('开户银行', 'Bank'), group: 'settlement', max: 60 }),
      account: textField({
        title: t('银行账号', 'Account number'),
        help: t('只用于付款，加密保存', 'used for the payment only, kept sealed'),
        group: 'settlement',
        max: 30,
        secret: true,
      }),
    }),
    check: (p: Claim, _context, { now }) => [
      ...(p.visitedOn > dayOf(now) ? [problem('visitedOn', '不能晚于今天', 'cannot be later than today')] : []),
      ...(p.amount > 0 ? [] : [problem('amount', '要大于 0', 'must be more than 0')]),
      // Cards have 16 to 19 digits, older bankbooks as few as 8.
      ...(/^[\d\s-]+$/.test(p.account) && isPhone(p.account) && p.account.replace(/\D/g, '').length >= 8
        ? []
        : [problem('account', '请填写 8 位以上的银行账号', 'an account number of at least 8 digits')]),
    ],
  }),
  submitClaim: def({
    label: t('提交理赔', 'Submit the claim'),
    told: t('提交了理赔', 'Submitted the claim'),
    by: MEMBER_SIDE,
    weight: ({ claim }, { missingPapers }) => (claim && missingPapers.length === 0 ? 'primary' : 'normal'),
    schema: payload({}),
    check: (_, { claim }, { missingPapers }) => [
      ...(claim ? [] : [problem('', '请先填写理赔信息', 'fill in the claim first')]),
      ...(missingPapers.length === 0
        ? []
        : [problem('', '还缺资料，见资料清单', 'papers are still missing: see the list of papers')]),
    ],
  }),
  acceptClaim: def({
    label: t('资料齐全，可以递交', 'Complete: ready to hand over'),
    told: t('资料齐全，准备递交理赔', 'Complete; to be handed to claims'),
    by: ['case-manager'],
    weight: 'primary',
    schema: payload({}),
    check: (_, _context, { missingPapers }) =>
      missingPapers.length === 0
        ? []
        : [
            problem(
              '',
              '还有缺的或不通过的资料，请一次列给会员',
              'papers are missing or rejected: list them to the member at once',
            ),
          ],
  }),
  askClaimPapers: def({
    label: t('请会员补资料', 'Ask for papers'),
    told: t('请您补资料', 'Papers were asked for'),
    by: ['case-manager'],
    schema: payload({
      kinds: manyOf(referenceField({ title: t('资料种类', 'Kind of paper'), group: 'papers', ref: 'paper:kind' }), {
        title: t('资料种类', 'Kinds of paper'),
        group: 'papers',
        min: 1,
        max: 10,
      }),
      note: textField({
        title: t('说明', 'In words'),
        help: t('会告诉会员', 'told to the member'),
        group: 'papers',
        max: 500,
        multiline: true,
      }),
    }),
  }),
  handOverClaim: def({
    label: t('登记已递交理赔系统', 'Record: handed to the claims system'),
    told: t('已递交理赔系统', 'Handed to the claims system'),
    by: ['case-manager', 'system'],
    weight: 'primary',
    schema: payload({
      reference: textField({ title: t('理赔编号', 'Claim number'), group: 'settlement', max: 60 }),
    }),
  }),
  recordAnswer: def({
    label: t('登记理赔答复', "Record the claims system's answer"),
    told: t('理赔有了答复', 'The claim was answered'),
    by: ['case-manager', 'system'],
    weight: 'primary',
    schema: payload({
      outcome: choiceField({
        title: t('答复', 'Answer'),
        group: 'settlement',
        choices: ['paid', 'refused', 'more'],
        labels: { paid: t('赔付', 'paid'), refused: t('不赔', 'refused'), more: t('要补资料', 'asks for more') },
      }),
      amount: moneyField({
        title: t('赔付金额', 'Amount paid'),
        group: 'settlement',
        max: MOST,
        showIf: { outcome: 'paid' },
      }).optional(),
      reason: textField({
        title: t('说明', 'In words'),
        help: t('理赔系统给的理由或要求，会告诉会员', "the claims system's reason or wish, told to the member"),
        group: 'settlement',
        max: 500,
        multiline: true,
      }),
    }),
    check: (p: { outcome: string; amount?: number }) =>
      p.outcome === 'paid' && !p.amount ? [problem('amount', '请填写赔付金额', 'how much was paid')] : [],
  }),
};
