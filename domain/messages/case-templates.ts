import { OUTSIDE, template } from './template.ts';

/** Messages about time, policy, consent, people and accounts; any service can send them. */
export const CASE_TEMPLATES = {
  'policy-ended': template(
    [
      '保险合同状态有变，服务已结束',
      '保险合同自{until}起中止或终止，{number} 随之结束，未使用的次数已退回，计时停止。您还可以：{next}。依据：手册{printed}。',
    ],
    [
      'The policy has changed and the service has ended',
      'The policy was suspended or ended on {until}, and {number} ends with it. The use held is given back and no time runs. What is still open to you: {next}. Clause: handbook {printed}.',
    ],
    OUTSIDE.news,
  ),
  'policy-ended-after-booking': template(
    [
      '保险合同状态有变，正在决定是否继续',
      '保险合同自{until}起中止或终止。您已有预约，工作人员会在{due}前决定是否继续，并告诉您。没有就诊就不计次。',
    ],
    [
      'The policy has changed; we are deciding whether to go on',
      'The policy was suspended or ended on {until}. As you hold a booking, a person decides by {due} whether it is honoured, and tells you. Nothing is counted unless the visit takes place.',
    ],
    OUTSIDE.news,
  ),
  'policy-paused': template(
    [
      '保险合同中止，服务暂停',
      '保险合同自{until}起中止，{number} 暂停，计时停止。合同恢复后继续。暂停期间您仍可以撤回或取消。',
    ],
    [
      'The policy is suspended and the service stands',
      'The policy was suspended on {until}. {number} stands and no time runs; it goes on when the policy is revived. You can still withdraw or cancel.',
    ],
    OUTSIDE.news,
  ),
  'policy-resumed': template(
    ['保险合同恢复，服务继续', '保险合同已恢复，{number} 继续，计时接着走。接下来：{next}，{due}前。'],
    [
      'The policy is revived and the service goes on',
      'The policy is in force again. {number} goes on and its time runs. Next: {next}, by {due}.',
    ],
    OUTSIDE.news,
  ),
  'consent-withdrawn': template(
    ['已收回同意', '您已收回对{provider}的同意，资料即刻停止提供。{number}：{next}。'],
    [
      'Your consent is withdrawn',
      'You took back your consent for {provider}; sharing has stopped at once. {number}: {next}.',
    ],
    OUTSIDE.account,
  ),
  'clock-late': template(
    ['我们晚了', '“{promise}”答应在{due}前完成，现在还没有做到，是我们的责任，已通知主管。接下来：{next}。'],
    [
      'We are late',
      '"{promise}" was promised by {due} and is not done. The fault is ours and a supervisor has been told. Next: {next}.',
    ],
    OUTSIDE.news,
  ),
  'clock-soon': template(
    ['有一项时限快到了', '{number} 的“{promise}”在{due}到期，还没有完成。'],
    ['A promised time is near', '"{promise}" of {number} falls due on {due} and is not done.'],
    OUTSIDE.staff,
  ),
  'clock-moved': template(
    ['答应的时间有变动', '因放假安排公布，“{promise}”从{firstDue}改为{due}。原来告诉您的时间也保留在记录里。'],
    [
      'A promised time has moved',
      'As the holiday notice came out, "{promise}" moves from {firstDue} to {due}. The time you were told first stays on record.',
    ],
    OUTSIDE.news,
  ),
  'target-passed': template(
    ['内部时限已过', '{number} 的“{promise}”应在{due}前完成，现在已过。请您处理或改派。'],
    [
      'An internal target has passed',
      '"{promise}" of {number} was to be done by {due} and is not. Please act or reassign.',
    ],
    OUTSIDE.staff,
  ),
  'provider-silent': template(
    ['服务商没有答复', '{provider}没有在{due}前答复 {number}。请您催办，或改派另一家（需要客户另行同意）。'],
    [
      'The provider is silent',
      '{provider} has not answered {number} by {due}. Please press it, or choose another (which needs a new consent).',
    ],
    OUTSIDE.staff,
  ),
  'case-waits': template(
    ['有一件待办', '{number} 轮到您处理：{next}，{due}前。'],
    ['A case waits for you', '{number} is yours now: {next}, by {due}.'],
    OUTSIDE.staff,
  ),
  'case-reassigned': template(
    ['经办人已更换', '{number} 现在由{manager}负责，您的资料和答应的时间都不变。'],
    [
      'Another person now looks after your case',
      '{number} is now looked after by {manager}. Your papers and the promised times stay as they are.',
    ],
    OUTSIDE.news,
  ),
  'contact-reached': template(
    ['{manager}为您服务', '{manager}负责 {number}，从头到尾都可以找这一位。电话：{hotline}。'],
    ['{manager} is here for you', '{manager} looks after {number} from beginning to end. Telephone: {hotline}.'],
    OUTSIDE.news,
  ),
  'manager-wrote': template(
    ['{manager}给您留言', '{reason}（{number}）'],
    ['A message from {manager}', '{reason} ({number})'],
    OUTSIDE.news,
  ),
  'member-wrote': template(
    ['会员留言', '{number} 的会员留言：{reason}'],
    ['The member wrote', 'The member of {number} wrote: {reason}'],
    OUTSIDE.staff,
  ),
  'of-age': template(
    [
      '您已满 18 周岁，之后由您本人办理',
      '{number} 从今天起由您本人办理，{next}。您可以授权家人继续代办，也可以撤回已给出的同意。',
    ],
    [
      'You are 18: from today you act yourself',
      'From today {number} is yours to act on. Next: {next}. You may let somebody of your family go on acting for you, or take back a consent that was given.',
    ],
    OUTSIDE.account,
  ),
  'guardian-ended': template(
    ['被监护人已满 18 周岁', '您作为监护人代办的申请，从今天起由本人办理。本人可以在“家人代办”里授权您继续代办。'],
    [
      'The person you acted for is 18',
      'What you filed as a guardian is from today for the person herself or himself to act on, who may let you go on acting.',
    ],
    OUTSIDE.account,
  ),
  'delegation-changed': template(
    ['代办授权有变动', '{applicant}代您办理“{matter}”的授权有变动，有效到{until}。您可以随时收回。'],
    [
      'A delegation has changed',
      'What {applicant} may do for you in "{matter}" has changed; it holds until {until}. You can take it back at any time.',
    ],
    OUTSIDE.account,
  ),
  'delegation-asked': template(
    [
      '{applicant}请您授权代办',
      '{applicant}想代您办理“{matter}”。您同意的话，请在“我的 → 家人”里授权，可以随时收回；不同意，不用做任何事，对方看不到您的服务单和资料。',
    ],
    [
      '{applicant} asks to act for you',
      '{applicant} would like to act for you in "{matter}". If you agree, give the delegation under "Me → Family"; you can take it back at any time. If not, do nothing: your cases and papers stay unseen.',
    ],
    OUTSIDE.account,
  ),
  'identity-check-locked': template(
    [
      '今天的电话身份核实已锁定',
      '有人在电话里三次没有通过您的身份核实，今天不能再通过电话办理。如果是您本人，明天可以再试，或登录办理；如果不是，请尽快联系我们。',
    ],
    [
      'Telephone checks are locked for today',
      'Somebody failed your identity check three times on the telephone, so nothing more can be done by telephone today. If it was you, try again tomorrow or sign in; if not, please contact us soon.',
    ],
    OUTSIDE.account,
  ),
  'sign-in-new-device': template(
    ['新设备登录', '您的账户在新设备上登录。如果不是您本人，请尽快联系我们：{hotline}。'],
    [
      'A new device has signed in',
      'Your account was used on a new device. If this was not you, please contact us soon: {hotline}.',
    ],
    OUTSIDE.account,
  ),
  'wechat-bound': template(
    [
      '已绑定微信',
      '您的账户已绑定微信，以后在微信里打开就能直接登录。如果不是您本人，请在“设置”里解除，并尽快联系我们：{hotline}。',
    ],
    [
      'WeChat is bound',
      'Your account is bound to a WeChat account, and opens there without a code. If this was not you, end it in Settings and contact us soon: {hotline}.',
    ],
    OUTSIDE.account,
  ),
  'wechat-replaced': template(
    [
      '已换绑微信',
      '您的账户已改绑另一个微信，原来的微信不能再登录。如果不是您本人，请在“设置”里解除，并尽快联系我们：{hotline}。',
    ],
    [
      'Another WeChat is bound',
      'Your account is now bound to another WeChat account; the one before opens it no longer. If this was not you, end it in Settings and contact us soon: {hotline}.',
    ],
    OUTSIDE.account,
  ),
  'wechat-ended': template(
    ['已解除微信绑定', '您的账户不再绑定微信，之后用手机号和验证码登录。需要时可以从微信重新绑定。'],
    [
      'WeChat is no longer bound',
      'Your account is no longer bound to WeChat: sign in with phone and code. You can bind it again from WeChat.',
    ],
    OUTSIDE.account,
  ),
  'use-corrected': template(
    ['使用次数已更正', '“{service}”的使用次数经两位同事核实后已更正，剩余 {remaining} 次。原因：{reason}。'],
    [
      'A use has been corrected',
      'The count of {service} was corrected after two people checked it; {remaining} left. Why: {reason}.',
    ],
    OUTSIDE.news,
  ),
} as const;
