/** Words of a case that no plan or chart carries: causes of uses, roles in the timeline, marks. */
type Text = { zh: string; en: string };

export const CAUSES: Readonly<Record<string, Text>> = {
  requested: { zh: '申请时占用', en: 'held at the request' },
  delivered: { zh: '服务已提供，计为使用', en: 'delivered: used' },
  'used-by-cancel': { zh: '预约成功后取消，计为使用', en: 'cancelled after the booking: used' },
  'used-by-change': { zh: '预约成功后变更，计为使用', en: 'changed after the booking: used' },
  'used-by-absence': { zh: '没有按约前来，计为使用', en: 'absent: used' },
  refused: { zh: '审核未通过，已退回', en: 'refused: given back' },
  withdrawn: { zh: '预约前撤回，已退回', en: 'withdrawn before the booking: given back' },
  'not-deliverable': { zh: '未能安排，已退回', en: 'could not be delivered: given back' },
  'sample-lost': { zh: '样本丢失，已退回', en: 'sample lost: given back' },
  unfit: { zh: '评估不适合，已退回', en: 'not fit: given back' },
  'consent-withdrawn': { zh: '授权撤回，已退回', en: 'consent withdrawn: given back' },
  'policy-ended': { zh: '合同效力终止，已退回', en: 'the policy ended: given back' },
  'not-pursued': { zh: '未能继续，已退回', en: 'not pursued: given back' },
  excused: { zh: '有正当原因，已退回', en: 'excused: given back' },
  died: { zh: '已结束', en: 'closed' },
  corrected: { zh: '经两人核对更正，已退回', en: 'corrected by two people: given back' },
};

export const ROLES: Readonly<Record<string, Text>> = {
  member: { zh: '会员', en: 'Member' },
  applicant: { zh: '申请人', en: 'Applicant' },
  'service-desk': { zh: '客服', en: 'Service desk' },
  reviewer: { zh: '医学审核', en: 'Medical reviewer' },
  'case-manager': { zh: '病案经理', en: 'Case manager' },
  provider: { zh: '服务商', en: 'Provider' },
  laboratory: { zh: '检测机构', en: 'Laboratory' },
  expert: { zh: '专家', en: 'Expert' },
  'drug-reviewer': { zh: '处方审核', en: 'Drug reviewer' },
  'drug-consultant': { zh: '特药咨询医师', en: 'Drug consultant' },
  'aid-assistant': { zh: '医生助理', en: "Doctor's assistant" },
  'car-t-specialist': { zh: 'CAR-T 专员', en: 'CAR-T specialist' },
  pharmacist: { zh: '药店', en: 'Pharmacy' },
  'video-doctor': { zh: '视频医生', en: 'Video doctor' },
  'hospital-staff': { zh: '医院', en: 'Hospital' },
  'complaint-handler': { zh: '投诉处理', en: 'Complaint handler' },
  'settlement-clerk': { zh: '结算专员', en: 'Settlement clerk' },
  'settlement-approver': { zh: '结算复核', en: 'Settlement approver' },
  supervisor: { zh: '主管', en: 'Supervisor' },
  operations: { zh: '运营', en: 'Operations' },
  system: { zh: '系统', en: 'System' },
  nobody: { zh: '无', en: 'Nobody' },
  'plan-administrator': { zh: '计划管理员', en: 'Plan administrator' },
  administrator: { zh: '管理员', en: 'Administrator' },
  auditor: { zh: '审计', en: 'Auditor' },
};
/** Whose turn, from the reader's own seat. */
export const TURN: Readonly<Record<string, Text>> = {
  mine: { zh: '现在轮到您', en: 'It is your turn' },
  other: { zh: '现在轮到', en: 'Now it is the turn of' },
  nobody: { zh: '已经结束', en: 'It has ended' },
};

export const RELATIONS: Readonly<Record<string, Text>> = {
  self: { zh: '本人', en: 'the person served' },
  policyholder: { zh: '投保人', en: 'policyholder' },
  insured: { zh: '被保险人', en: 'insured' },
  beneficiary: { zh: '受益人', en: 'beneficiary' },
  guardian: { zh: '监护人', en: 'guardian' },
  agent: { zh: '受托人', en: 'authorised agent' },
  other: { zh: '其他人', en: 'other' },
};
export const CHANNELS: Readonly<Record<string, Text>> = {
  portal: { zh: '微信', en: 'portal' },
  hotline: { zh: '热线', en: 'hotline' },
};
export const RANKS: Readonly<Record<string, Text>> = {
  resident: { zh: '住院医师', en: 'resident' },
  attending: { zh: '主治医师', en: 'attending physician' },
  'associate-chief': { zh: '副主任医师', en: 'associate chief physician' },
  chief: { zh: '主任医师', en: 'chief physician' },
};
export const yesNo = (value: boolean): Text => (value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' });
