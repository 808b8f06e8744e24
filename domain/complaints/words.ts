/** A complaint's codes in words, for its screens. */
import type { Text } from '../plan/schema.ts';
import type { AnswerNorm } from './clocks.ts';
import type {
  ComplaintChannel,
  ComplaintEventType,
  ComplaintKind,
  ComplaintOutcome,
  ComplaintRelation,
  ComplaintState,
} from './rules.ts';

const t = (zh: string, en: string): Text => ({ zh, en });

export const KIND_WORDS: Readonly<Record<ComplaintKind, Text>> = {
  case: t('一次申请的办理', 'How a request was handled'),
  decision: t('不同意一项决定（申诉）', 'A decision (appeal)'),
  service: t('一项服务', 'A service'),
  conduct: t('服务人员或服务商的态度和做法', 'How staff or a provider behaved'),
  waiting: t('等得太久', 'Waiting too long'),
  data: t('个人信息保护', 'Protection of personal data'),
  other: t('其他', 'Something else'),
};
export const STATE_WORDS: Readonly<Record<ComplaintState, Text>> = {
  received: t('已收到', 'received'),
  acknowledged: t('已受理', 'acknowledged'),
  'looked-into': t('核实中', 'being looked into'),
  asked: t('等您补充', 'waiting for your answer'),
  answered: t('已答复', 'answered'),
  withdrawn: t('已撤回', 'withdrawn'),
};
/** The same from the desk's seat. */
export const DESK_STATE_WORDS: Readonly<Record<ComplaintState, Text>> = {
  ...STATE_WORDS,
  asked: t('等投诉人补充', 'waiting for the complainant'),
};
/** On an appeal the decision stands or falls; elsewhere what we did. */
export const OUTCOME_WORDS: Readonly<Record<ComplaintOutcome, Text>> = {
  upheld: t('维持原处理', 'upheld'),
  overturned: t('投诉成立，已改正', 'overturned: you were right'),
  partly: t('部分成立', 'partly right'),
  settled: t('已协商一致', 'settled with you'),
};
export const APPEAL_OUTCOME_WORDS: Readonly<Record<ComplaintOutcome, Text>> = {
  ...OUTCOME_WORDS,
  upheld: t('维持原决定', 'decision upheld'),
  overturned: t('已改变原决定', 'decision overturned'),
};
export const EVENT_WORDS: Readonly<Record<ComplaintEventType, Text>> = {
  filed: t('提出', 'Filed'),
  taken: t('受理', 'Acknowledged'),
  assigned: t('交给处理人', 'Given to a handler'),
  asked: t('请补充说明', 'Asked a question'),
  replied: t('补充说明', 'Answered the question'),
  added: t('补充内容', 'Added to it'),
  noted: t('内部记录', 'Internal note'),
  stated: t('有关人员说明', 'Statement of those concerned'),
  extended: t('情况复杂，延长期限', 'Complex: more time'),
  'extension-asked': t('提请再延长', 'Asked for more time still'),
  'extended-again': t('经批准再延长', 'More time, by approval'),
  breached: t('超过答复期限', 'The time for the answer has passed'),
  answered: t('答复', 'Answered'),
  told: t('已告知', 'Told'),
  withdrawn: t('撤回', 'Withdrawn'),
  'review-asked': t('申请核查', 'Asked for a review'),
};
export const RELATION_WORDS: Readonly<Record<ComplaintRelation, Text>> = {
  self: t('本人', 'herself'),
  agent: t('受托人', 'her agent'),
  guardian: t('监护人', 'her guardian'),
  heir: t('继承人', 'an heir'),
};
export const CHANNEL_WORDS: Readonly<Record<ComplaintChannel, Text>> = {
  portal: t('线上', 'portal'),
  hotline: t('热线', 'hotline'),
  letter: t('来信', 'letter'),
};
/** What its clock is called. */
export const CLOCK_WORDS: Readonly<Record<AnswerNorm, Text>> = {
  'complaint-answer': t('答复投诉（15日）', 'Answer to the complaint (15 days)'),
  'complaint-answer-complex': t('答复投诉（情况复杂，30日）', 'Answer to the complaint (complex, 30 days)'),
  'complaint-extension': t('答复投诉（经批准延长，60日）', 'Answer to the complaint (extended by approval, 60 days)'),
  'complaint-review': t('核查结果（30日）', 'Outcome of the review (30 days)'),
};
