import { OUTSIDE, template } from './template.ts';

/** Messages of CAR-T care, from the panel to the course after the treatment. */
export const CAR_T_TEMPLATES = {
  'panel-consent-needed': template(
    [
      '请同意让专家看您的资料',
      '{number} 要请几位专家会审。您逐位同意后，专家才能看到您的病历；随时可以收回。请登录查看交什么、用来做什么、到什么时候。',
    ],
    [
      'Please let the experts see your records',
      'Several experts are asked to judge {number}. Only after you agree to each of them can your records be read; you can take it back at any time. Please sign in to see what is shared, for what and until when.',
    ],
    OUTSIDE.action,
  ),
  'panel-to-judge': template(
    ['有一份会审意见待写', '{number} 等您看资料、写会审意见，请在{due}前完成。'],
    ['A finding is to be given', '{number} waits for you to read the records and give your finding by {due}.'],
    OUTSIDE.staff,
  ),
  'panel-found-fit': template(
    ['会审认为适合治疗', '{number} 的专家会审已完成，认为适合。CAR-T 专员会在{due}前与您商定面诊的医院和时间。'],
    [
      'The panel found the treatment fit',
      'The panel has judged {number} and found the treatment fit. The CAR-T specialist agrees hospital and time of the assessment with you by {due}.',
    ],
    OUTSIDE.news,
  ),
  'unfit-told': template(
    [
      '会审结论和临床试验',
      '{number} 的结论已电话向您说明。推荐的临床试验和联系方式在服务单里；面诊前得出的结论不计使用。对结论有疑问，请拨打 {hotline}。',
    ],
    [
      'The finding, and trials',
      'The finding on {number} was explained to you by telephone. The trials that were suggested, and whom to ask, are in your case; a finding before the face-to-face assessment counts as no use. If you have questions, call {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'assessment-offered': template(
    ['面诊安排等您确认', '{visitAt}，{hospital}{department}。请在{answerBy}前登录确认；另约不计使用。'],
    [
      'Please answer: your assessment',
      '{visitAt}, {hospital}, {department}. Please sign in and answer by {answerBy}; asking for another costs nothing.',
    ],
    OUTSIDE.answer,
  ),
  'assessment-booked': template(
    [
      '面诊已约好',
      '{visitAt}，{hospital}{department}。请带身份证件和全部病历。面诊前取消或改期不计使用；到诊后计为使用 1 次。',
    ],
    [
      'Your assessment is booked',
      '{visitAt}, {hospital}, {department}. Please bring your identity document and all records. Cancelling or changing before it counts as no use; attending counts as one use.',
    ],
    OUTSIDE.news,
  ),
  'assessment-near': template(
    [
      '约好的安排快到了',
      '{visitAt}，{hospital}{department}。请按准备清单准备，带身份证件；来不了请尽早拨打 {hotline}。',
    ],
    [
      'Your appointment is near',
      '{visitAt}, {hospital}, {department}. Please prepare by the list and bring your identity document; if you cannot come, call {hotline} early.',
    ],
    OUTSIDE.news,
  ),
  'assessment-excused': template(
    [
      '没有等到您，不计使用',
      '{number} 约好的面诊没有等到您，这份申请已结束，不计使用。需要时可以再次申请，或拨打 {hotline}。',
    ],
    [
      'We missed you; nothing is counted',
      'You were not at the assessment of {number}. The request ended and counts as no use. You can apply again, or call {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'bed-offered': template(
    ['床位等您确认', '{visitAt} 入院，{hospital}{department}。请在{answerBy}前登录确认，或要求改期。'],
    [
      'Please answer: a bed',
      'Admission {visitAt}, {hospital}, {department}. Please sign in and answer by {answerBy}, or ask for a later one.',
    ],
    OUTSIDE.answer,
  ),
  'product-consent-needed': template(
    [
      '请同意药店确认药品',
      '{number} 的产品要由药店核对确认，不能自取。您同意后药店才能看到所需的信息；可能需要您到店一次。请登录查看。',
    ],
    [
      'Please consent to the pharmacy',
      'The product of {number} is checked and confirmed by a pharmacy and cannot be picked up. Only after you agree does the pharmacy see what it needs; you may have to come once. Please sign in.',
    ],
    OUTSIDE.action,
  ),
  'product-to-confirm': template(
    ['有一份产品待确认', '{number} 的产品已制备完成，请在{due}前核对编号和批号并确认。'],
    [
      'A product is to be confirmed',
      'The product of {number} is finished. Please check number and lot and confirm by {due}.',
    ],
    OUTSIDE.staff,
  ),
  'number-mismatch': template(
    ['编号不符，已全部停下', '{number} 有编号与单采登记的不符，治疗已停下。请在{due}前查清。'],
    [
      'A number does not match: everything is stopped',
      'In {number} a number does not match the apheresis; the treatment is stopped. Please clear it by {due}.',
    ],
    OUTSIDE.staff,
  ),
  'treatment-stopped': template(
    ['治疗已中止', '{number} 按医生的判断不再继续，原因在服务单里。有疑问请拨打 {hotline}。'],
    [
      'The treatment was stopped',
      '{number} does not go on, as the doctors advise; the reason is in your case. If you have questions, call {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'course-begins': template(
    [
      '请每天记一记身体反应',
      '回输后请在 {number} 里记不良反应和程度，专员会看；先打开一次红旗卡，没有网络也能看。出现卡上的情况请立即就医或拨打 120。',
    ],
    [
      'Please keep your diary',
      'After the infusion please note reactions and their grade in {number}; the specialist reads it. Open the red-flag card once: it then shows without a network. If anything on it happens, go to hospital or call 120 at once.',
    ],
    OUTSIDE.action,
  ),
  'questionnaire-due': template(
    ['有一份问卷等您填', '{number} 有一份问卷到时间了，几分钟就能填完，便于专员了解您的恢复。'],
    ['A questionnaire is due', 'A questionnaire of {number} is due. It takes a few minutes and shows how you recover.'],
    OUTSIDE.action,
  ),
  'course-call-due': template(
    ['有一次回访到时间了', '{number} 今天有一次回访，请致电会员并登记。'],
    ['A follow-up call is due', 'A follow-up call of {number} is due today. Please call the member and record it.'],
    OUTSIDE.staff,
  ),
  'reaction-reported': template(
    ['会员报告了较重的反应', '{number} 的会员刚记下一条较重的不良反应，请立即致电。'],
    ['A severe reaction was reported', 'The member of {number} has just noted a severe reaction. Please call at once.'],
    OUTSIDE.staff,
  ),
};
