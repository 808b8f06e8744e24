import { OUTSIDE, template } from './template.ts';

/** Complaints and appeals, and call backs that did not reach her. */
export const COMPLAINT_TEMPLATES = {
  'complaint-received': template(
    [
      '已收到您的投诉',
      '您的投诉已收到，编号 {number}。由没有参与过这件事的同事处理，{due}前答复您。您可以随时在「求助与投诉」补充内容或撤回，也可拨打 {hotline}。',
    ],
    [
      'We have your complaint',
      'Your complaint has arrived, number {number}. Somebody who had no part in it looks into it and answers by {due}. Under "Help and complaints" you can add to it or take it back at any time, or call {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'complaint-taken': template(
    ['您的投诉已受理', '{number} 由{manager}处理，{due}前答复您。需要您补充时会在这里告诉您。'],
    [
      'Your complaint is being handled',
      '{number} is with {manager}, who answers by {due}. If we need to ask you something, you will read it here.',
    ],
    OUTSIDE.news,
  ),
  'complaint-question': template(
    [
      '您的投诉需要补充说明',
      '处理 {number} 时有问题想请教您，请打开投诉页面回答，或拨打 {hotline}。答复期限照常计算，不因此延后。',
    ],
    [
      'A question about your complaint',
      'We have a question about {number}: please answer it on the page of your complaint, or call {hotline}. The time for our answer runs on.',
    ],
    OUTSIDE.action,
  ),
  'complaint-extended': template(
    ['答复您的投诉需要更多时间', '{number} 需要更长时间核实：{reason}。我们会在{due}前答复您。'],
    ['Your complaint takes longer', '{number} takes longer to look into: {reason}. We will answer by {due}.'],
    OUTSIDE.news,
  ),
  'complaint-late': template(
    ['您的投诉还没有答复', '{number} 没有按期答复，对不起。已经通知主管，我们会尽快答复您。您也可以拨打 {hotline}。'],
    [
      'Your complaint is not answered yet',
      'We have not answered {number} in time, and we are sorry. A supervisor knows of it and we will answer as soon as we can. You can also call {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'complaint-answered': template(
    [
      '您的投诉有了答复',
      '{number} 的答复：{reason}。接下来：{next}。如果您不同意，可以在{until}前在投诉页面申请核查一次，由另一位同事重新看。',
    ],
    [
      'Your complaint is answered',
      'Our answer to {number}: {reason}. Next: {next}. If you do not agree, you can ask once for a review on the page of your complaint by {until}; somebody else looks at it again.',
    ],
    OUTSIDE.news,
  ),
  'complaint-review-received': template(
    ['已收到您的核查申请', '{number} 由另一位同事重新看，{due}前告诉您核查结果。'],
    ['We have your request for a review', 'Somebody else looks at {number} again and tells you the outcome by {due}.'],
    OUTSIDE.news,
  ),
  'complaint-reviewed': template(
    ['核查有了结果', '{number} 的核查结果：{reason}。接下来：{next}。'],
    ['The review is done', 'The outcome of the review of {number}: {reason}. Next: {next}.'],
    OUTSIDE.news,
  ),
  'complaint-withdrawn': template(
    ['投诉已撤回', '{number} 已按您的要求撤回。同一件事您以后仍可以再提出。'],
    [
      'Your complaint is withdrawn',
      '{number} has been withdrawn as you asked. You can complain about the same again later.',
    ],
    OUTSIDE.news,
  ),
  'complaint-new': template(
    ['有一件投诉要处理', '{number}，请在投诉工作台查看。参与过这件事的人不会看到它。'],
    ['A complaint to look into', '{number} is on the desk of complaints. Whoever took part in it does not see it.'],
    OUTSIDE.staff,
  ),
  'complaint-added': template(
    ['投诉人补充了内容', '{number} 有新的说明，请查看。'],
    ['The complainant added something', 'There is something new on {number}.'],
    OUTSIDE.staff,
  ),
  'complaint-due-soon': template(
    ['投诉答复快到期', '{number} 须在{due}前答复并告知投诉人。'],
    ['A complaint is due soon', '{number} has to be answered, and the complainant told, by {due}.'],
    OUTSIDE.staff,
  ),
  'complaint-breached': template(
    ['投诉超过答复期限', '{number} 应在{due}前答复，现已超期并记录。请马上处理。'],
    ['A complaint passed its time', '{number} was due by {due}; the breach is on record. Please see to it now.'],
    OUTSIDE.staff,
  ),
  'call-back-missed': template(
    [
      '没有联系上您',
      '我们按您的请求打了几次电话，都没有接通。您可以在「求助与投诉」重新约一个方便的时间，或拨打 {hotline}。',
    ],
    [
      'We could not reach you',
      'We called several times as you asked and could not reach you. Under "Help and complaints" you can choose another time, or call {hotline}.',
    ],
    OUTSIDE.news,
  ),
} as const;
