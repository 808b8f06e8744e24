import { OUTSIDE, template } from './template.ts';

/** Messages from the request to the decision: what was received, what is missing, what was decided. */
export const REQUEST_TEMPLATES = {
  'request-received': template(
    [
      '已收到您的申请',
      '{person}的“{service}”申请已收到，编号 {number}。接下来：{next}。我们会在{due}前告诉您结果。有问题请拨打 {hotline}。',
    ],
    [
      'We have your request',
      'The request for {service} for {person} has arrived, number {number}. Next: {next}. You will hear from us by {due}. Questions: {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'own-consent-needed': template(
    [
      '有一份申请等您本人同意',
      '{applicant}为您申请了“{service}”，编号 {number}。您本人同意后才会开始办理，在此之前不占用次数，也不计时。请您登录确认，或拨打 {hotline}。您不同意，申请就不会进行。',
    ],
    [
      'A request waits for your own consent',
      '{applicant} asked for {service} for you, number {number}. It starts only when you agree yourself; until then no use is held and no time runs. Please confirm on your own sign-in or call {hotline}. If you do not agree, it goes no further.',
    ],
    OUTSIDE.action,
  ),
  'papers-asked': template(
    [
      '还需要这些材料',
      '办理 {number} 还需要：{papers}。原因：{reason}。从现在到最后一份材料交齐，计时暂停。您可以拍照上传；不方便时请拨打 {hotline}。',
    ],
    [
      'These papers are still needed',
      'For {number} we still need: {papers}. Why: {reason}. The clock stands from now until the last one is handed in. You can photograph and upload them; if that is difficult, call {hotline}.',
    ],
    OUTSIDE.action,
  ),
  'papers-reminder': template(
    [
      '材料还没有交齐',
      '{number} 还缺：{papers}。交齐后我们马上继续。如果到{closesOn}还没有收到，本次申请会关闭，不占用次数，之后可以再申请。需要帮忙请拨打 {hotline}。',
    ],
    [
      'Papers are still missing',
      '{number} still lacks: {papers}. We go on as soon as they are here. If they have not come by {closesOn}, this request closes; no use is lost and you can ask again. For help call {hotline}.',
    ],
    OUTSIDE.action,
  ),
  'papers-complete': template(
    ['材料已齐', '{number} 的材料已经齐了。接下来：{next}，{due}前完成。'],
    ['Your papers are complete', 'The papers of {number} are complete. Next: {next}, by {due}.'],
    OUTSIDE.news,
  ),
  'paper-rejected': template(
    ['有一份材料需要重新提供', '“{paper}”这次没有通过。原因：{reason}。请您重新上传一份，其他材料不用再交。'],
    [
      'One paper is needed again',
      '"{paper}" could not be accepted. Why: {reason}. Please upload it once more; the other papers need not be sent again.',
    ],
    OUTSIDE.action,
  ),
  accepted: template(
    [
      '申请已通过',
      '{person}的“{service}”申请已通过核实，编号 {number}。接下来：{next}，由{manager}办理，{due}前告诉您。',
    ],
    [
      'Your request is accepted',
      'The request for {service} for {person}, number {number}, has been verified and accepted. Next: {next}, by {manager}; you will hear by {due}.',
    ],
    OUTSIDE.news,
  ),
  refused: template(
    [
      '这次不能提供这项服务',
      '现在不能为{person}提供“{service}”。原因：{reason}。您可以：{next}。如果您认为不对，可以在申请页面点“申诉”，由另一位同事重新看，或拨打 {hotline}。依据：手册{printed}。',
    ],
    [
      'This service cannot be given now',
      '{service} cannot be given to {person} now. Why: {reason}. What you can do: {next}. If you think this is wrong, choose "appeal" on the request and somebody else will look again, or call {hotline}. Clause: handbook {printed}.',
    ],
    OUTSIDE.news,
  ),
  'review-needed': template(
    ['需要人工核实', '{number} 需要审核人员看过材料后决定。原因：{reason}。计时照常，{due}前告诉您结果。'],
    [
      'A person has to look at it',
      'A reviewer has to decide {number} with the papers at hand. Why: {reason}. The promised time runs on; you will hear by {due}.',
    ],
    OUTSIDE.news,
  ),
  withdrawn: template(
    ['申请已撤回', '{number} 已按您的要求撤回，不占用次数，之后可以再申请。'],
    ['Your request is withdrawn', '{number} has been withdrawn as you asked. No use is lost and you can ask again.'],
    OUTSIDE.news,
  ),
  'not-pursued': template(
    [
      '申请已关闭，可以再申请',
      '我们多次联系，仍未收到{papers}，{number} 已关闭。不占用次数，您准备好后可以再申请，也可以拨打 {hotline}。',
    ],
    [
      'The request is closed; you can ask again',
      'We tried several times and have not received {papers}, so {number} is closed. No use is lost; ask again whenever you are ready, or call {hotline}.',
    ],
    OUTSIDE.news,
  ),
} as const;
