import type { Role } from '../../shared/types.ts';
import { m } from '../messages.ts';
import { urls } from '../urls.ts';

/** A page of the console that is not a filter of the work list. */
export type Tool = { to: string; label: () => string; roles: readonly Role[] };

/** Roles whose day is a list of cases; the others have no case to open and see no health data by default. */
export const WORKING_ROLES: readonly Role[] = [
  'service-desk',
  'reviewer',
  'case-manager',
  'provider',
  'laboratory',
  'expert',
  'drug-reviewer',
  'drug-consultant',
  'aid-assistant',
  'car-t-specialist',
  'pharmacist',
  'video-doctor',
  'hospital-staff',
  'supervisor',
  'operations',
];

/** The pages beside the work list, in the order they stand in the navigation. The server refuses whatever a role may not. */
export const TOOLS: readonly Tool[] = [
  { to: urls.consult(), label: m.console_nav_consult, roles: ['video-doctor'] },
  { to: urls.videoBoard(), label: m.console_nav_video_board, roles: ['supervisor', 'operations'] },
  { to: urls.find(), label: m.console_nav_find, roles: ['service-desk'] },
  { to: urls.callBacks(), label: m.console_nav_call_backs, roles: ['service-desk', 'supervisor'] },
  { to: urls.hospital(), label: m.console_nav_hospital, roles: ['hospital-staff'] },
  { to: urls.approvals(), label: m.console_nav_approvals, roles: ['supervisor'] },
  { to: urls.complaints(), label: m.console_nav_complaints, roles: ['complaint-handler', 'supervisor'] },
  { to: urls.phrases(), label: m.console_nav_phrases, roles: ['case-manager', 'supervisor'] },
  {
    to: urls.list('drugs'),
    label: m.console_nav_lists,
    roles: [
      'service-desk',
      'reviewer',
      'drug-reviewer',
      'case-manager',
      'drug-consultant',
      'aid-assistant',
      'car-t-specialist',
      'pharmacist',
      'supervisor',
      'plan-administrator',
    ],
  },
  { to: urls.clocks(), label: m.console_nav_clocks, roles: ['operations', 'supervisor'] },
  { to: urls.breaches(), label: m.console_nav_breaches, roles: ['operations', 'supervisor', 'provider'] },
  { to: urls.promises(), label: m.console_nav_promises, roles: ['operations', 'supervisor'] },
  {
    to: urls.quality(),
    label: m.console_nav_quality,
    roles: ['operations', 'supervisor', 'provider', 'hospital-staff'],
  },
  {
    to: urls.settlement(),
    label: m.console_nav_settlement,
    roles: ['settlement-clerk', 'settlement-approver', 'provider'],
  },
  { to: urls.plans(), label: m.console_nav_plans, roles: ['plan-administrator'] },
  { to: urls.accounts(), label: m.console_nav_accounts, roles: ['administrator'] },
  { to: urls.audit(), label: m.console_nav_audit, roles: ['auditor'] },
];

/** Whether this role works a list of cases. */
export function worksCases(role: Role): boolean {
  return WORKING_ROLES.includes(role);
}

/** Those who write to members and note calls; the server holds the same list. */
export const writesWithPhrases = (role: Role): boolean =>
  role === 'service-desk' || role === 'reviewer' || role === 'case-manager' || role === 'supervisor';

/** Those who act on many cases of the list at once. */
export const worksMany = (role: Role): boolean => role === 'case-manager' || role === 'supervisor';

/** The pages this role has; a session uses one role at a time. */
export function listTools(role: Role): Tool[] {
  return TOOLS.filter((tool) => tool.roles.includes(role));
}

/** Where a role starts its day. */
export function homeOf(role: Role): string {
  if (role === 'service-desk') return urls.find();
  if (role === 'hospital-staff') return urls.hospital();
  if (role === 'operations') return urls.clocks();
  if (role === 'video-doctor') return urls.consult();
  if (worksCases(role)) return urls.work();
  return listTools(role)[0]?.to ?? urls.work();
}

/** A role in words. */
export function roleName(role: Role): string {
  const names: Record<Role, () => string> = {
    member: m.console_role_member,
    'service-desk': m.console_role_service_desk,
    reviewer: m.console_role_reviewer,
    'case-manager': m.console_role_case_manager,
    provider: m.console_role_provider,
    laboratory: m.console_role_laboratory,
    expert: m.console_role_expert,
    'drug-reviewer': m.console_role_drug_reviewer,
    'drug-consultant': m.console_role_drug_consultant,
    'aid-assistant': m.console_role_aid_assistant,
    'car-t-specialist': m.console_role_car_t_specialist,
    pharmacist: m.console_role_pharmacist,
    'video-doctor': m.console_role_video_doctor,
    'hospital-staff': m.console_role_hospital_staff,
    'settlement-clerk': m.console_role_settlement_clerk,
    'settlement-approver': m.console_role_settlement_approver,
    'complaint-handler': m.console_role_complaint_handler,
    supervisor: m.console_role_supervisor,
    operations: m.console_role_operations,
    'plan-administrator': m.console_role_plan_administrator,
    administrator: m.console_role_administrator,
    auditor: m.console_role_auditor,
  };
  return names[role]();
}
