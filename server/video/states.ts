/** What a state of a video consultation brings with it: its place in the queue, the doctor's freedom, the room's end, timers. */
import { addDays, instantAt } from '#domain/calendar/day.ts';
import { findEmergencyWord } from '#domain/dispatch/emergency.ts';
import type { Context } from '#domain/journeys/video-consultation/context-v1.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import { leaveCall } from '#server/outgoing/queue.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { setTimer } from '#server/timers/timers.ts';
import { dispatchAfter } from './dispatch.ts';
import { dropDraft } from './note-drafts.ts';
import { yearOf } from './opening-rows.ts';
import { endRoomOf, endWaiting, freeDoctorOf, setWaiting, withdrawOffersOf } from './queries.ts';
import { closeRoomAfter } from './signals.ts';

export const VIDEO_KIND = 'video-consultation';
const WAITS: readonly string[] = ['queued', 'waiting-again'];

/** Runs when a case of this kind has entered another state, and when it begins; in the transaction of the event. */
export async function enterVideoState(db: Db, ctx: Ctx, open: OpenCase, eventId: string, now: Date): Promise<void> {
  const { row, memory, running } = open;
  const { consultation } = running.service;
  if (row.kind !== VIDEO_KIND || !consultation) return;
  const chart = memory.chart as unknown as Context;
  const told: string[] = [];
  // First of all the room, so that its doctor is free for the next run.
  if (row.state !== 'in-call') {
    const room = await endRoomOf(db, ctx, row.id, now, row.state === 'noting');
    if (room) {
      told.push(room.doctor);
      closeRoomAfter(db, ctx, room.id);
    }
    if (WAITS.includes(row.state))
      await setWaiting(db, ctx, {
        caseId: row.id,
        since: new Date(chart.waitsSince ?? now),
        again: chart.again,
        callBack: chart.callBack,
        emergency: findEmergencyWord(complaintOf(open), consultation.emergency.words) !== undefined,
        notDoctor: room?.doctor ?? null,
      });
  }
  if (row.state !== 'noting' && row.state !== 'in-call') {
    await dropDraft(db, ctx, row.id);
    const freed = await freeDoctorOf(db, ctx, row.id, now);
    if (freed) told.push(freed.doctor);
  }
  if (!WAITS.includes(row.state)) {
    await endWaiting(db, ctx, row.id);
    told.push(...(await withdrawOffersOf(db, ctx, row.id, now)));
  }
  if (row.doctor !== null) told.push(row.doctor);
  await setTimers(db, ctx, open, chart, eventId, now);
  dispatchAfter(db, ctx, [...new Set(told)]);
}

const complaintOf = ({ memory }: OpenCase): string => String(memory.request.form.complaint ?? '');

async function setTimers(db: Db, ctx: Ctx, open: OpenCase, chart: Context, eventId: string, now: Date): Promise<void> {
  const { row, running } = open;
  const { consultation, ownYear } = running.service;
  if (!consultation) return;
  const at = (kind: string, dueAt: Date | string | null, more = '') =>
    dueAt === null
      ? Promise.resolve()
      : setTimer(db, ctx, {
          dueAt: new Date(dueAt),
          kind,
          subject: row.id,
          key: `${kind}/${eventId}${more}`,
          data: { state: row.state },
        });
  if (WAITS.includes(row.state) && chart.waitsSince)
    await at(
      'video-nobody-yet',
      new Date(new Date(chart.waitsSince).getTime() + consultation.dispatch.supervisorAfterSeconds * 1000),
    );
  if (row.state === 'time-offered') await at('video-time-lapsed', chart.answerBy);
  if (row.state === 'appointed' && chart.appointmentAt) {
    const moment = new Date(chart.appointmentAt);
    await at('video-time-came', moment);
    for (const minutes of consultation.appointment.remindBeforeMinutes) {
      const dueAt = new Date(moment.getTime() - minutes * 60_000);
      if (dueAt > now) await at('video-time-soon', dueAt, `/${minutes}`);
    }
  }
  if (row.state === 'missed') await at('video-missed-lapsed', chart.missedUntil);
  if (row.state === 'follow-up' || row.state === 'answered') await at('video-after-over', chart.followUpUntil);
  if (row.state === 'opening') await startOpening(db, ctx, open, eventId, now);
  if (row.state === 'open' && chart.openedAt && ownYear) {
    const { validUntil } = yearOf(new Date(chart.openedAt), ownYear);
    await at('video-year-over', instantAt(addDays(validUntil, 1), '00:00'));
    for (const days of consultation.opening.remindBeforeDays) {
      const dueAt = instantAt(addDays(validUntil, -days), '10:00');
      if (dueAt > now) await at('video-lapses-soon', dueAt, `/${days}`);
    }
  }
}

const MINUTE_MS = 60_000;
/** The opening is to be acknowledged: by the provider's system where there is one, else by its desk. */
async function startOpening(db: Db, ctx: Ctx, open: OpenCase, eventId: string, now: Date): Promise<void> {
  const rule = open.running.service.consultation!.opening;
  const subject = open.row.id;
  if (ctx.gateways.opening)
    await leaveCall(db, ctx, { caseId: subject, act: 'opening', key: `opening/${subject}`, now });
  await setTimer(db, ctx, {
    dueAt: new Date(now.getTime() + rule.tellDelayAfterMinutes * MINUTE_MS),
    kind: 'video-opening-late',
    subject,
    key: `video-opening-late/${eventId}`,
  });
}
