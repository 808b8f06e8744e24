/** The service opened for a year [2.1.6]: sent to the provider until it acknowledges, and kept. */
import { tell } from '#server/cases/apply-changes.ts';
import { openCaseForEvent, saveCase } from '#server/cases/move-case.ts';
import { findCase, findCaseForUpdate } from '#server/cases/queries.ts';
import { findPolicy } from '#server/cases/question.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { recordDisclosure } from '#server/consents/disclosures.ts';
import { findConsent } from '#server/consents/queries.ts';
import { getPerson } from '#server/persons/queries.ts';
import { SYSTEM } from '#server/platform/context.ts';
import type { TimerHandler } from '#server/timers/handlers.ts';
import { setTimer } from '#server/timers/timers.ts';
import { DELAYED, yearOf } from './opening-rows.ts';

const MINUTE_MS = 60_000;
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
