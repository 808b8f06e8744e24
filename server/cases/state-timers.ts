/** Timers that a state brings with it: the slot's hold, the visit's reminder, the end of waiting for a rating. */
import { addDays, dayOf } from '#domain/calendar/day.ts';
import { setDrugTimers } from '#server/drugs/timers.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { cancelTimer, setTimer } from '#server/timers/timers.ts';
import { enterVideoState } from '#server/video/states.ts';
import type { OpenCase } from './move-case.ts';

/** 10:00 of the day so many days after. */
const daysAfter = (moment: Date, days: number): Date => new Date(`${addDays(dayOf(moment), days)}T10:00:00+08:00`);
const RATING_DAYS = 14;
const RATED_STATES = ['summarised', 'explained', 'answered', 'ended'];
/** Calendar days after which she is reminded that the opinion is there. */
const UNOPENED_DAYS = [2, 5, 9];
const HOUR_MS = 3_600_000;
/** An offer waits for her answer; what she accepted lies ahead. */
export const OFFERED_STATES: readonly string[] = ['offered', 'bed-offered', 'held'];
export const BOOKED_STATES: readonly string[] = ['booked', 'bed-booked'];

/** When somebody is to be where: the visit, or the pick-up of a sample. */
export const bookedMoment = (chart: Record<string, unknown>): string | undefined =>
  (chart.offer as { visitAt: string } | null)?.visitAt ?? (chart.pickUp as { at: string } | null | undefined)?.at;

/** The moments that timers of a state were set for; where they change without the state, the timers are set anew. */
export const timedMoments = (chart: Record<string, unknown>): string =>
  `${bookedMoment(chart)} ${(chart.offer as { answerBy: string } | null)?.answerBy}`;

export async function setStateTimers(db: Db, ctx: Ctx, open: OpenCase, eventId: string, now: Date): Promise<void> {
  const { row, memory } = open;
  await setDrugTimers(db, ctx, open, eventId, now);
  await enterVideoState(db, ctx, open, eventId, now);
  const offer = memory.chart.offer as { answerBy: string; visitAt: string } | null;
  const bookedFor = bookedMoment(memory.chart);
  const subject = row.id;
  if (OFFERED_STATES.includes(row.state) && offer)
    await setTimer(db, ctx, {
      dueAt: new Date(offer.answerBy),
      kind: 'offer-lapse',
      subject,
      key: `offer-lapse/${eventId}`,
      data: { answerBy: offer.answerBy },
    });
  if (BOOKED_STATES.includes(row.state) && bookedFor) {
    const visitAt = new Date(bookedFor);
    const dayBefore = daysAfter(visitAt, -1);
    if (dayBefore > now)
      await setTimer(db, ctx, {
        dueAt: dayBefore,
        kind: 'visit-remind',
        subject,
        key: `visit-remind/${eventId}`,
        data: { visitAt: bookedFor },
      });
    await setTimer(db, ctx, {
      dueAt: new Date(visitAt.getTime() + 24 * HOUR_MS),
      kind: 'visit-unreported',
      subject,
      key: `visit-unreported/${eventId}`,
      data: { visitAt: bookedFor },
    });
  }
  const lapse = `choice-lapse/${row.id}`;
  const lapseDays = open.running.service.assist?.lapseDays;
  if (row.state !== 'choosing') await cancelTimer(db, ctx, lapse);
  else if (lapseDays !== undefined)
    await setTimer(db, ctx, { dueAt: daysAfter(now, lapseDays), kind: 'choice-lapse', subject, key: lapse });
  if (row.state === 'booked' && row.expert !== null)
    for (const hours of [24, 72])
      await setTimer(db, ctx, {
        dueAt: new Date(now.getTime() + hours * HOUR_MS),
        kind: 'expert-consent-remind',
        subject,
        key: `expert-consent-remind/${eventId}/${hours}`,
      });
  if (row.state === 'delivered')
    for (const days of UNOPENED_DAYS)
      await setTimer(db, ctx, {
        dueAt: daysAfter(now, days),
        kind: 'opinion-remind',
        subject,
        key: `opinion-remind/${eventId}/${days}`,
      });
  if (RATED_STATES.includes(row.state))
    await setTimer(db, ctx, {
      dueAt: daysAfter(now, RATING_DAYS),
      kind: 'rating-lapse',
      subject,
      key: `rating-lapse/${eventId}`,
    });
}
