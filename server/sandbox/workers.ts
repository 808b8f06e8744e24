/** Who works in the sandbox, all invented: one of every working role, two where a second person is needed. */
import type { Role } from '#contract/common.ts';

export type Worker = {
  key: string;
  name: string;
  roles: Role[];
  provider?: string;
  /** An expert: her name on the list. */
  expert?: string;
  /** A pharmacist: the pharmacy's name on the list. */
  pharmacy?: string;
  /** A pharmacist of a pharmacy that confirms CAR-T products. */
  cartPharmacy?: string;
  /** A video doctor: her name on the list. */
  videoDoctor?: string;
  group: string;
  situation: string;
};
export const WORKERS: readonly Worker[] = [
  { key: 'desk', name: '客服·安然', roles: ['service-desk'], group: '客服', situation: '接听热线，核对身份，代为登记' },
  {
    key: 'reviewer',
    name: '审核员·方正',
    roles: ['reviewer'],
    group: '医学审核',
    situation: '核对资料，核实疾病和日期',
  },
  {
    key: 'reviewer2',
    name: '审核员·秋实',
    roles: ['reviewer'],
    group: '医学审核',
    situation: '第二位审核员，可接手转来的审核',
  },
  {
    key: 'manager',
    name: '病案经理·晴川',
    roles: ['case-manager'],
    group: '病案经理',
    situation: '写就医路径，跟进每一单',
  },
  {
    key: 'manager2',
    name: '病案经理·云帆',
    roles: ['case-manager'],
    group: '病案经理',
    situation: '可接手转来的服务单',
  },
  {
    key: 'provider',
    name: '商涌·接单员',
    roles: ['provider'],
    provider: 'shangyong',
    group: '服务商',
    situation: '只看到交给本公司的服务单',
  },
  {
    key: 'provider2',
    name: '惠医·接单员',
    roles: ['provider'],
    provider: 'huiyi',
    group: '服务商',
    situation: '另一家服务商，看不到商涌的单',
  },
  {
    key: 'laboratory',
    name: '示例检验所·收样员',
    roles: ['laboratory'],
    provider: 'sample-lab',
    group: '检测机构',
    situation: '只看到交给本机构的检测',
  },
  {
    key: 'expert',
    name: '示例医生甲',
    roles: ['expert'],
    expert: '示例医生甲',
    group: '专家',
    situation: '只看到约到自己的二诊和会审',
  },
  {
    key: 'expert2',
    name: '示例医生丙戊戊',
    roles: ['expert'],
    expert: '示例医生丙戊戊',
    group: '专家',
    situation: '血液科，CAR-T 会审',
  },
  {
    key: 'expert3',
    name: '示例医生丙戊辛',
    roles: ['expert'],
    expert: '示例医生丙戊辛',
    group: '专家',
    situation: '血液科，CAR-T 会审',
  },
  {
    key: 'video-doctor',
    name: '示例视频医生甲',
    roles: ['video-doctor'],
    videoDoctor: '示例视频医生甲',
    group: '视频问诊',
    situation: '上线接诊，写问诊小结，答复追问',
  },
  {
    key: 'video-doctor2',
    name: '示例视频医生乙',
    roles: ['video-doctor'],
    videoDoctor: '示例视频医生乙',
    group: '视频问诊',
    situation: '第二位视频医生，前一位没接就轮到',
  },
  {
    key: 'video-doctor3',
    name: '示例视频医生戊',
    roles: ['video-doctor'],
    videoDoctor: '示例视频医生戊',
    group: '视频问诊',
    situation: '名单上登记为不在职，上线也接不到会员',
  },
  {
    key: 'drug-reviewer',
    name: '处方审核·细看',
    roles: ['drug-reviewer'],
    group: '特药',
    situation: '审核特药处方，第一步',
  },
  {
    key: 'drug-consultant',
    name: '惠医·特药咨询医师',
    roles: ['drug-consultant'],
    provider: 'huiyi',
    group: '特药',
    situation: '复审处方、联系会员、约药店',
  },
  {
    key: 'aid-assistant',
    name: '惠医·医生助理',
    roles: ['aid-assistant'],
    provider: 'huiyi',
    group: '特药',
    situation: '准备慈善援助材料',
  },
  {
    key: 'car-t-specialist',
    name: '惠医·CAR-T 专员',
    roles: ['car-t-specialist'],
    provider: 'huiyi',
    group: 'CAR-T',
    situation: '安排面诊、入院和病程管理',
  },
  {
    key: 'pharmacist',
    name: '示例药房一店·药师',
    roles: ['pharmacist'],
    pharmacy: '示例药房一店',
    group: '药店',
    situation: '只看到约在本店的取药',
  },
  {
    key: 'cart-pharmacist',
    name: '细胞治疗一店·药师',
    roles: ['pharmacist'],
    cartPharmacy: '示例药房细胞治疗一店',
    group: '药店',
    situation: '核对确认 CAR-T 产品，不能自取',
  },
  {
    key: 'hospital-staff',
    name: '弘爱·门诊部',
    roles: ['hospital-staff'],
    provider: 'hongai',
    group: '医院',
    situation: '今天的预约、签到、号源',
  },
  {
    key: 'settlement-clerk',
    name: '结算·算清',
    roles: ['settlement-clerk'],
    group: '结算',
    situation: '核对每月直赔结算单',
  },
  {
    key: 'settlement-approver',
    name: '结算复核·对平',
    roles: ['settlement-approver'],
    group: '结算',
    situation: '复核结算单，两人核对用',
  },
  {
    key: 'complaint-handler',
    name: '投诉处理·听真',
    roles: ['complaint-handler'],
    group: '投诉',
    situation: '处理投诉和申诉，参与过的一律回避',
  },
  {
    key: 'complaint-handler2',
    name: '投诉处理·问清',
    roles: ['complaint-handler'],
    group: '投诉',
    situation: '第二位投诉处理，核查时回避第一位',
  },
  {
    key: 'supervisor',
    name: '主管·明远',
    roles: ['supervisor'],
    group: '主管',
    situation: '晚了的承诺、第二人核对、全部投诉',
  },
  { key: 'supervisor2', name: '主管·知行', roles: ['supervisor'], group: '主管', situation: '第二位主管，两人核对用' },
  { key: 'operations', name: '运营·周全', roles: ['operations'], group: '运营', situation: '全部时效、超时原因' },
  {
    key: 'planner',
    name: '计划管理员·条理',
    roles: ['plan-administrator'],
    group: '计划',
    situation: '按条款查看手册计划',
  },
  {
    key: 'admin',
    name: '管理员·守门',
    roles: ['administrator'],
    group: '管理',
    situation: '账号与角色，看不到健康信息',
  },
  { key: 'auditor', name: '审计·有据', roles: ['auditor'], group: '审计', situation: '查审计记录并校验' },
];
