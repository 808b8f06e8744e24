/** Which roles one account may hold together. Role names are the contract's. */
import { OUTSIDE_ROLES } from '../journeys/journey.ts';

export type RoleFault =
  | 'member-is-no-staff'
  | 'provider-stands-alone'
  | 'provider-needs-company'
  | 'auditor-stands-alone'
  | 'administrator-sees-no-health';

/** Who serves from outside: staff of a provider, a laboratory or a pharmacy, experts. */
const OUTSIDE: readonly string[] = OUTSIDE_ROLES;

/**
 * Everything wrong with the roles of a staff or provider account; none = good. Those who give rights neither use them
 * on health data nor audit themselves (等保2.0: administrators, auditors and operators are apart).
 */
export function checkRoles(roles: readonly string[], provider: string | null): RoleFault[] {
  const faults: RoleFault[] = [];
  const alone = roles.length === 1;
  if (roles.includes('member')) faults.push('member-is-no-staff');
  const outside = roles.some((role) => OUTSIDE.includes(role));
  if (outside && !alone) faults.push('provider-stands-alone');
  if (outside !== (provider !== null)) faults.push('provider-needs-company');
  if (roles.includes('auditor') && !alone) faults.push('auditor-stands-alone');
  const beside = roles.filter((role) => role !== 'administrator' && role !== 'plan-administrator');
  if (roles.includes('administrator') && beside.length > 0) faults.push('administrator-sees-no-health');
  return faults;
}

const words: Record<RoleFault, { zh: string; en: string }> = {
  'member-is-no-staff': { zh: '会员账号不能在此创建', en: 'Members get their account by signing in' },
  'provider-stands-alone': {
    zh: '服务商、检测机构、药店和专家账号不能兼任其他角色',
    en: 'Staff of a provider, laboratory or pharmacy, and experts, hold no other role',
  },
  'provider-needs-company': {
    zh: '服务商、检测机构、药店和专家角色须填写所属单位（专家和药店填名单编号），其他角色不填',
    en: 'A provider, laboratory, pharmacy or expert names its company (expert and pharmacy their row of the list), and nobody else does',
  },
  'auditor-stands-alone': { zh: '审计员不能兼任其他角色', en: 'An auditor holds no other role' },
  'administrator-sees-no-health': {
    zh: '账号管理员不能兼任接触健康信息的角色',
    en: 'An administrator holds no role that sees health data',
  },
};

export function explainRoleFault(fault: RoleFault, lang: 'zh' | 'en'): string {
  return words[fault][lang];
}
