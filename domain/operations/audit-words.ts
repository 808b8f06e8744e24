/**
 * What the auditor reads for the details and the subject of an entry of the audit; the entry itself holds codes only.
 * Over 300 lines: one list of words, looked up by code.
 */
import { GROUP_WORDS } from '../consents/words.ts';
import { nameOfRule } from '../eligibility/rule-words.ts';
import { stateMeta } from '../journeys/journey.ts';
import { JOURNEYS } from '../journeys/registry.ts';
import type { Text } from '../plan/schema.ts';

type Lang = keyof Text;
export type DetailValue = string | number | boolean | null;

const t = (zh: string, en: string): Text => ({ zh, en });

/** Every name that a detail may have; an entry with another one does not compile. */
export const DETAIL_LABELS = {
  about: t('关于', 'About'),
  acceptedIn: t('已核实的服务单', 'Verified in case'),
  accounts: t('账号数', 'Accounts'),
  action: t('做了什么', 'Action'),
  actor: t('操作人', 'Actor'),
  added: t('新增', 'Added'),
  again: t('之前交过同一份', 'The same was handed in before'),
  appeal: t('申诉', 'Appeal'),
  approval: t('复核', 'Approval'),
  askedBy: t('提出人', 'Asked by'),
  assignee: t('交给', 'Given to'),
  before: t('原先确认', 'Confirmed before'),
  by: t('方式', 'By'),
  bytes: t('字节', 'Bytes'),
  case: t('服务单', 'Case'),
  cause: t('原因', 'Cause'),
  changed: t('更改', 'Changed'),
  channel: t('渠道', 'Channel'),
  checked: t('校验条数', 'Entries checked'),
  consent: t('同意记录', 'Consent'),
  dataKeys: t('数据密钥', 'Data keys'),
  day: t('日期', 'Day'),
  decision: t('决定', 'Decision'),
  due: t('到期', 'Due'),
  ended: t('结束的登录', 'Sessions ended'),
  event: t('事件', 'Event'),
  evidence: t('依据', 'Evidence'),
  failures: t('未通过次数', 'Failures'),
  fault: t('发现', 'Found'),
  fields: t('字段数', 'Fields'),
  first: t('首次', 'For the first time'),
  from: t('原为', 'From'),
  grant: t('准予', 'Grant'),
  groups: t('内容', 'What'),
  hits: t('找到', 'Found'),
  how: t('方式', 'By'),
  inTime: t('按时', 'In time'),
  kind: t('种类', 'Kind'),
  matter: t('事项', 'Matter'),
  milestones: t('节点', 'Milestones'),
  ok: t('完好', 'Intact'),
  openCases: t('进行中的服务单', 'Open cases'),
  pages: t('页数', 'Pages'),
  papers: t('资料数', 'Papers'),
  persons: t('人数', 'Persons'),
  promise: t('承诺', 'Promise'),
  proposed: t('原先提出', 'Proposed before'),
  proof: t('凭据', 'Proof'),
  provider: t('服务商', 'Provider'),
  purpose: t('用途', 'Purpose'),
  reasonGiven: t('写明了理由', 'A reason was given'),
  recipient: t('接收方', 'Recipient'),
  relation: t('与本人的关系', 'Relation'),
  removed: t('移除', 'Removed'),
  roles: t('岗位', 'Roles'),
  rows: t('条数', 'Entries'),
  rules: t('规则', 'Rules'),
  sealed: t('加密的值', 'Sealed values'),
  service: t('服务', 'Service'),
  skipped: t('跳过', 'Skipped'),
  state: t('状态', 'State'),
  template: t('消息模板', 'Template'),
  text: t('文本', 'Text'),
  to: t('改为', 'To'),
  type: t('格式', 'Format'),
  until: t('截止', 'Until'),
  value: t('结论', 'Value'),
  verdict: t('结论', 'Verdict'),
  version: t('版本', 'Version'),
  why: t('原因', 'Why'),
} as const satisfies Record<string, Text>;
export type DetailKey = keyof typeof DETAIL_LABELS;

/** The kinds of thing an entry may be about; what follows the colon is its id. */
export const SUBJECTS = {
  account: t('账号', 'Account'),
  appeal: t('申诉', 'Appeal'),
  appeals: t('申诉列表', 'List of appeals'),
  approval: t('复核', 'Approval'),
  approvals: t('待复核列表', 'List of approvals'),
  audit: t('审计记录', 'Audit'),
  'call-back': t('回电', 'Call back'),
  'call-backs': t('回电列表', 'List of call backs'),
  complaint: t('投诉', 'Complaint'),
  complaints: t('投诉列表', 'List of complaints'),
  bar: t('等待期内确诊', 'Bar'),
  breach: t('超时记录', 'Breach'),
  case: t('服务单', 'Case'),
  clock: t('计时', 'Clock'),
  consent: t('同意记录', 'Consent'),
  decision: t('决定', 'Decision'),
  delegation: t('委托', 'Delegation'),
  desk: t('查找来电人', 'Search for a caller'),
  'desk-check': t('身份核对', 'Caller check'),
  'drug-approval': t('购药审批', 'Approval of a purchase'),
  hospital: t('医院', 'Hospital'),
  import: t('导入', 'Import'),
  key: t('密钥', 'Key'),
  message: t('消息', 'Message'),
  messages: t('消息列表', 'List of messages'),
  paper: t('资料', 'Paper'),
  person: t('人员', 'Person'),
  phrase: t('常用语', 'Phrase'),
  'settlement-flag': t('发药疑点', 'Doubt about a dispensing'),
  'settlement-statement': t('直赔结算单', 'Statement of settlement'),
  doctor: t('视频医生', 'Video doctor'),
  roster: t('排班', 'Roster'),
} as const satisfies Record<string, Text>;
type SubjectKind = keyof typeof SUBJECTS;
export type Subject = SubjectKind | `${SubjectKind}:${string}`;

