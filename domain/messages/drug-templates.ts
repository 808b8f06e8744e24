import { OUTSIDE, template } from './template.ts';

/** Messages of a therapy with a special drug: reviewed, arranged, handed over, bought again. */
export const DRUG_TEMPLATES = {
  'prescription-to-review': template(
    ['有处方待复审', '{number} 的处方一审已完成：{next}，{due}前。'],
    ['A prescription for the second review', 'The first review of {number} is done. Next: {next}, by {due}.'],
    OUTSIDE.staff,
  ),
  'prescription-approved': template(
    [
      '处方审核通过',
      '{reason} 特药咨询医师接下来和您确认赔付、自付和取药的药店、时间；您同意之后才会备药。请不要先自行购买，自行购买的不能直赔（手册{printed}）。',
    ],
    [
      'The prescription is approved',
      '{reason} The drug consultant now agrees with you what is paid, what you pay, and pharmacy and time; nothing is ordered before you agree. Please do not buy it on your own: that cannot be settled directly (handbook {printed}).',
    ],
    OUTSIDE.news,
  ),
  'prescription-refused': template(
    [
      '处方审核没有通过',
      '{reason} 不符合的条件和依据在申请页面。您可以请医生重新开方后再交，也可以申诉；按保险合同申请普通理赔不受影响，电话 {hotline}。',
    ],
    [
      'The prescription was not approved',
      '{reason} What is not met, and why, stands on the page of your request. You may hand in another prescription or appeal; an ordinary claim under the contract stays open: {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'arrangement-proposed': template(
    [
      '请确认费用和取药安排',
      '赔付多少、自付多少、冷链费、药店和时间都在申请页面。请看过后同意，或换一种安排。同意之前不会备药。',
    ],
    [
      'Please confirm costs and arrangement',
      'What is paid, what you pay, the cold-chain fee, pharmacy and time stand on the page of your request. Agree, or ask for another arrangement; nothing is ordered before.',
    ],
    OUTSIDE.action,
  ),
  'pharmacy-consent-needed': template(
    [
      '请同意把取药资料给药店',
      '您选的药店要看到姓名、证件、电话、处方用药和费用，才能备药和发药；病历不给药店。请在申请页面看过授权说明后同意，或换一种安排。',
    ],
    [
      'Please consent to sharing with the pharmacy',
      'The pharmacy needs name, document, telephone, prescribed drug and costs to get and hand over the drug; medical records do not go there. Read the text on the page of your request and consent, or ask for another arrangement.',
    ],
    OUTSIDE.action,
  ),
  'pharmacy-booked': template(
    [
      '取药已约好',
      '药品一般 2 到 5 个工作日备好，最晚{due}（手册{printed}）。取药码在申请页面；取药时请带齐页面列出的原件。请先不要离开处方的有效期，过期要请医院重新开具。',
    ],
    [
      'The purchase is booked',
      'The drug is usually ready within 2 to 5 working days, by {due} at the latest (handbook {printed}). The pick-up code stands on the page of your request; bring the originals listed there. A prescription that runs out has to be re-issued.',
    ],
    OUTSIDE.news,
  ),
  'drug-order': template(
    ['有新的备药单', '{number} 约在本店取药或送药，请备药并登记到货，{due}前。'],
    ['A new order', '{number} is booked with you: please get the drug and record its arrival, by {due}.'],
    OUTSIDE.staff,
  ),
  'drug-ready': template(
    ['药品已到店，可以取了', '请带申请页面列出的原件和取药码到店。代取要带授权委托书原件。电话 {hotline}。'],
    [
      'The drug is ready',
      'Bring the originals listed on the page of your request, and the code. Who collects for you brings the letter of authorisation. Telephone {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'drug-packed': template(
    ['药品已备好，准备送出', '送药时间和地址在申请页面。签收时请出示身份证原件和取药码。'],
    [
      'The drug is packed',
      'Time and address stand on the page of your request. Show your original ID and the code at the door.',
    ],
    OUTSIDE.news,
  ),
  'drug-quarantined': template(
    ['这批药不能用，正在重新供药', '{reason} 这批药已隔离，不会发给您，也不计费用。新的一批到了会马上告诉您。'],
    [
      'This lot cannot be used; another is on its way',
      '{reason} The lot is quarantined, is not given to you and costs you nothing. We tell you as soon as the new one is there.',
    ],
    OUTSIDE.news,
  ),
  'supply-failed': template(
    ['正在为您另约药店', '{reason} 审批仍有效，特药咨询医师会另约药店，您不用重新申请。'],
    [
      'Another pharmacy is being arranged',
      '{reason} The approval stands; the consultant arranges another pharmacy and you need not ask again.',
    ],
    OUTSIDE.news,
  ),
  'drug-handed-over': template(
    [
      '药品已交付',
      '这次的费用明细在申请页面，每一步怎么算都写在那里。快用完时我们会提醒您交新处方。用药不适请马上联系医生。',
    ],
    [
      'The drug was handed over',
      'What it cost, step by step, stands on the page of your request. We remind you of the next prescription in time. If you feel unwell, contact your doctor at once.',
    ],
    OUTSIDE.news,
  ),
  'prescription-ends-today': template(
    [
      '处方今天到期',
      '药还没有交到您手上，而处方今天到期。请让医院开一张相同的处方，在申请页面“补交重新开具的处方”；审批仍有效，不用重新审核。',
    ],
    [
      'The prescription runs out today',
      'The drug is not in your hands yet and the prescription runs out today. Have the hospital issue the same again and hand it in on the page of your request; the approval stands, nothing is reviewed anew.',
    ],
    OUTSIDE.action,
  ),
  'refill-due': template(
    [
      '该准备下一张处方了',
      '按上次的用量，药快用完了。请医生开好处方后在申请页面提交，审核 1 个工作日，备药 2 到 5 个工作日。',
    ],
    [
      'Time for the next prescription',
      'By the last dosage your supply runs low. Hand in the next prescription on the page of your request: its review takes 1 working day, the drug 2 to 5.',
    ],
    OUTSIDE.action,
  ),
  'approval-expired': template(
    ['审批已过期', '这次的审批已过有效期，预留的额度已退回。仍需用药的，请交新处方，重新审核。'],
    [
      'The approval has expired',
      'What was reserved has been given back. If you still need the drug, hand in a new prescription.',
    ],
    OUTSIDE.news,
  ),
  'drug-pick-up-tomorrow': template(
    ['取药提醒', '约定的取药或送药时间快到了，时间、药店和要带的原件在申请页面。'],
    ['The pick-up is near', 'Time, pharmacy and the originals to bring stand on the page of your request.'],
    OUTSIDE.schedule,
  ),
};
