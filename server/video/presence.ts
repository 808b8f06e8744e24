/** Doctors on duty, heard of or not. Duty is business time, presence machine time: a page that is there, whatever the sandbox's clock says. */

import { recordAudit } from '#server/audit/record.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { dispatchAfter, dispatchSoon, PRESENT_MS } from './dispatch.ts';
import {
  answer,
  findDoctor,
  findOpenOfDoctor,
  findWaitingForUpdate,
  putOnDuty,
  recordBeat,
  setNotDoctor,
} from './queries.ts';

/** A doctor in a call who is not heard of for so long has dropped. */
export const DROPPED_MS = 45_000;

const selectDropped = sql<{ caseId: string; doctor: string }>(
  'videoPresence.dropped',
  `select o.case_id as "caseId", o.doctor from video_offers o join video_doctors d on d.insurer = o.insurer and d.doctor = o.doctor
    where o.insurer = $1 and o.outcome = 'accepted' and o.over_at is null and d.seen_at < $2 limit 50`,
);
const offDuty = sql<never>(
  'videoPresence.offDuty',
  'update video_doctors set on_duty = false, duty_since = $3 where insurer = $1 and doctor = $2',
);

/** The doctor behind the session. @throws Problem not-found where the account has no key on the list */
export function doctorOf(actor: Actor): string {
  if (actor.role !== 'video-doctor' || actor.provider === null) throw new Problem('not-found');
  return actor.provider;
}

/** On duty she is asked to take calls; off duty an offer that is open goes to the next, a call and its note stay hers. */
export async function setDuty(db: Db, ctx: Ctx, actor: Actor, on: boolean): Promise<void> {
  const doctor = doctorOf(actor);
  const now = await ctx.clock.now(db);
  const before = await findDoctor(db, ctx, doctor);
  if ((before?.onDuty ?? false) !== on) {
    await putOnDuty(db, ctx, doctor, on, now, machineNow());
    await recordAudit(db, ctx, {
      actor,
      action: on ? 'video.on-duty' : 'video.off-duty',
      subject: `doctor:${doctor}`,
      now,
    });
  }
  const open = on ? undefined : await findOpenOfDoctor(db, ctx, doctor);
  if (open && open.outcome === null) {
    await findWaitingForUpdate(db, ctx, open.caseId);
    if (await answer(db, ctx, open.id, 'declined', now)) await setNotDoctor(db, ctx, [open.caseId], doctor);
  }
  dispatchAfter(db, ctx, [doctor]);
}

/** Her page is there. One that comes back after being away is looked at for a waiting member at once. */
export async function heartbeat(ctx: Ctx, actor: Actor): Promise<void> {
  const doctor = doctorOf(actor);
  const before = await findDoctor(ctx.pool, ctx, doctor);
  if (!before) return;
  const machine = machineNow();
  await recordBeat(ctx.pool, ctx, doctor, machine);
  if (before.onDuty && machine.getTime() - before.seenAt.getTime() > PRESENT_MS) await dispatchSoon(ctx);
}

/** The worker's beat: dropped doctors give their member back to the head of the queue, and nobody who waits is forgotten. */
export async function sweepVideo(ctx: Ctx): Promise<void> {
  const dropped = await query(ctx.pool, selectDropped, [ctx.insurer, new Date(machineNow().getTime() - DROPPED_MS)]);
  for (const { caseId, doctor } of dropped)
    await inTransaction(ctx.pool, async (db) => {
      const now = await ctx.clock.now(db);
      if (await sendSystemEvent(db, ctx, caseId, 'doctorDropped', now))
        await query(db, offDuty, [ctx.insurer, doctor, now]);
    });
  await dispatchSoon(ctx);
}