/** Codes that mean the same wherever they stand. Names of plans, services, papers and charts come from where they are defined. */
export const CODES: Readonly<Record<string, Text>> = {
  // roles, and with them whose time a promise ran over
  member: t('会员', 'Member'),
  'service-desk': t('客服', 'Service desk'),
  reviewer: t('医学审核', 'Reviewer'),
  'case-manager': t('病案经理', 'Case manager'),
  provider: t('服务商', 'Provider'),
  laboratory: t('检测机构', 'Laboratory'),
  'drug-reviewer': t('处方审核', 'Drug reviewer'),
  'drug-consultant': t('特药咨询医师', 'Drug consultant'),
  'aid-assistant': t('医生助理', "Doctor's assistant"),
  'car-t-specialist': t('CAR-T 专员', 'CAR-T specialist'),
  pharmacist: t('药店药师', 'Pharmacist'),
  'hospital-staff': t('医院工作人员', 'Hospital staff'),
  'settlement-clerk': t('结算专员', 'Settlement clerk'),
  'settlement-approver': t('结算复核', 'Settlement approver'),
  'complaint-handler': t('投诉处理', 'Complaint handler'),
  expert: t('二诊专家', 'Expert'),
  'video-doctor': t('视频医生', 'Video doctor'),
  supervisor: t('主管', 'Supervisor'),
  operations: t('运营', 'Operations'),
  'plan-administrator': t('计划管理员', 'Plan administrator'),
  administrator: t('系统管理员', 'Administrator'),
  auditor: t('审计员', 'Auditor'),
  desk: t('客服', 'Service desk'),
  hospital: t('医院', 'Hospital'),
  system: t('系统', 'System'),
  'outside-control': t('不可控', 'Outside our control'),
  // approvals, appeals, accounts
  'second-paper-list': t('第二次要求补资料', 'A second list of papers'),
  'correct-bar': t('更正等待期内确诊', 'Correct a bar'),
  'correct-use': t('更正使用次数', 'Correct a use'),
  'correct-clock': t('更正超时记录', 'Correct a breach'),
  'change-phone': t('更换手机号', 'Change a phone number'),
  'open-minor': t('查看未成年人服务单', "Open a minor's case"),
  'extend-complaint': t('再延长投诉答复期限', 'More time for a complaint'),
  upheld: t('维持原处理', 'Upheld'),
  overturned: t('成立，已改正', 'Overturned'),
  partly: t('部分成立', 'Partly'),
  settled: t('协商一致', 'Settled'),
  helped: t('已解决', 'Helped'),
  'passed-on': t('已转交办理', 'Passed on'),
  'no-longer-needed': t('不再需要', 'No longer needed'),
  'not-reached': t('没有联系上', 'Not reached'),
  heir: t('继承人', 'Heir'),
  letter: t('来信', 'Letter'),
  decision: t('决定', 'Decision'),
  service: t('服务', 'Service'),
  conduct: t('态度和做法', 'Conduct'),
  waiting: t('等待', 'Waiting'),
  data: t('个人信息', 'Personal data'),
  'complaint-answer': t('15日内答复', 'Answer in 15 days'),
  'complaint-answer-complex': t('复杂，30日内答复', 'Complex: answer in 30 days'),
  'complaint-extension': t('经批准再延长30日', '30 days more by approval'),
  'complaint-review': t('30日内核查', 'Review in 30 days'),
  active: t('可用', 'Active'),
  locked: t('已锁定', 'Locked'),
  left: t('已离职', 'Left'),
  // who asks, and how
  self: t('本人', 'The person served'),
  policyholder: t('投保人', 'Policyholder'),
  insured: t('被保险人', 'Insured'),
  beneficiary: t('受益人', 'Beneficiary'),
  guardian: t('监护人', 'Guardian'),
  agent: t('受托人', 'Agent'),
  other: t('其他', 'Other'),
  portal: t('线上', 'Portal'),
  hotline: t('服务热线', 'Hotline'),
  'verified-call': t('核实过的来电', 'Verified call'),
  paper: t('书面', 'On paper'),
  assigned: t('随分派', 'With an assignment'),
  approved: t('第二人同意', 'Approved by a second person'),
  sandbox: t('演示登录', 'Sandbox sign-in'),
  password: t('密码', 'Password'),
  totp: t('动态口令', 'Second factor'),
  code: t('验证码', 'Code'),
  'code-and-identity': t('验证码和身份信息', 'Code and identity'),
  identity: t('身份信息', 'Identity'),
  wechat: t('微信', 'WeChat'),
  'wechat-and-identity': t('微信和身份信息', 'WeChat and identity'),
  'by-member': t('本人取消', 'Taken back by the member'),
  replaced: t('换绑', 'Replaced by another'),
  'phone-changed': t('更换了手机号', 'The phone number changed'),
  died: t('已身故', 'Has died'),
  answers: t('回答问题', 'Answers'),
  'old-code': t('原号码验证码', 'Code to the old number'),
  'second-person': t('第二人复核', 'A second person'),
  // what a check of the audit finds
  missing: t('缺失', 'Missing'),
  altered: t('被改动', 'Altered'),
  inserted: t('被插入', 'Inserted'),
  'cut-off': t('末尾被截断', 'Cut off'),
  // what a caller is searched by
  policyNo: t('保单号', 'Policy number'),
  idNumber: t('证件号码', 'ID number'),
  phone: t('电话', 'Telephone'),
  name: t('姓名', 'Name'),
  bornOn: t('出生日期', 'Date of birth'),
  // what came of a doubt about a dispensing
  mistake: t('误操作', 'A mistake'),
  misuse: t('冒用', 'Misuse'),
  // imports
  policies: t('保单', 'Policies'),
  hospitals: t('医院', 'Hospitals'),
  experts: t('专家', 'Experts'),
  providers: t('服务商', 'Providers'),
  calendar: t('节假日', 'Calendar'),
  drugs: t('药品', 'Drugs'),
  pharmacies: t('药房', 'Pharmacies'),
  'cart-hospitals': t('CAR-T 医院', 'CAR-T hospitals'),
  'cart-pharmacies': t('CAR-T 药房', 'CAR-T pharmacies'),
  programmes: t('援助项目', 'Aid programmes'),
  trials: t('临床试验', 'clinical trials'),
  'video-doctors': t('视频医生', 'video doctors'),
  departments: t('院内科室', "a hospital's departments"),
  'hospital-doctors': t('院内医生', "a hospital's doctors"),
  packages: t('体检套餐', 'check-up packages'),
  slots: t('号源', 'appointment slots'),
};

