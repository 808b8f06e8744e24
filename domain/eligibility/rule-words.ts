/** The rules by a short name, for those who work with them; what a member reads is the reason's own sentence. */
import type { RuleName } from './reasons.ts';
import type { Lang } from './words.ts';

const NAMES: Readonly<Record<RuleName, readonly [zh: string, en: string]>> = {
  'edition-not-in-force': ['计划当时没有生效的版本', 'no edition of the plan in force'],
  'service-not-in-plan': ['计划没有这项服务', 'the plan has no such service'],
  'role-not-entitled': ['不是这项服务的服务对象', 'not a person this service is for'],
  'applicant-not-entitled': ['申请人不能代为申请', 'the applicant may not ask'],
  'guardian-needed': ['需要监护人申请', 'a guardian is needed'],
  'channel-not-offered': ['这个渠道不受理', 'not offered on this channel'],
  'policy-not-in-force': ['保单当时无效', 'the policy is not in force'],
  'entitlement-ended': ['合同中止或终止过', 'the contract was suspended or ended'],
  'in-cooling-off': ['犹豫期内', 'within the cooling-off period'],
  'in-waiting-period': ['等待期内', 'within the waiting period'],
  'no-diagnosis': ['没有确诊', 'no diagnosis'],
  'wrong-illness': ['不是这项服务要求的疾病', 'not an illness this service is for'],
  'ill-in-waiting-period': ['等待期内确诊', 'diagnosed within the waiting period'],
  'diagnosed-outside-policy': ['确诊不在合同有效期内', 'diagnosed outside the policy'],
  'onset-too-early': ['症状早于等待期结束', 'first signs before the waiting period ended'],
  'not-first-diagnosis': ['不是初次确诊', 'not a first diagnosis'],
  'pre-existing': ['投保前已有', 'existed before the policy'],
  'hospital-not-qualified': ['医院不符合要求', 'the hospital does not qualify'],
  'not-mainland-citizen': ['不是中国大陆公民', 'not a mainland citizen'],
  'held-by-open-case': ['次数正被另一份申请占用', 'held by an open case'],
  'used-up': ['次数已用完', 'used up'],
  'already-open': ['已经开通', 'already open'],
  'not-opened': ['还没有开通', 'not opened'],
  lapsed: ['开通的有效期已过', 'its own year is over'],
};

/** A code that no rule has is given back as it is. */
export const nameOfRule = (rule: string, lang: Lang): string =>
  NAMES[rule as RuleName]?.[lang === 'zh' ? 0 : 1] ?? rule;
