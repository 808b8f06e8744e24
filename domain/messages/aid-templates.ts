import { OUTSIDE, template } from './template.ts';

/** Messages of a service that helps to apply for free drugs and reminds of what comes next. */
export const AID_TEMPLATES = {
  'aid-file-again': template(
    [
      '下一次援助申请要准备材料了',
      '医生助理会核对材料，缺什么会一次告诉您。已交过且仍然有效的不用再交。接下来：{next}。',
    ],
    [
      'The next application needs its papers',
      "The doctor's assistant checks the papers and tells you at once what is missing; what is still valid need not be handed in again. Next: {next}.",
    ],
    OUTSIDE.news,
  ),
  'aid-file-reviewed': template(
    ['援助材料已审核', '我们对援助材料的审核已有结果，请在申请页面查看。接下来：{next}。'],
    [
      'The aid file was reviewed',
      'Our review of the aid file is done; it stands on the page of your request. Next: {next}.',
    ],
    OUTSIDE.news,
  ),
  'aid-not-fit': template(
    ['暂不符合援助项目', '这次没有合适的援助项目。原因：{reason}。特药服务本身不受影响。'],
    [
      'No programme fits for now',
      'No aid programme fits this time. Why: {reason}. The drug service itself is not affected.',
    ],
    OUTSIDE.news,
  ),
  'aid-submitted': template(
    ['援助申请已交慈善机构', '申请已经交给慈善机构。审核时间由机构决定，我们会跟进，有结果马上告诉您。'],
    [
      'The application is with the charity',
      'The application was submitted. The charity takes its own time; we follow it up and tell you at once.',
    ],
    OUTSIDE.news,
  ),
  'aid-approved': template(
    [
      '援助申请通过，请按时领药',
      '慈善机构通过了援助申请。什么时候、到哪家药店领、带什么材料，请在申请页面查看。不能按时领请先告诉我们原因；无故不领视为放弃当次援助，另外购药的费用由本人承担（手册{printed}）。',
    ],
    [
      'Approved: please collect in time',
      'The charity approved the aid. When, where and with which papers to collect stands on the page of your request. Tell us first if you cannot; a turn that is not collected without cause is given up, and what is bought instead is your own cost (handbook {printed}).',
    ],
    OUTSIDE.action,
  ),
  'aid-refused': template(
    [
      '援助申请未通过',
      '慈善机构没有通过援助申请。用药不受影响：请按合同重新做处方审核（手册{printed}），可在“特药服务”里申请，或拨打 {hotline}。',
    ],
    [
      'The charity did not approve',
      'The charity did not approve the aid. Your therapy goes on: the prescription is reviewed anew under the contract (handbook {printed}); ask for it under special drugs, or call {hotline}.',
    ],
    OUTSIDE.action,
  ),
  'aid-refused-review': template(
    ['援助未通过，处方要重新审核', '服务单 {number} 的援助申请未通过，会员会重新提交处方审核。'],
    [
      'Aid refused: a prescription to review anew',
      'The aid of case {number} was refused; the member asks for a new prescription review.',
    ],
    OUTSIDE.staff,
  ),
  'aid-collected': template(
    ['领药已登记', '这次的赠药已登记领取。接下来：{next}。下一次的日期请在申请页面查看，我们会提前提醒。'],
    [
      'Recorded as collected',
      'The free drug of this turn was recorded. Next: {next}. The next day stands on the page of your request; we remind you before it.',
    ],
    OUTSIDE.news,
  ),
  'aid-next-soon': template(
    ['援助用药提醒', '援助用药的下一步快到了：{next}。日期、药店和要带的材料请在申请页面查看。'],
    [
      'What comes next is near',
      'The next step of the aid is near. Next: {next}. Day, pharmacy and papers stand on the page of your request.',
    ],
    OUTSIDE.action,
  ),
  'aid-excused': template(
    ['已另定领药日期', '您说明的原因已被接受，领药日期已另定，请在申请页面查看。说明：{reason}。'],
    [
      'Another day was set',
      'Your cause was accepted and another day to collect was set; it stands on the page of your request. {reason}',
    ],
    OUTSIDE.schedule,
  ),
  'aid-given-up': template(
    [
      '这次赠药视为放弃',
      '这次的赠药没有在期限内领取，视为放弃当次援助；另外购药的费用由本人承担，当次理赔也视为放弃（手册{printed}）。以后各次不受影响。有不同意见请拨打 {hotline}。',
    ],
    [
      'This turn is given up',
      'The free drug of this turn was not collected in time, so the turn is given up; what is bought instead is your own cost and no claim is paid for it (handbook {printed}). Later turns are not affected. Call {hotline} if you see it otherwise.',
    ],
    OUTSIDE.news,
  ),
  'aid-ended': template(
    ['援助用药指导已结束', '援助用药指导已结束。原因：{reason}。'],
    ['The guidance has ended', 'The guidance in charity aid has ended. Why: {reason}.'],
    OUTSIDE.news,
  ),
};
