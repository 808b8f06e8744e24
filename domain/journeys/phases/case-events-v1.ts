/** What staff, time and the world bring to a case in any state; shared by the charts, v1: released, never edited. */
import { choiceField, dayField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { def, MEMBER_SIDE, problem, reason, STAFF, t } from './kit-v1.ts';

export const caseEvents: Readonly<Record<string, EventDef>> = {
  takeCase: def({ label: t('由我跟进', 'Take this case'), by: ['case-manager'], schema: payload({}) }),
  closeNotPursued: def({
    label: t('多次联系未果，结束（不计使用）', 'Close: not pursued (not counted)'),
    told: t('多次联系未果，已结束，不计使用', 'Could not be reached; closed, not counted'),
    by: ['case-manager', 'supervisor'],
    schema: payload({}),
    weight: 'costly',
  }),
  logCall: def({
    label: t('记录通话', 'Log a call'),
    told: t('电话联系', 'Telephoned'),
    by: STAFF,
    schema: payload({
      outcome: choiceField({
        title: t('结果', 'Outcome'),
        group: 'messages',
        choices: ['reached', 'no-answer', 'refused-to-talk', 'wrong-number'],
        labels: {
          reached: t('接通，本人或申请人', 'reached'),
          'no-answer': t('未接', 'no answer'),
          'refused-to-talk': t('不便通话', 'could not talk'),
          'wrong-number': t('号码不对', 'wrong number'),
        },
      }),
      note: textField({ title: t('记录', 'Note'), group: 'internal', max: 500, multiline: true }).optional(),
    }),
  }),
  // Written inside the case, so that it stays with it; what leaves the house says only that there is a message.
  writeMember: def({
    label: t('给会员留言', 'Write to the member'),
    told: t('给您留言', 'A message for you'),
    by: ['case-manager', 'supervisor'],
    quiet: true,
    whileSuspended: true,
    schema: payload({
      text: textField({ title: t('留言', 'Message'), group: 'messages', max: 1000, multiline: true }),
    }),
  }),
  leaveMessage: def({
    label: t('给我们留言', 'Leave us a message'),
    told: t('给我们留言', 'Left us a message'),
    by: ['member', 'applicant'],
    quiet: true,
    schema: payload({
      text: textField({ title: t('留言', 'Message'), group: 'messages', max: 1000, multiline: true }),
    }),
  }),
  // Sent by itself when she, or who acts for her, has read what was written to her (contract 2.4).
  messageRead: def({
    label: t('会员已读留言', 'The member has read the message'),
    told: t('已读留言', 'Read the message'),
    by: ['system'],
    quiet: true,
    whileSuspended: true,
    schema: payload({}),
  }),
  addNote: def({
    label: t('内部备注', 'Internal note'),
    by: [...STAFF, 'operations'],
    quiet: true,
    whileSuspended: true,
    schema: payload({ note: textField({ title: t('备注', 'Note'), group: 'internal', max: 1000, multiline: true }) }),
  }),
  reassign: def({
    label: t('转给同事', 'Hand over to a colleague'),
    by: ['supervisor', 'case-manager'],
    quiet: true,
    schema: payload({
      to: referenceField({ title: t('转给', 'To'), group: 'internal', ref: 'staff:case-manager' }),
      reason,
      until: dayField({ title: t('到哪天为止', 'Until'), group: 'internal' }).optional(),
    }),
    check: (_, _context, facts) =>
      facts.refs.to ? [] : [problem('to', '请选一位在岗的病案经理', 'choose an active case manager')],
  }),
  askAnotherManager: def({
    label: t('想换一位病案经理', 'Ask for another case manager'),
    told: t('要求换一位病案经理', 'Asked for another case manager'),
    by: MEMBER_SIDE,
    schema: payload({ why: textField({ title: t('原因', 'Why'), group: 'internal', max: 300, multiline: true }) }),
  }),
  pursuitEnded: def({ label: t('联系期满', 'The time to pursue is over'), by: ['system'], schema: payload({}) }),
  consentWithdrawn: def({
    label: t('撤回了对服务商的授权', 'Consent was withdrawn'),
    by: ['system'],
    whileSuspended: true,
    schema: payload({}),
  }),
  policyEnded: def({
    label: t('保险合同效力终止', 'The policy ended'),
    by: ['system'],
    whileSuspended: true,
    schema: payload({}),
  }),
  stopImpostor: def({
    label: t('查明不是本人使用，立即停止', 'Not the person entitled: stop at once'),
    told: t('查明不是本人使用，服务已停止', 'Stopped: not used by the person entitled'),
    by: ['supervisor'],
    weight: 'costly',
    whileSuspended: true,
    schema: payload({
      found: textField({
        title: t('查明的事实和依据', 'What was found, and by what'),
        group: 'internal',
        max: 1000,
        multiline: true,
      }),
    }),
    warning: () =>
      t(
        '服务立即停止，资料不再共享，证据保留，公司保留追偿的权利',
        'The service stops and sharing ends at once; the evidence is kept and recovery is reserved',
      ),
  }),
  personDied: def({
    label: t('已登记身故', 'A death was recorded'),
    by: ['system'],
    whileSuspended: true,
    schema: payload({}),
  }),
};
