import { OUTSIDE, template } from './template.ts';

/** Messages from the care path to the visit and after it. */
export const VISIT_TEMPLATES = {
  'care-path-ready': template(
    [
      '就医建议已写好',
      '{manager}为{person}写好了就医建议：{hospital}{department}，{expert}。为什么这样建议、可能要做的检查，请在申请页面查看。接下来：{next}。',
    ],
    [
      'Your care path is ready',
      '{manager} has written the care path for {person}: {hospital}, {department}, {expert}. Why, and which examinations are likely, stands on the page of your request. Next: {next}.',
    ],
    OUTSIDE.news,
  ),
  'provider-consent-needed': template(
    [
      '需要您同意把资料交给服务商',
      '为您办理这项服务的是{provider}。您同意后，我们才会把办理所需的资料交给它；随时可以收回。请您登录查看交什么、用来做什么、到什么时候。',
    ],
    [
      'Your consent to share is needed',
      '{provider} will serve you here. Only after you agree do we pass on what it needs; you can take it back at any time. Please sign in to see what is shared, for what and until when.',
    ],
    OUTSIDE.action,
  ),
  'case-handed': template(
    ['已交给服务商安排', '{number} 已交给{provider}安排，我们会在{due}前告诉您预约结果。它只能看到您同意的资料。'],
    [
      'Handed to the provider',
      '{number} is now with {provider}, and you will hear the booking result by {due}. It sees only what you agreed to.',
    ],
    OUTSIDE.news,
  ),
  'case-for-provider': template(
    ['有新的服务单', '服务单 {number} 已交给贵司，请在{due}前答复可约时间，或说明不能安排的原因。'],
    ['A new case', 'Case {number} has been handed to you. Please offer a slot by {due}, or say why you cannot.'],
    OUTSIDE.staff,
  ),
  'slot-accepted': template(
    ['会员已确认号源', '服务单 {number} 的会员已确认{visitAt}的就诊，请落实号源和陪诊。'],
    [
      'The member accepted the slot',
      'The member of case {number} accepted the visit of {visitAt}. Please hold slot and escort.',
    ],
    OUTSIDE.staff,
  ),
  'case-stopped': template(
    [
      '服务单已结束或收回',
      '服务单 {number} 已结束或收回。请释放还留着的号源和陪诊，不再使用收到的资料，并按约定删除。有问题请拨打 {hotline}。',
    ],
    [
      'A case was closed or taken back',
      'Case {number} was closed or taken back. Please let the slot and the escort go, use what you were given no longer, and delete it as agreed. Questions: {hotline}.',
    ],
    OUTSIDE.staff,
  ),
  'slot-offered': template(
    [
      '为您约到了时间，请确认',
      '{hospital}{department}，{expert}，{visitAt}。请在{answerBy}前接受或拒绝。拒绝不占用次数，我们另找时间。接受后预约即成功，之后取消或变更计为已使用 1 次（手册{printed}）。',
    ],
    [
      'A time has been found; please confirm',
      '{hospital}, {department}, {expert}, {visitAt}. Please accept or decline by {answerBy}. Declining costs nothing and we look for another. Accepting makes the booking; cancelling or changing after that counts as one use (handbook {printed}).',
    ],
    OUTSIDE.answer,
  ),
  'no-slot': template(
    ['这次没有约到', '{hospital}{department}目前约不到。原因：{reason}。我们可以这样安排：{next}。这不占用次数。'],
    [
      'No time could be found',
      'No time can be had at {hospital}, {department}. Why: {reason}. What we can do instead: {next}. This costs no use.',
    ],
    OUTSIDE.news,
  ),
  'offer-lapsed': template(
    ['保留的时间已过期', '为您保留的{visitAt}没有在{answerBy}前收到答复，已经放回。不占用次数。{next}。'],
    [
      'The time held for you has lapsed',
      'We had no answer by {answerBy}, so {visitAt} has been given back. No use is lost. {next}.',
    ],
    OUTSIDE.action,
  ),
  'booking-confirmed': template(
    [
      '预约成功',
      '{visitAt}，{hospital}{department}，{expert}。陪诊：{escort}，在{meetingPlace}等您。请带身份证件和病历。从现在起取消或变更计为已使用 1 次（手册{printed}）。',
    ],
    [
      'Your visit is booked',
      '{visitAt}, {hospital}, {department}, {expert}. Your escort: {escort}, waiting at {meetingPlace}. Please bring your identity document and records. From now on cancelling or changing counts as one use (handbook {printed}).',
    ],
    OUTSIDE.news,
  ),
  'visit-tomorrow': template(
    ['就诊提醒', '{visitAt}，{hospital}{department}，{expert}。陪诊：{escort}，在{meetingPlace}等您。'],
    [
      'Your visit is near',
      '{visitAt}, {hospital}, {department}, {expert}. Your escort: {escort}, waiting at {meetingPlace}.',
    ],
    OUTSIDE.news,
  ),
  'booking-changed-by-provider': template(
    [
      '医院或服务商要求改时间',
      '原定{visitAt}的就诊要改期。原因：{reason}。这不占用次数，也不改变我们答应的时间。新的安排：{next}。',
    ],
    [
      'The provider has to change the time',
      'The visit of {visitAt} has to be moved. Why: {reason}. This costs no use and does not move the time we promised. The new plan: {next}.',
    ],
    OUTSIDE.schedule,
  ),
  'booking-cancelled-by-provider': template(
    [
      '医院或服务商取消了预约',
      '{visitAt}的就诊被取消。原因：{reason}。这不占用次数，我们重新为您安排，答应的时间不变：{due}。',
    ],
    [
      'The provider has cancelled the booking',
      'The visit of {visitAt} was cancelled. Why: {reason}. This costs no use. We arrange another, and the promised time stays: {due}.',
    ],
    OUTSIDE.schedule,
  ),
  'cancelled-counted': template(
    [
      '已取消，计为已使用 1 次',
      '{visitAt}的就诊已按您的要求取消。取消在预约成功之后，计为已使用 1 次（手册{printed}），剩余 {remaining} 次。如有特殊原因，请拨打 {hotline} 说明。',
    ],
    [
      'Cancelled; counted as one use',
      'The visit of {visitAt} is cancelled as you asked. As the booking had succeeded, it counts as one use (handbook {printed}); {remaining} left. If there was a special reason, please tell us at {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'hospital-left-list': template(
    ['这家医院暂时不能安排', '{number}：您确认时，这家医院已不在当天的服务清单上。我们会另找号源，不占用次数。'],
    [
      'That hospital cannot serve you now',
      '{number}: when you accepted, the hospital was no longer on the list of the day. We look for another slot; nothing is counted.',
    ],
    OUTSIDE.news,
  ),
  'changed-counted': template(
    [
      '已变更，计为已使用 1 次',
      '您在预约成功后要求变更，计为已使用 1 次（手册{printed}）。这次仍会为您服务到底：{next}。',
    ],
    [
      'Changed; counted as one use',
      'You changed the booking after it had succeeded, which counts as one use (handbook {printed}). You will still be served this time: {next}.',
    ],
    OUTSIDE.news,
  ),
  'changed-free': template(
    ['已变更，不占用次数', '您的变更已收到，不占用次数。接下来：{next}。'],
    ['Changed; nothing is counted', 'Your change has been noted and costs no use. Next: {next}.'],
    OUTSIDE.news,
  ),
  'absence-recorded': template(
    [
      '{visitAt}没有等到您',
      '陪诊人员没有等到您。是否计次由工作人员看过联系记录后决定，{due}前告诉您。如果当天有特殊情况，请拨打 {hotline} 告诉我们。',
    ],
    [
      'We missed you at {visitAt}',
      'Your escort did not meet you. A person decides, with the contact attempts on file, whether it counts; you will hear by {due}. If something happened that day, please tell us at {hotline}.',
    ],
    OUTSIDE.action,
  ),
  'absence-counted': template(
    [
      '未就诊，计为已使用 1 次',
      '{visitAt}未就诊，计为已使用 1 次，剩余 {remaining} 次。原因：{reason}。依据：手册{printed}。如有异议，可以在申请页面申诉。',
    ],
    [
      'Absence counted as one use',
      'The visit of {visitAt} did not take place and counts as one use; {remaining} left. Why: {reason}. Clause: handbook {printed}. You can appeal on the page of your request.',
    ],
    OUTSIDE.news,
  ),
  'absence-excused': template(
    ['未就诊，不占用次数', '{visitAt}未就诊，经核实不计次。原因：{reason}。您可以再申请。'],
    [
      'Absence excused',
      'The visit of {visitAt} did not take place and is not counted. Why: {reason}. You can ask again.',
    ],
    OUTSIDE.news,
  ),
  'escort-absent': template(
    ['陪诊人员没有到，是我们的责任', '{visitAt}陪诊人员没有按时到达，这是我们的责任，不占用次数。{next}。'],
    [
      'Your escort did not come; the fault is ours',
      'The escort was not there at {visitAt}. That is our fault and costs no use. {next}.',
    ],
    OUTSIDE.schedule,
  ),
  'summary-ready': template(
    ['就诊小结已写好', '{visitAt}就诊的小结可以看了：医生说了什么、接下来做什么、有哪些单据。'],
    [
      'The summary of your visit is ready',
      'The summary of the visit of {visitAt} can be read: what was said, what comes next, which papers there are.',
    ],
    OUTSIDE.news,
  ),
  'rate-visit': template(
    ['这次服务怎么样', '{number} 已完成。愿意的话，请告诉我们哪里做得好、哪里要改。'],
    ['How was the service', '{number} is complete. If you like, tell us what went well and what should be better.'],
    OUTSIDE.news,
  ),
  'not-deliverable': template(
    ['这次无法安排', '{number} 无法安排。原因：{reason}。这不是您的原因，不占用次数，您可以再申请。您还可以：{next}。'],
    [
      'It cannot be arranged',
      '{number} cannot be arranged. Why: {reason}. This is not because of you and costs no use; you can ask again. You can also: {next}.',
    ],
    OUTSIDE.news,
  ),
} as const;
