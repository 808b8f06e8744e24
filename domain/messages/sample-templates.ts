import { OUTSIDE, template } from './template.ts';

/** Messages of a service that takes a sample and tests it in a laboratory. */
export const SAMPLE_TEMPLATES = {
  'test-assessed': template(
    ['评估已完成', '{manager}已评估{person}适合的检测时间和样本。为什么这样建议，请在申请页面查看。接下来：{next}。'],
    [
      'The assessment is done',
      '{manager} has assessed the moment and the sample for {person}. Why stands on the page of your request. Next: {next}.',
    ],
    OUTSIDE.news,
  ),
  'consent-to-sign': template(
    [
      '请签署知情同意书',
      '检测的内容和流程已经讲过，请{person}本人（或监护人）登录阅读并签署知情同意书。签署前不会取样。有不明白的地方请先问病案经理，或拨打 {hotline}。',
    ],
    [
      'Please sign the informed consent',
      'Content and process were explained. {person} (or the guardian) please sign in, read and sign the informed consent; nothing is collected before. Ask the case manager first if anything is unclear, or call {hotline}.',
    ],
    OUTSIDE.action,
  ),
  'test-for-laboratory': template(
    ['有新的检测', '服务单 {number} 的受检者已签署知情同意书，样本约好后会送到贵机构。'],
    ['A new test', 'The tested person of case {number} has signed; the sample comes once its pick-up is booked.'],
    OUTSIDE.staff,
  ),
  'pick-up-proposed': template(
    [
      '请确认取样安排',
      '取样的时间、地址和人员请在申请页面查看，确认或要求另约。另约不占用次数。确认后预约即成功，之后取消或变更计为已使用 1 次（手册{printed}）。',
    ],
    [
      'Please confirm the pick-up',
      'Time, address and collector of the pick-up stand on the page of your request; confirm, or ask for another, which costs nothing. Confirming makes the booking; cancelling or changing after that counts as one use (handbook {printed}).',
    ],
    OUTSIDE.action,
  ),
  'pick-up-confirmed': template(
    [
      '取样已约好',
      '请在约定的时间和地址等取样人员，带好身份证件；详情在申请页面。从现在起取消或变更计为已使用 1 次（手册{printed}）。',
    ],
    [
      'The pick-up is booked',
      'Please be at the address at the time agreed, with your identity document; the details stand on the page of your request. From now on cancelling or changing counts as one use (handbook {printed}).',
    ],
    OUTSIDE.news,
  ),
  'pick-up-tomorrow': template(
    ['取样提醒', '取样的时间快到了。时间、地址和取样人员在申请页面，请带好身份证件等候。'],
    [
      'The pick-up is near',
      'The sample is collected soon. Time, address and collector stand on the page of your request; please have your identity document at hand.',
    ],
    OUTSIDE.schedule,
  ),
  'pick-up-cancelled': template(
    ['取样要另约', '取样人员来不了。原因：{reason}。这不占用次数，{manager}会和您另约。'],
    [
      'The pick-up is arranged anew',
      'The collector cannot come. Why: {reason}. This costs no use; {manager} arranges another pick-up with you.',
    ],
    OUTSIDE.schedule,
  ),
  'sample-on-the-way': template(
    ['样本已取，正在送检', '服务单 {number} 的样本已取到。收到后请核对条码和温度，登记是否合格。'],
    [
      'A sample is on its way',
      'The sample of case {number} was collected. On arrival please check barcode and temperature and record its fitness.',
    ],
    OUTSIDE.staff,
  ),
  'sample-received': template(
    ['样本已收到', '检测机构已收到合格的样本，检测开始，计为使用 1 次（手册{printed}）。接下来：{next}。'],
    [
      'The sample has arrived',
      'The laboratory took in a fit sample and tests it; one use is counted (handbook {printed}). Next: {next}.',
    ],
    OUTSIDE.news,
  ),
  'sample-again': template(
    [
      '要重新取样',
      '这次的样本丢失或不合格，不能检测，我们很抱歉。这不计使用。{manager}会和您另约取样；您也可以不再继续，同样不计使用。',
    ],
    [
      'Another sample is needed',
      'The sample was lost or is not fit to be tested; we are sorry. Nothing is counted. {manager} arranges another pick-up with you; you may also stop here, which costs nothing either.',
    ],
    OUTSIDE.schedule,
  ),
  'sample-gone': template(
    ['样本不会送到', '服务单 {number} 的样本在途中丢失或损坏，不会送到。另约取样后会再通知。'],
    [
      'A sample will not arrive',
      'The sample of case {number} was lost or spoiled and will not arrive. You hear again once another pick-up is booked.',
    ],
    OUTSIDE.staff,
  ),
  'report-returned': template(
    ['报告退回更正', '服务单 {number} 的报告退回更正。理由：{reason}。'],
    ['A report was returned', 'The report of case {number} was returned to be corrected. Why: {reason}.'],
    OUTSIDE.staff,
  ),
  'report-released': template(
    [
      '检测报告可以看了',
      '{person}的检测报告已发布，只有本人、本人允许的人和病案经理可以看。{manager}会为您解读；是否也告诉主治医生，请在申请页面选择。',
    ],
    [
      'Your report is ready',
      'The report of {person} was released; only the person, those she allows and the case manager can read it. {manager} will explain it. Whether the attending doctor is told too is yours to choose on the page of your request.',
    ],
    OUTSIDE.news,
  ),
  'copy-given': template(
    ['报告副本已交给主治医生', '按您的同意，{manager}已把检测报告的副本交给您的主治医生。交给了谁，请在申请页面查看。'],
    [
      'Your doctor has a copy',
      'With your consent {manager} gave a copy of the report to your attending doctor. To whom stands on the page of your request.',
    ],
    OUTSIDE.news,
  ),
};
