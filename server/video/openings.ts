/** The service opened for a year [2.1.6]: sent to the provider until it acknowledges, and kept. */
import { addDays, addYearsSameDate, dayOf } from '#domain/calendar/day.ts';
import { tell } from '#server/cases/apply-changes.ts';
import type { Effect } from '#server/cases/effects.ts';
import { type OpenCase, openCaseForEvent, saveCase } from '#server/cases/move-case.ts';
import { findCase, findCaseForUpdate } from '#server/cases/queries.ts';
import { findPolicy } from '#server/cases/question.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { recordDisclosure } from '#server/consents/disclosures.ts';
import { findConsent } from '#server/consents/queries.ts';
import { getPerson } from '#server/persons/queries.ts';
import { type Ctx, SYSTEM } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import type { TimerHandler } from '#server/timers/handlers.ts';
import { setTimer } from '#server/timers/timers.ts';

const MINUTE_MS = 60_000;
const insertOpening = sql<never>(
  'videoOpenings.insert',
  'insert into video_openings (insurer, case_id, policy_id, person_id, service, opened_at) values ($1, $2, $3, $4, $5, $6)',
);
// An opening counts while its case is open or ran its year; one that ended with the policy, or otherwise, does not come back.
const selectLast = sql<{ openedAt: Date; caseId: string }>(
  'videoOpenings.last',
  `select o.opened_at as "openedAt", o.case_id as "caseId" from video_openings o join cases c on c.insurer = o.insurer and c.id = o.case_id
    where o.insurer = $1 and o.policy_id = $2 and o.person_id = $3 and o.service = $4 and (not c.final or c.state = 'closed-lapsed')
    order by o.opened_at desc limit 1`,
);
const selectRunning = sql<{ id: string; number: string; state: string }>(
  'videoOpenings.running',
  `select id, number, state from cases where insurer = $1 and person_id = $2 and service = $3 and not final and state = any($4)
    order by opened_at desc limit 1`,
);

/** States in which a second request of the same act would only double the first. */
const RUNNING = {
  open: ['opening'],
  use: ['queued', 'waiting-again', 'time-offered', 'appointed', 'in-call', 'missed'],
} as const;

/** The last acknowledged opening of a person under a policy; undefined: none that counts. */
export const findOpening = (db: Db, ctx: Pick<Ctx, 'insurer'>, policyId: string, personId: string, service: string) =>
  queryOne(db, selectLast, [ctx.insurer, policyId, personId, service]);

/** A case of this act that runs already. */
export const findRunning = (
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  about: { personId: string; service: string; act: 'open' | 'use' },
) => queryOne(db, selectRunning, [ctx.insurer, about.personId, about.service, RUNNING[about.act]]);

/** When the year of an opening ends, and from when it can be applied for again. */
export function yearOf(
  openedAt: Date,
  rule: { years: number; reopenBeforeDays: number },
): { validUntil: string; opensAgainOn: string } {
  const validUntil = addYearsSameDate(dayOf(openedAt), rule.years);
  return { validUntil, opensAgainOn: addDays(validUntil, 1 - rule.reopenBeforeDays) };
}

/** The opening is to be acknowledged: by the provider's system where there is one, else by its desk. */
export async function startOpening(db: Db, ctx: Ctx, open: OpenCase, eventId: string, now: Date): Promise<void> {
  const rule = open.running.service.consultation!.opening;
  const subject = open.row.id;
  if (ctx.opening)
    await setTimer(db, ctx, {
      dueAt: now,
      kind: 'video-open',
      subject,
      key: `video-open/${subject}/0`,
      data: { n: 0 },
    });
  await setTimer(db, ctx, {
    dueAt: new Date(now.getTime() + rule.tellDelayAfterMinutes * MINUTE_MS),
    kind: 'video-opening-late',
    subject,
    key: `video-opening-late/${eventId}`,
  });
}

/** Sends it once; what is not acknowledged is sent again under the same key, ever later. */
export const sendOpening: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCase(db, ctx, timer.subject);
  if (row?.state !== 'opening' || !ctx.opening || row.provider === null) return;
  const asked = { personId: row.personId, caseId: row.id, recipient: row.provider, now };
  const consent = await findConsent(db, ctx, asked);
  if (!consent) return;
  const person = await getPerson(db, ctx, row.personId);
  const policy = await findPolicy(db, ctx, row.policyId);
  await recordDisclosure(db, ctx, {
    ...asked,
    actor: SYSTEM,
    groups: ['identity', 'contact'],
    fields: ['person.name', 'person.phone'],
    contentVersion: 'opening',
    consentId: consent.id,
  });
  const answer = await ctx.opening.open({
    key: `opening/${row.id}`,
    number: row.number,
    name: person.name,
    phone: person.phone ?? '',
    until: policy?.expiresOn ?? '',
  });
  if (answer.outcome === 'acknowledged') {
    await sendSystemEvent(db, ctx, row.id, 'acknowledgeOpening', now);
    return;
  }
  if (answer.outcome === 'failed')
    ctx.log.warn({ case: row.id, code: answer.code }, 'an opening was not taken by the provider; it is sent again');
  const { retryMinutes } = (await openCaseForEvent(db, ctx, row)).running.service.consultation!.opening;
  const n = Number(timer.data.n);
  const minutes = retryMinutes[Math.min(n, retryMinutes.length - 1)]!;
  await setTimer(db, ctx, {
    dueAt: new Date(now.getTime() + minutes * MINUTE_MS),
    kind: 'video-open',
    subject: row.id,
    key: `video-open/${row.id}/${n + 1}`,
    data: { n: n + 1 },
  });
};

export const DELAYED = 'opening-late';
/** Not acknowledged within the usual time: the member hears that it takes longer, and that she need do nothing. */
export const tellDelay: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (row?.state !== 'opening') return;
  const open = await openCaseForEvent(db, ctx, row);
  open.row.attention = [...new Set([...open.row.attention, DELAYED])];
  await saveCase(db, ctx, open);
  await tell(db, ctx, open.row, 'member', 'video-opening-late', false, timer.key, now);
};

/** Before the year ends she hears until when, and from which day she can apply again with one tap. */
export const tellLapse: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (row?.state !== 'open') return;
  const { memory, running } = await openCaseForEvent(db, ctx, row);
  const rule = running.service.ownYear;
  const openedAt = memory.chart.openedAt as string | null;
  if (!rule || !openedAt) return;
  const { validUntil, opensAgainOn } = yearOf(new Date(openedAt), rule);
  await tell(db, ctx, row, 'member', 'video-lapses-soon', false, timer.key, now, {
    until: validUntil,
    closesOn: opensAgainOn,
  });
};

export const openingEffects: Readonly<Record<string, Effect>> = {
  acknowledgeOpening: async (db, ctx, { row }, { now }) => {
    await query(db, insertOpening, [ctx.insurer, row.id, row.policyId, row.personId, row.service, now]);
  },
  delayOpening: async (db, ctx, open, { now, eventId }) => {
    open.row.attention = [...new Set([...open.row.attention, DELAYED])];
    await tell(db, ctx, open.row, 'member', 'video-opening-late', false, `${eventId}/delay`, now);
  },
};
