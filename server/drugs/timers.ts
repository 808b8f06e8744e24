/** What falls due in a therapy: the pick-up's reminder, the next prescription, the end of a case that nobody goes on with. */
import { addDays, type Day, dayOf, instantAt } from '#domain/calendar/day.ts';
import type { Context } from '#domain/journeys/special-drug/context-v1.ts';
import { tell } from '#server/cases/apply-changes.ts';
import { type OpenCase, openCaseForEvent } from '#server/cases/move-case.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { setTimer, type Timer } from '#server/timers/timers.ts';

type Handler = (ctx: Ctx, db: Db, timer: Timer, now: Date) => Promise<void>;
const MORNING = '10:00';
/** Approved, and not yet handed over. */
const BEFORE_THE_COUNTER: readonly string[] = ['arranging', 'proposed', 'ordered', 'at-pharmacy'];
const chartOf = (open: OpenCase) => open.memory.chart as unknown as Context;

export async function setDrugTimers(db: Db, ctx: Ctx, open: OpenCase, eventId: string, now: Date): Promise<void> {
  const { row, running } = open;
  const { arrangement, supplyUntil, round } = chartOf(open);
  const rule = running.service.prescription;
  if (!rule) return;
  const subject = row.id;
  if (row.state === 'ordered' && arrangement) {
    const dueAt = instantAt(addDays(dayOf(new Date(arrangement.at)), -1), MORNING);
    if (dueAt > now)
      await setTimer(db, ctx, {
        dueAt,
        kind: 'drug-pick-up',
        subject,
        key: `drug-pick-up/${eventId}`,
        data: { at: arrangement.at },
      });
  }
  const { prescription } = chartOf(open);
  if (BEFORE_THE_COUNTER.includes(row.state) && prescription) {
    // On its last day there is still time to have it re-issued; nothing is dispensed on an expired one [2.6.2.8.2].
    const dueAt = instantAt(prescription.validUntil, MORNING);
    const data = { validUntil: prescription.validUntil };
    if (dueAt > now)
      await setTimer(db, ctx, { dueAt, kind: 'drug-prescription', subject, key: `drug-prescription/${eventId}`, data });
  }
  if (row.state !== 'between') return;
  const data = { round };
  const lasts = supplyUntil ?? dayOf(now);
  const refill = instantAt(addDays(lasts, -rule.refillDays.is), MORNING);
  if (supplyUntil && refill > now)
    await setTimer(db, ctx, { dueAt: refill, kind: 'drug-refill', subject, key: `drug-refill/${eventId}`, data });
  const end: Day = addDays(lasts > dayOf(now) ? lasts : dayOf(now), rule.lapsesAfterDays.is);
  await setTimer(db, ctx, {
    dueAt: instantAt(end, MORNING),
    kind: 'drug-lapse',
    subject,
    key: `drug-lapse/${eventId}`,
    data,
  });
}

/** The case as it waits between two purchases, if nothing has begun since the timer was set. */
async function stillBetween(db: Db, ctx: Ctx, timer: Timer) {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final || row.state !== 'between') return undefined;
  return chartOf(await openCaseForEvent(db, ctx, row)).round === timer.data.round ? row : undefined;
}
const refillDue: Handler = async (ctx, db, timer, now) => {
  const row = await stillBetween(db, ctx, timer);
  if (row) await tell(db, ctx, row, 'member', 'refill-due', false, timer.key, now);
};
const lapse: Handler = async (ctx, db, timer, now) => {
  if (await stillBetween(db, ctx, timer)) await sendSystemEvent(db, ctx, timer.subject, 'therapyLapsed', now);
};
const pickUpNear: Handler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final || (row.state !== 'ordered' && row.state !== 'at-pharmacy')) return;
  const open = await openCaseForEvent(db, ctx, row);
  if (chartOf(open).arrangement?.at === timer.data.at)
    await tell(db, ctx, row, 'member', open.journey.reminder, false, timer.key, now);
};

const prescriptionEnds: Handler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final || !BEFORE_THE_COUNTER.includes(row.state)) return;
  const { prescription } = chartOf(await openCaseForEvent(db, ctx, row));
  // Set in each state it passes: one reminder for one prescription.
  const key = `drug-prescription/${row.id}/${timer.data.validUntil}`;
  if (prescription?.validUntil === timer.data.validUntil)
    await tell(db, ctx, row, 'member', 'prescription-ends-today', false, key, now);
};

export const DRUG_TIMERS: Readonly<Record<string, Handler>> = {
  'drug-pick-up': pickUpNear,
  'drug-prescription': prescriptionEnds,
  'drug-refill': refillDue,
  'drug-lapse': lapse,
};
