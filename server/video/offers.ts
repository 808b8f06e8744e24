/** A doctor takes the call that was offered to her, or leaves it to the next. */

import type { z } from 'zod';
import type { AcceptedOffer } from '#contract/video.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { credentialOf, isValidAt } from '#domain/dispatch/credential.ts';
import { recordAudit } from '#server/audit/record.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { applyEvent } from '#server/cases/send-event.ts';
import { listConsented } from '#server/consents/queries.ts';
import { findListedRow } from '#server/lists/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { dispatchAfter } from './dispatch.ts';
import { answer, findOffer, findOfferForUpdate, findWaitingForUpdate, noteAnswered, setNotDoctor } from './queries.ts';

type Lang = 'zh' | 'en';
const refused = (lang: Lang, zh: string, en: string) =>
  new Refused('not-possible-now', { detail: lang === 'zh' ? zh : en });
const tooLate = (lang: Lang) =>
  refused(lang, '这次派诊已经过时，会转给下一位医生', 'this offer is over; the next doctor is asked');

/** The offer, if it is this doctor's; a guessed one does not exist. @throws Problem not-found */
async function getMine(db: Db, ctx: Ctx, actor: Actor, id: string) {
  const offer = await findOffer(db, ctx, id);
  if (!offer || actor.provider === null || offer.doctor !== actor.provider) throw new Problem('not-found');
  return offer;
}

/**
 * Locks the case, then its place in the queue, then the offer. Her credential counts as of this very minute [2.1.2].
 * @throws Problem not-found; Refused not-possible-now (too late, or her credential has lapsed)
 */
export async function acceptOffer(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  lang: Lang,
): Promise<z.infer<typeof AcceptedOffer>> {
  const { caseId, doctor } = await getMine(db, ctx, actor, id);
  const row = await findCaseForUpdate(db, ctx, caseId);
  const waiting = await findWaitingForUpdate(db, ctx, caseId);
  const offer = await findOfferForUpdate(db, ctx, id);
  const now = await ctx.clock.now(db);
  // Taken already by her: a repeated tap is answered as the first.
  if (row && offer?.outcome === 'accepted' && offer.overAt === null) return { caseId, roomId: id };
  if (!row || !waiting || !offer || offer.outcome !== null || offer.until <= now) throw tooLate(lang);
  const open = await openCaseForEvent(db, ctx, row);
  const { consultation } = open.running.service;
  const listed = await findListedRow(db, ctx, 'video-doctors', doctor, dayOf(now));
  if (!listed || !consultation || !isValidAt(credentialOf(listed.row), consultation.doctors, now))
    throw refused(
      lang,
      '您的执业资料不在清单上或已到期，不能接诊，请联系主管',
      'your credential is not on the list or has lapsed; you cannot take calls: ask your supervisor',
    );
  const provider = row.provider ?? (open.memory.chart.provider as string | null);
  const consented = await listConsented(db, ctx, { personId: row.personId, caseId, now });
  if (provider === null || !consented.includes(provider)) throw new Problem('not-found');
  await answer(db, ctx, id, 'accepted', now);
  const payload = { doctor: listed.id, room: id };
  await applyEvent(db, ctx, actor, 'video-doctor', open, 'acceptCall', payload, now, lang);
  return { caseId, roomId: id };
}

/** Somebody else is asked; not her again before another has been. @throws Problem not-found */
export async function declineOffer(db: Db, ctx: Ctx, actor: Actor, id: string): Promise<void> {
  const { caseId, doctor } = await getMine(db, ctx, actor, id);
  const now = await ctx.clock.now(db);
  await findWaitingForUpdate(db, ctx, caseId);
  if (await answer(db, ctx, id, 'declined', now)) {
    await setNotDoctor(db, ctx, [caseId], doctor);
    await noteAnswered(db, ctx, doctor);
    await recordAudit(db, ctx, { actor, action: 'video.declined', subject: `case:${caseId}`, caseId, now });
  }
  dispatchAfter(db, ctx, [doctor]);
}