/** Names that only a plan knows, asked in this order. */
export type PlanNames = (code: string, lang: Lang) => string | undefined;

/** An entry's details in words; what says nothing is left out, and what has no words (an id, a number, a day) stands as it is. */
export function detailWords(
  action: string,
  details: Readonly<Record<string, DetailValue>>,
  nameOf: PlanNames,
  lang: Lang,
): { label: string; value: string }[] {
  return Object.entries(details).flatMap(([key, value]) =>
    value === null || value === ''
      ? []
      : [{ label: labelOf(key, lang), value: valueWords(action, key, value, nameOf, lang) }],
  );
}

const labelOf = (key: string, lang: Lang): string =>
  Object.hasOwn(DETAIL_LABELS, key) ? DETAIL_LABELS[key as DetailKey][lang] : key;

function valueWords(
  action: string,
  key: string,
  value: string | number | boolean,
  nameOf: PlanNames,
  lang: Lang,
): string {
  if (typeof value === 'boolean') return (value ? t('是', 'yes') : t('否', 'no'))[lang];
  if (typeof value === 'number') return String(value);
  const between = lang === 'zh' ? '、' : ', ';
  if (key === 'about') return subjectWords(value, lang);
  if (key === 'rules')
    return listOf(value)
      .map((rule) => nameOfRule(rule, lang))
      .join(between);
  if (key === 'groups')
    return listOf(value)
      .map((group) => (GROUP_WORDS as Readonly<Record<string, Text>>)[group]?.[lang] ?? group)
      .join(between);
  if (action.startsWith('case.') && ['from', 'to', 'state'].includes(key)) return stateWords(value, lang);
  return listOf(value)
    .map((code) => (Object.hasOwn(CODES, code) ? CODES[code]![lang] : (nameOf(code, lang) ?? code)))
    .join(between);
}

/** Codes that stand in one detail are parted by a space or a comma. */
const listOf = (value: string): string[] => value.split(/[ ,]/).filter(Boolean);

/** A state of any released chart by its label; the same code means the same in each. */
export function stateWords(state: string, lang: Lang): string {
  const journey = JOURNEYS.find(({ machine }) => Object.hasOwn(machine.states, state));
  if (!journey) return state;
  const { desk, label } = stateMeta(journey, state);
  return (desk ?? label)[lang];
}

/** What an entry is about: its kind in words, then the id by which it is searched. */
export function subjectWords(subject: string, lang: Lang): string {
  const [kind = '', id] = subject.split(/:(.*)/);
  if (kind === 'desk') return SUBJECTS.desk[lang];
  const words = Object.hasOwn(SUBJECTS, kind) ? SUBJECTS[kind as SubjectKind][lang] : kind;
  return [words, id].filter(Boolean).join(' ');
}
