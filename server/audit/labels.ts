import { JOURNEYS } from '#domain/journeys/registry.ts';
import { findTemplate } from '#domain/messages/templates.ts';
import type { PlanNames } from '#domain/operations/audit-words.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Language } from '#server/platform/problem.ts';

/** What the auditor reads for an action. An action that is not here shows its code. */
const labels: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'audit.searched': ['查询审计记录', 'Searched the audit'],
  'audit.verified': ['校验审计记录', 'Verified the audit'],
  'paper.uploaded': ['上传材料', 'Uploaded a paper'],
  'paper.listed': ['查看材料目录', 'Read the list of papers'],
  'paper.previewed': ['预览材料', 'Looked at a paper'],
  'paper.downloaded': ['下载材料原件', 'Downloaded the original of a paper'],
  'paper.attached': ['提交材料', 'Handed in a paper to a case'],
  'paper.accepted': ['材料通过', 'Accepted a paper'],
  'paper.rejected': ['材料退回', 'Rejected a paper'],
  'paper.replaced': ['材料已更换', 'Replaced a paper'],
  'paper.received': ['材料重新待审', 'Set a paper back to received'],
  'consent.given': ['同意共享信息', 'Gave a consent'],
  'consent.withdrawn': ['撤回同意', 'Withdrew a consent'],
  'consent.listed': ['查看同意记录', 'Read the consents'],
  'consent.code-sent': ['发送签署验证码', 'Sent a code to sign with'],
  'consent.signed': ['签署知情同意书', 'Signed an informed consent'],
  'consent.evidence-read': ['取走签名证据', 'Took the evidence of a signature'],
  'disclosure.made': ['向服务商披露', 'Disclosed to a provider'],
  'disclosure.listed': ['查看披露记录', 'Read the disclosures'],
  'keys.rotated': ['轮换密钥', 'Rotated the keys'],
  'case.request': ['提交申请', 'Filed a request'],
  'request.refused': ['申请未通过规则', 'Refused a request by rule'],
  'bar.recorded': ['登记等待期内确诊', 'Recorded a diagnosis in the waiting period'],
  'case.read': ['查看案件', 'Read a case'],
  'satisfaction.said': ['会员评价了服务', 'The member said how satisfied she was'],
  'video.on-duty': ['视频医生上线', 'A video doctor went on duty'],
  'video.off-duty': ['视频医生下线', 'A video doctor went off duty'],
  'video.declined': ['视频医生没有接诊', 'A video doctor declined a call'],
  'video.rostered': ['排班', 'Put a doctor on the roster'],
  'video.unrostered': ['取消排班', 'Took a doctor off the roster'],
  'video.standby-called': ['叫备班医生', 'Called the standby doctors'],
  'case.assigned': ['分派案件', 'Assigned a case'],
  'person.revealed': ['查看完整身份信息', 'Revealed a person'],
  'approval.asked': ['提请复核', 'Asked for a second approval'],
  'message.listed': ['查看消息列表', 'Read the list of messages'],
  'message.read': ['阅读消息', 'Read a message'],
  'session.started': ['登录', 'Signed in'],
  'session.ended': ['退出登录', 'Signed out'],
  'session.failed': ['登录失败', 'Failed to sign in'],
  'session.role-switched': ['切换角色', 'Switched the role'],
  'account.created': ['新建账号', 'Made an account'],
  'account.roles-changed': ['更改角色', 'Changed roles'],
  'account.state-changed': ['锁定、解锁或离职', 'Locked, unlocked or ended an account'],
  'account.totp-reset': ['重置动态口令', 'Took a second factor away'],
  'account.password-reset': ['重置密码', 'Reset a password'],
  'account.password-changed': ['更改密码', 'Changed the own password'],
  'account.sessions-ended': ['强制退出', 'Signed an account out everywhere'],
  'wechat.bound': ['绑定微信', 'Bound WeChat'],
  'wechat.ended': ['解除微信绑定', 'Ended the binding of WeChat'],
  'phone.changed': ['更换手机号', 'Changed a phone number'],
  'desk.searched': ['查找来电人', 'Searched for a caller'],
  'desk.hit-shown': ['显示来电人线索', 'Was shown a caller, masked'],
  'desk.check-started': ['开始核实身份', 'Started a check of a caller'],
  'desk.check-passed': ['身份核实通过', 'A caller passed the check'],
  'desk.check-failed': ['身份核实未通过', 'A caller failed the check'],
  'desk.code-sent': ['发送核实验证码', 'Sent a code to the number on file'],
  'desk.file-locked': ['档案当日锁定', 'Locked a file for the day'],
  'desk.file-read': ['查看来电人档案', "Read a caller's file"],
  'delegation.asked': ['请对方授权代办', 'Asked for a delegation'],
  'delegation.given': ['授权他人代办', 'Gave a delegation'],
  'delegation.ended': ['收回授权', 'Took a delegation back'],
  'policies.imported': ['导入保单', 'Imported policies'],
  'list.imported': ['导入名单', 'Imported a list'],
  'calendar.imported': ['导入节假日通知', 'Imported a holiday notice'],
  'breach.confirmed': ['确认超时原因', 'Confirmed the cause of a breach'],
  'breach.appealed': ['服务商对超时原因申诉', 'Appealed the cause of a breach'],
  'approval.approved': ['复核同意', 'Approved as the second person'],
  'approval.refused': ['复核不同意', 'Refused as the second person'],
  'approval.listed': ['查看待复核事项', 'Read the open approvals'],
  'clock.corrected': ['更正超时记录', 'Corrected a breach'],
  'bar.corrected': ['更正等待期内确诊', 'Corrected a bar'],
  'use.corrected': ['更正使用次数', 'Corrected a use'],
  'minor.access-given': ['准予查看未成年人资料', 'Opened a minor’s file to somebody'],
  'appeal.filed': ['提出申诉', 'Filed an appeal'],
  'appeal.listed': ['查看申诉', 'Read the appeals'],
  'appeal.answered': ['答复申诉', 'Answered an appeal'],
  'complaint.filed': ['提出投诉', 'Filed a complaint'],
  'complaint.listed': ['查看投诉列表', 'Read the complaints'],
  'complaint.read': ['查看投诉', 'Read a complaint'],
  'complaint.taken': ['受理投诉', 'Took a complaint'],
  'complaint.assigned': ['把投诉交给处理人', 'Gave a complaint to a handler'],
  'complaint.asked': ['请投诉人补充说明', 'Asked the complainant'],
  'complaint.replied': ['投诉人补充说明', 'The complainant answered'],
  'complaint.added': ['补充投诉内容', 'Added to a complaint'],
  'complaint.noted': ['记录投诉核实情况', 'Noted on a complaint'],
  'complaint.stated': ['记录有关人员说明', 'Recorded a statement on a complaint'],
  'complaint.extended': ['延长投诉答复期限', 'Took more time for a complaint'],
  'complaint.extension-asked': ['提请再延长投诉期限', 'Asked for more time for a complaint'],
  'complaint.extended-again': ['批准再延长投诉期限', 'More time for a complaint by approval'],
  'complaint.breached': ['投诉超过答复期限', 'A complaint passed its time'],
  'complaint.answered': ['答复投诉', 'Answered a complaint'],
  'complaint.told': ['告知投诉人', 'Told the complainant'],
  'complaint.withdrawn': ['撤回投诉', 'Withdrew a complaint'],
  'complaint.review-asked': ['申请核查', 'Asked for a review of an answer'],
  'call-back.asked': ['请求回电', 'Asked to be called back'],
  'call-back.listed': ['查看回电列表', 'Read the call backs'],
  'call-back.taken': ['接手回电', 'Took a call back'],
  'call-back.tried': ['回电', 'Called back'],
  'call-back.closed': ['办结回电', 'Closed a call back'],
  'call-back.withdrawn': ['取消回电', 'Withdrew a call back'],
  'decision.read': ['查看决定', 'Read a decision'],
  'case.reminded': ['提醒会员', 'Reminded the member'],
  'course.read': ['查看病程管理', 'Read a course'],
  'course.diary': ['登记不良反应', 'Noted a reaction'],
  'course.answers': ['登记问卷', 'Answered a questionnaire'],
  'course.call': ['登记回访', 'Recorded a follow-up call'],
  'course.nutrition': ['写营养和康复方案', 'Wrote the plan of nutrition and rehabilitation'],
  'phrase.added': ['新增常用语', 'Added a phrase'],
  'phrase.changed': ['修改常用语', 'Changed a phrase'],
  'phrase.retired': ['停用常用语', 'Took a phrase out of use'],
  'settlement.reserved': ['为购药审批预留额度', 'Reserved for the approval of a purchase'],
  'settlement.pharmacy-agreed': ['约定取药药店', 'Agreed the pharmacy'],
  'settlement.extended': ['延长购药审批', 'Extended the approval of a purchase'],
  'settlement.released': ['退回购药审批的额度', 'Released the approval of a purchase'],
  'settlement.expired': ['购药审批过期', 'The approval of a purchase ended'],
  'settlement.dispensed': ['发药并结算', 'Dispensed and settled'],
  'settlement.signed': ['签收药品', 'Signed for a drug'],
  'settlement.paid': ['登记会员已付', "Recorded the member's payment"],
  'settlement.refunded': ['登记已退款给会员', 'Recorded a refund to the member'],
  'settlement.returned': ['退药', 'Took packs back'],
  'settlement.read': ['查看直赔明细', 'Read the figures of a settlement'],
  'settlement.statement-opened': ['开立直赔结算单', 'Opened a statement'],
  'settlement.invoices-taken': ['接收发票', 'Took invoices in'],
  'settlement.line-dispute': ['向服务商提出差异', 'Put a difference to the provider'],
  'settlement.line-correct': ['更正开票', 'Corrected an invoice line'],
  'settlement.line-withdraw': ['撤回开票', 'Withdrew an invoice line'],
  'settlement.line-settle': ['按结算数付款', 'Settled a line by the settlement'],
  'settlement.statement-prepared': ['结算单提交复核', 'Prepared a statement'],
  'settlement.statement-approved': ['结算单复核通过', 'Approved a statement'],
  'settlement.statement-sent-back': ['结算单退回', 'Sent a statement back'],
  'settlement.statement-exported': ['导出结算单', 'Took a statement away as a file'],
  'settlement.flag-closed': ['核查完发药疑点', 'Closed a doubt about a dispensing'],
  'claim.taken': ['取走理赔资料', 'Took a claim away'],
  'hospital.slots-opened': ['开放号源', 'Opened slots'],
  'hospital.slots-closed': ['停掉号源', 'Closed slots'],
  'hospital.package-saved': ['改了体检套餐', 'Changed a check-up package'],
  'hospital.package-dropped': ['撤下体检套餐', 'Took a check-up package off'],
  'person.died': ['登记身故', 'Recorded a death'],
  'person.capacity': ['登记行为能力', 'Recorded capacity'],
};

/** Every action with a label, for the search form and the test that keeps the codes in one style. */
export const labelledActions: readonly string[] = Object.keys(labels);

/** The action in the caller's words; `case.<event>` has the label of the chart's event. */
export function actionLabel(action: string, language: Language): string {
  const found = labels[action];
  if (found) return language === 'zh' ? found[0] : found[1];
  const event = action.startsWith('case.') ? action.slice(5) : '';
  for (const { events } of JOURNEYS) if (Object.hasOwn(events, event)) return events[event]!.label[language];
  return action;
}

/** The name of a service, promise, kind of paper or provider of any plan, or of a message template or an action. */
export const nameInPlans =
  (ctx: Pick<Ctx, 'plans'>): PlanNames =>
  (code, lang) => {
    for (const plan of ctx.plans) {
      const services = Object.values(plan.services);
      const found =
        plan.services[code]?.name ??
        plan.paperKinds.find(({ kind }) => kind === code)?.name ??
        plan.providers.find((provider) => provider.code === code)?.name ??
        services.flatMap(({ promises, targets }) => [...promises, ...targets]).find((rule) => rule.code === code)
          ?.label;
      if (found) return found[lang];
    }
    return findTemplate(code)?.subject[lang] ?? actionLabel(code, lang);
  };
