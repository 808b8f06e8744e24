/** What she says of her case: once, changeable for some days; where the chart asks for a rating it is that rating. */
import type { SatisfactionInput, SatisfactionView } from '#contract/satisfaction.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { allowedEvents } from '#domain/journeys/advance.ts';
import type { CaseRole } from '#domain/journeys/journey.ts';
import { isOutside } from '#domain/journeys/journey.ts';
import { lastMoment, reasonsOf } from '#domain/satisfaction/satisfaction.ts';
import { recordAudit } from '#server/audit/record.ts';
import { findCaseRole } from '#server/cases/access.ts';
import { tell } from '#server/cases/apply-changes.ts';
import { loadFacts } from '#server/cases/facts.ts';
import { type OpenCase, openCaseForEvent, snapshotOf } from '#server/cases/move-case.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { bySender, sendEvent } from '#server/cases/send-event.ts';
import { openWith, sealWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { findSatisfaction, keepSaid, openSatisfaction, type SatisfactionRow } from './queries.ts';

type Lang = 'zh' | 'en';
type HerSide = 'member' | 'applicant';
const isHerSide = (role: CaseRole | undefined): role is HerSide => role === 'member' || role === 'applicant';

/** Returns the role the caller spoke in. @throws Problem not-found, not-acceptable (fields), not-possible-now */
export async function saySatisfaction(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
  input: SatisfactionInput,
  lang: Lang,
): Promise<HerSide> {
  const now = await ctx.clock.now(db);
  const row = await findCaseForUpdate(db, ctx, caseId);
  const role = row && (await findCaseRole(db, ctx, actor, row, now));
  if (!row || !isHerSide(role)) throw new Problem('not-found');
  const open = await openCaseForEvent(db, ctx, row);
  const rule = open.running.plan.satisfaction;
  const offered = rule ? reasonsOf(rule, row.kind).map(({ code }) => code) : [];
  const unknown = input.reasons.findIndex((code) => !offered.includes(code));
  if (unknown >= 0)
    throw new Problem('not-acceptable', {
      errors: [
        {
          pointer: `/reasons/${unknown}`,
          detail: { zh: '没有这个原因可选', en: 'this reason is not among those to choose from' },
        },
      ],
    });
  const facts = bySender(await loadFacts(db, ctx, open, undefined, {}, now), actor, role);
  if (allowedEvents(open.journey, snapshotOf(open), role, facts).includes('rate')) {
    const words = input.words ? { words: input.words } : {};
    const payload = { stars: input.stars, ...words };
    await sendEvent(db, ctx, actor, caseId, { type: 'rate', version: row.version, payload }, lang);
    await keepSatisfaction(db, ctx, open, { ...input, role, now });
    return role;
  }
  const found = await findSatisfaction(db, ctx, caseId);
  const until = rule && found ? lastMoment(rule, found) : null;
  if (!until || until < now)
    throw new Problem('not-possible-now', {
      detail: {
        zh: found?.stars ? '评价已经不能再改' : '现在不能评价这份服务单',
        en: found?.stars ? 'What was said can no longer be changed' : 'This case cannot be rated now',
      },
    });
  await keepSatisfaction(db, ctx, open, { ...input, role, now });
  await recordAudit(db, ctx, {
    actor,
    action: 'satisfaction.said',
    subject: `case:${caseId}`,
    caseId,
    personId: row.personId,
    now,
  });
  return role;
}

/** Keeps it, also when it came as the chart's own rating; the supervisor hears of a low one, once a case. */
export async function keepSatisfaction(
  db: Db,
  ctx: Ctx,
  { row, key, running }: Pick<OpenCase, 'row' | 'key' | 'running'>,
  said: { stars: number; reasons: readonly string[]; words?: string | undefined; role: HerSide; now: Date },
): Promise<void> {
  const { stars, reasons, words, role: byRole, now } = said;
  const low = stars <= (running.plan.satisfaction?.lowAtMost ?? 0);
  // Asked by its chart before there was a place for it.
  if (!(await findSatisfaction(db, ctx, row.id)))
    await openSatisfaction(db, ctx, row, { askedAt: now, endedAt: row.final ? now : null });
  const sealed = words ? sealWith(key, ctx, 'satisfactions', row.id, words) : null;
  await keepSaid(db, ctx, { caseId: row.id, stars, low, reasons, words: sealed, byRole, now });
  if (low) await tell(db, ctx, row, 'supervisor', 'satisfaction-low', false, `satisfaction-low/${row.id}`, now);
}

/** As the member, who acts for her, and the house read it; who serves from outside reads figures only. */
export async function satisfactionOf(
  db: Db,
  ctx: Ctx,
  { row, key, running }: OpenCase,
  role: CaseRole,
  rate: { warning?: string | undefined } | undefined,
  lang: Lang,
  now: Date,
): Promise<SatisfactionView | null> {
  const rule = running.plan.satisfaction;
  if (!rule || isOutside(role)) return null;
  const found = await findSatisfaction(db, ctx, row.id);
  const until = found ? lastMoment(rule, found) : null;
  const open = isHerSide(role) && (rate !== undefined || (until !== null && until >= now));
  if (!open && !found?.stars) return null;
  const choices = reasonsOf(rule, row.kind).map(({ code, name }) => ({ code, label: name[lang] }));
  return {
    open,
    until: rate || !until ? null : formatInstant(until),
    warning: rate?.warning ?? null,
    choices,
    ...saidOf(found),
    words: found?.words ? openWith<string>(key, ctx, 'satisfactions', row.id, found.words) : null,
  };
}

const saidOf = (found: SatisfactionRow | undefined) => ({
  stars: found?.stars ?? null,
  low: found?.low ?? false,
  reasons: found?.reasons ?? [],
  saidAt: found?.saidAt ? formatInstant(found.saidAt) : null,
});
