import { OUTSIDE, template } from './template.ts';

/** Messages of the second opinion, from the appointment to the answer to a question on it. */
export const OPINION_TEMPLATES = {
  'appointment-confirmed': template(
    [
      '已约好专家',
      '{visitAt}，{hospital}{department}，{expert}。请带身份证件按时到诊。从现在起取消、变更或没有按时到诊，计为已使用 1 次（手册{printed}）；有急事请尽早拨打 {hotline}。',
    ],
    [
      'Your appointment with the expert',
      '{visitAt}, {hospital}, {department}, {expert}. Please bring your identity document and be there in time. From now on cancelling, changing or not coming counts as one use (handbook {printed}); if something urgent comes up, call {hotline} early.',
    ],
    OUTSIDE.news,
  ),
  'appointment-tomorrow': template(
    ['二诊提醒', '{visitAt}，{hospital}{department}，{expert}。请带身份证件按时到诊；有急事请尽早拨打 {hotline}。'],
    [
      'Your appointment is near',
      '{visitAt}, {hospital}, {department}, {expert}. Please bring your identity document and be there in time; if something urgent comes up, call {hotline} early.',
    ],
    OUTSIDE.news,
  ),
  'expert-consent-needed': template(
    [
      '请同意让专家看您的资料',
      '{number} 的专家是{hospital}的{expert}。您同意后，专家才能在{visitAt}前看到您的病历和影像；随时可以收回。请登录查看交什么、用来做什么、到什么时候。',
    ],
    [
      'Please let the expert see your records',
      'The expert of {number} is {expert} of {hospital}. Only after you agree can your records and images be read before {visitAt}; you can take it back at any time. Please sign in to see what is shared, for what and until when.',
    ],
    OUTSIDE.action,
  ),
  'absence-being-called': template(
    [
      '{visitAt}没有等到您',
      '专家还没有等到您。晚到的请尽快前往；住院、急症或因不可抗力来不了的，请在{due}前拨打 {hotline} 告诉我们，由工作人员决定，不会自动计次。没有原因又联系不上的，计为已使用 1 次（手册{printed}）。',
    ],
    [
      'We missed you at {visitAt}',
      'The expert has not met you yet. If you are late, please go there now. If you are in hospital, or something beyond your control kept you, tell us at {hotline} by {due}: a person then decides and nothing is counted by itself. Without a cause, and if we cannot reach you, it counts as one use (handbook {printed}).',
    ],
    OUTSIDE.action,
  ),
  'opinion-to-write': template(
    ['有一份二诊意见待写', '{number} 的会员已到诊，请在{due}前写好意见书并签发。'],
    ['An opinion is to be written', 'The member of {number} has attended. Please write and sign the opinion by {due}.'],
    OUTSIDE.staff,
  ),
  'opinion-ready': template(
    [
      '二诊意见书已送到',
      '{expert}已签发{number}的意见书，请登录打开。打开后病案经理会在 2 个工作日内致电为您解读；之后您可以再追问专家一次。',
    ],
    [
      'Your second opinion is there',
      '{expert} has signed the opinion of {number}; please sign in to open it. Your case manager then calls within 2 working days to explain it, and you can ask the expert one further question.',
    ],
    OUTSIDE.news,
  ),
  'opinion-unopened': template(
    ['意见书还没有打开', '{number}的意见书已经送到，您还没有打开。看不清或想让我们念给您听，请拨打 {hotline}。'],
    [
      'The opinion has not been opened yet',
      'The opinion of {number} is waiting for you. If it is hard to read, or you would like it read to you, call {hotline}.',
    ],
    OUTSIDE.action,
  ),
  'opinion-explained': template(
    ['意见书已解读', '{number}的意见书已为您解读，要点写在申请页面。还有疑问可以向专家追问一次。'],
    [
      'The opinion was explained',
      'The opinion of {number} was explained to you; the main points stand on the page of your request. You can ask the expert one further question.',
    ],
    OUTSIDE.news,
  ),
  'follow-up-to-answer': template(
    ['会员有一个追问', '{number} 的会员向您追问，请在{due}前答复。'],
    ['The member asks a question', 'The member of {number} asks you a further question. Please answer by {due}.'],
    OUTSIDE.staff,
  ),
  'follow-up-answered': template(
    ['专家答复了您的追问', '{expert}答复了您的追问，请登录查看。愿意的话，请评价这次服务。'],
    [
      'The expert has answered',
      '{expert} has answered your question; please sign in to read it and, if you like, rate the service.',
    ],
    OUTSIDE.news,
  ),
} as const;
