/** Timers that a state brings with it: the slot's hold, the visit's reminder, the end of waiting for a rating. */
import { addDays, dayOf } from '#domain/calendar/day.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { setTimer } from '#server/timers/timers.ts';
import type { OpenCase } from './move-case.ts';

/** 10:00 of the day so many days after. */
const daysAfter = (moment: Date, days: number): Date => new Date(`${addDays(dayOf(moment), days)}T10:00:00+08:00`);
const RATING_DAYS = 14;
const HOUR_MS = 3_600_000;

export async function setStateTimers(db: Db, ctx: Ctx, open: OpenCase, eventId: string, now: Date): Promise<void> {
  const { row, memory } = open;
  const offer = memory.chart.offer as { answerBy: string; visitAt: string } | null;
  const subject = row.id;
  if (row.state === 'offered' && offer)
    await setTimer(db, ctx, {
      dueAt: new Date(offer.answerBy),
      kind: 'offer-lapse',
      subject,
      key: `offer-lapse/${eventId}`,
      data: { answerBy: offer.answerBy },
    });
  if (row.state === 'booked' && offer) {
    const visitAt = new Date(offer.visitAt);
    const dayBefore = daysAfter(visitAt, -1);
    if (dayBefore > now)
      await setTimer(db, ctx, {
        dueAt: dayBefore,
        kind: 'visit-remind',
        subject,
        key: `visit-remind/${eventId}`,
        data: { visitAt: offer.visitAt },
      });
    await setTimer(db, ctx, {
      dueAt: new Date(visitAt.getTime() + 24 * HOUR_MS),
      kind: 'visit-unreported',
      subject,
      key: `visit-unreported/${eventId}`,
      data: { visitAt: offer.visitAt },
    });
  }
  if (row.state === 'summarised')
    await setTimer(db, ctx, {
      dueAt: daysAfter(now, RATING_DAYS),
      kind: 'rating-lapse',
      subject,
      key: `rating-lapse/${eventId}`,
    });
}
