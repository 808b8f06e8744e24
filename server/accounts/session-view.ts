import type { Role } from '#contract/common.ts';
import type { SessionView } from '#contract/people.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { CALENDAR_WARNING_DAYS, daysUntilHorizon } from '#domain/calendar/work-calendar.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { Language } from '#server/platform/problem.ts';

type InsurerView = SessionView['insurer'];

/** Name and hotline of the insurer; the hotline is that of its newest plan. */
export function viewInsurer(ctx: Ctx, lang: Language): InsurerView {
  const newest = ctx.plans.toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? 1 : -1))[0];
  return { code: ctx.insurer, name: ctx.insurerName[lang], hotline: newest?.hotline ?? '' };
}

/** What the screens need to know about who is signed in. */
export async function viewSession(db: Db, ctx: Ctx, actor: Actor, lang: Language): Promise<SessionView> {
  if (actor.accountId === null || actor.role === 'system') throw new Error('The system has no session.');
  const now = await ctx.clock.now(db);
  return {
    account: {
      id: actor.accountId,
      name: actor.name,
      roles: [...actor.roles],
      role: actor.role,
      personId: actor.personId,
      provider: actor.provider,
    },
    insurer: viewInsurer(ctx, lang),
    mode: ctx.config.mode,
    now: formatInstant(now),
    calendarUntil: ctx.calendar().coversUntil,
    calendarEndsSoon: daysUntilHorizon(ctx.calendar(), dayOf(now)) < CALENDAR_WARNING_DAYS,
    desks: actor.roles
      .filter((role) => role !== 'member')
      .map((role) => ({ code: role, label: deskNames[role][lang] })),
  };
}

const deskNames: Record<Role, { zh: string; en: string }> = {
  member: { zh: '会员', en: 'Member' },
  'service-desk': { zh: '客服', en: 'Service desk' },
  reviewer: { zh: '医学审核', en: 'Medical review' },
  'case-manager': { zh: '病案经理', en: 'Case management' },
  provider: { zh: '服务商', en: 'Provider' },
  laboratory: { zh: '检测机构', en: 'Laboratory' },
  expert: { zh: '专家', en: 'Expert' },
  'video-doctor': { zh: '视频医生', en: 'Video doctor' },
  'drug-reviewer': { zh: '处方审核', en: 'Drug review' },
  'drug-consultant': { zh: '特药咨询', en: 'Drug consultants' },
  'aid-assistant': { zh: '援助用药', en: 'Charity aid' },
  'car-t-specialist': { zh: 'CAR-T 专员', en: 'CAR-T' },
  pharmacist: { zh: '药店', en: 'Pharmacy' },
  'complaint-handler': { zh: '投诉处理', en: 'Complaint handler' },
  'hospital-staff': { zh: '医院', en: 'Hospital' },
  'settlement-clerk': { zh: '结算', en: 'Settlement' },
  'settlement-approver': { zh: '结算复核', en: 'Settlement approval' },
  supervisor: { zh: '主管', en: 'Supervision' },
  operations: { zh: '运营', en: 'Operations' },
  'plan-administrator': { zh: '计划管理', en: 'Plans' },
  administrator: { zh: '账号管理', en: 'Accounts' },
  auditor: { zh: '审计', en: 'Audit' },
};
