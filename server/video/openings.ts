/** The service opened for a year [2.1.6]: sent to the provider until it acknowledges, and kept. */
import { tell } from '#server/cases/apply-changes.ts';
import { openCaseForEvent, saveCase } from '#server/cases/move-case.ts';
import { type CaseRow, findCaseForUpdate } from '#server/cases/queries.ts';
import { findPolicy, planOf } from '#server/cases/question.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { recordDisclosure } from '#server/consents/disclosures.ts';
import { findConsent } from '#server/consents/queries.ts';
import type { OpeningRequest } from '#server/gateways/opening.ts';
import type { Outgoing } from '#server/outgoing/call-outside.ts';
import { getPerson } from '#server/persons/queries.ts';
import { type Ctx, SYSTEM } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import type { TimerHandler } from '#server/timers/handlers.ts';
import { DELAYED, yearOf } from './opening-rows.ts';

/** The provider hears who is to be opened, under her consent; what it does not acknowledge is asked again, ever later. */
export const OPENING_CALL: Outgoing = {
  byHand: 'supervisor',
  async make(ctx, row, key) {
    const { opening } = ctx.gateways;
    const request = opening && (await inTransaction(ctx.pool, (db) => requestOf(db, ctx, row)));
    if (!request) return undefined;
    await opening.open(request, key);
    return async (db) => {
      await sendSystemEvent(db, ctx, row.id, 'acknowledgeOpening', await ctx.clock.now(db));
    };
  },
  async waits(ctx, row, attempts) {
    const { retryMinutes } = planOf(ctx, row.plan, row.edition, row.service).service.consultation!.opening;
    return retryMinutes[Math.min(attempts, retryMinutes.length) - 1]!;
  },
};

/** What the consent names, and its disclosure on record; undefined where it is no more to be opened, or may not leave. */
async function requestOf(db: Db, ctx: Ctx, row: CaseRow): Promise<OpeningRequest | undefined> {
  if (row.state !== 'opening' || row.provider === null) return undefined;
  const now = await ctx.clock.now(db);
  const asked = { personId: row.personId, caseId: row.id, recipient: row.provider, now };
  const consent = await findConsent(db, ctx, asked);
  if (!consent) return undefined;
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
  return { number: row.number, name: person.name, phone: person.phone ?? '', until: policy?.expiresOn ?? '' };
}

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
