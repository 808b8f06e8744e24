import { OUTSIDE, template } from './template.ts';

/** Messages of the named case manager, the admission certificate and the stay in hospital. */
export const ADMISSION_TEMPLATES = {
  'manager-named': template(
    ['{manager}负责您的申请', '{number} 由{manager}从头到尾负责，会尽快给您打电话。想换一位，请在申请页面提出。'],
    [
      '{manager} looks after your request',
      '{manager} looks after {number} from beginning to end and will call you soon. To have somebody else, ask on the page of your request.',
    ],
    OUTSIDE.news,
  ),
  'manager-needed': template(
    ['新申请，请致电会员', '{number} 由您负责，请在{due}前打通申请人电话。'],
    ['A new request: call the member', '{number} is yours. Reach the applicant by telephone by {due}.'],
    OUTSIDE.staff,
  ),
  'manager-change-asked': template(
    ['会员想换病案经理', '{number} 的会员要求换一位病案经理，请决定是否转给别人并说明理由。'],
    [
      'A member asks for another case manager',
      'The member of {number} asks for another case manager. Hand it over with a reason, or call her.',
    ],
    OUTSIDE.staff,
  ),
  'certificate-issued': template(
    ['住院凭证办好了', '{person}的住院凭证已经办好，接下来安排床位：{next}。'],
    ['The admission certificate is there', 'The admission certificate for {person} has been obtained. Next: {next}.'],
    OUTSIDE.news,
  ),
  'certificate-withdrawn': template(
    ['住院凭证要重新办理', '原来的住院凭证不再有效，我们正在重新办理，不占用次数。接下来：{next}。'],
    [
      'The admission certificate has to be obtained again',
      'The certificate no longer holds; we are obtaining another. No use is lost. Next: {next}.',
    ],
    OUTSIDE.schedule,
  ),
  'admission-booked': template(
    [
      '住院已约好',
      '{visitAt}入院，{hospital}{department}，{expert}。陪诊：{escort}，在{meetingPlace}等您。入院前怎么准备，请在申请页面查看。从现在起取消或变更计为已使用 1 次（手册{printed}）。',
    ],
    [
      'Your admission is booked',
      'Admission {visitAt}, {hospital}, {department}, {expert}. Your escort: {escort}, waiting at {meetingPlace}. How to prepare stands on the page of your request. From now on cancelling or changing counts as one use (handbook {printed}).',
    ],
    OUTSIDE.news,
  ),
  'admission-near': template(
    [
      '入院提醒',
      '{visitAt}入院，{hospital}{department}。陪诊：{escort}，在{meetingPlace}等您。请再看一遍入院前准备清单。',
    ],
    [
      'Your admission is near',
      'Admission {visitAt}, {hospital}, {department}. Your escort: {escort}, waiting at {meetingPlace}. Please read the list of what to prepare again.',
    ],
    OUTSIDE.action,
  ),
  'surgery-set': template(
    ['手术时间有安排', '{person}的手术时间有新安排，请在申请页面查看。'],
    [
      'The time of the surgery is set',
      'There is news about the time of the surgery for {person}; see the page of your request.',
    ],
    OUTSIDE.news,
  ),
};
