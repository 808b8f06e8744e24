/** What each kind of timer does when it is due: thin, safe to run twice, one transaction each. */

import { timedRules } from '#domain/cases/on-milestone.ts';
import { OUTSIDE_ROLES } from '#domain/journeys/journey.ts';
import { aidRemind, aidWindow } from '#server/aid/next.ts';
import { isCapableAdult } from '#server/cases/access.ts';
import { loadRunning, standsNow, tell } from '#server/cases/apply-changes.ts';
import { findClock, listPauses } from '#server/cases/clock-queries.ts';
import { openCaseForEvent, saveCase } from '#server/cases/move-case.ts';
import { findReminder } from '#server/cases/pursuit.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { recomputeClocks } from '#server/cases/recompute-clocks.ts';
import { recordBreach } from '#server/cases/record-breach.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { BOOKED_STATES, bookedMoment, OFFERED_STATES } from '#server/cases/state-timers.ts';
import { COMPLAINT_TIMERS } from '#server/complaints/timers.ts';
import { listConsented } from '#server/consents/queries.ts';
import { courseDue } from '#server/courses/timers.ts';
import { DRUG_TIMERS } from '#server/drugs/timers.ts';
import { slotClosed } from '#server/hospital/timers.ts';
import { queueLive, queueMessage } from '#server/notifications/outbox.ts';
import { sendOutside } from '#server/notifications/outside.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { applyPolicyChange } from '#server/policies/fan-out.ts';
import { EXPIRY_TIMER, expireApproval } from '#server/settlement/approvals.ts';
import { findApproval } from '#server/settlement/queries.ts';
import { VIDEO_TIMERS } from '#server/video/timers.ts';
import type { Timer } from './timers.ts';

export type TimerHandler = (ctx: Ctx, db: Db, timer: Timer, now: Date) => Promise<void>;

/** A promise's last quarter: whoever's turn it is hears of it, once; not while it stands, nor when it was met. */
const clockSoon: TimerHandler = async (ctx, db, timer, now) => {
  const clock = await findClock(db, ctx, timer.subject);
  const row = clock && (await findCaseForUpdate(db, ctx, clock.caseId));
  if (!row || row.final || clock.metAt || clock.voidAt || clock.due <= now) return;
  const pauses = await listPauses(db, ctx, row.id);
  if (pauses.some(({ to }) => to === null) || !STAFF_TURNS.includes(row.turn)) return;
  await tell(db, ctx, row, row.turn, 'clock-soon', false, timer.key, now);
};
const STAFF_TURNS: readonly string[] = [
  ...OUTSIDE_ROLES,
  'reviewer',
  'drug-reviewer',
  'case-manager',
  'supervisor',
  'operations',
];

/** A promise or target reached its due moment. Standing, met, moved: nothing happens. */
const clockDue: TimerHandler = async (ctx, db, timer, now) => {
  const found = await findClock(db, ctx, timer.subject);
  if (!found) return;
  const row = await findCaseForUpdate(db, ctx, found.caseId);
  const clock = await findClock(db, ctx, timer.subject);
  if (!row || !clock || clock.metAt || clock.voidAt || clock.due > now) return;
  const open = await openCaseForEvent(db, ctx, row);
  const running = await loadRunning(
    db,
    ctx,
    row,
    open.running.plan,
    open.running.service,
    open.memory.given,
    open.memory.act,
  );
  if (standsNow(running, clock.promise)) return;
  const key = `${timer.key}/late`;
  if (clock.target) {
    const rule = open.running.service.targets.find(({ code }) => code === clock.promise);
    if (clock.promise === 'provider-answer') row.attention = [...new Set([...row.attention, 'provider-silent'])];
    else row.attention = [...new Set([...row.attention, `late-${clock.promise}`])];
    await saveCase(db, ctx, open);
    for (const audience of rule?.tells ?? [])
      await tell(
        db,
        ctx,
        row,
        audience,
        clock.promise === 'provider-answer' ? 'provider-silent' : 'target-passed',
        false,
        `${key}/${audience}`,
        now,
      );
  } else {
    await recordBreach(db, ctx, running, clock.id, clock.due);
    const late = timedRules(open.running.service).find(({ code, target }) => code === clock.promise && !target);
    if (late)
      for (const [audience, template] of [
        ['member', 'clock-late'],
        ['supervisor', 'target-passed'],
      ] as const)
        await tell(db, ctx, row, audience, template, false, `${key}/${audience}`, now);
  }
  await queueLive(db, ctx, { kind: 'case', id: row.id, key: `${key}/live`, now });
};

const system =
  (type: string): TimerHandler =>
  async (ctx, db, timer, now) => {
    await sendSystemEvent(db, ctx, timer.subject, type, now);
  };

/** Reminds while the case still waits for the same thing. */
const remind =
  (template: string, states: readonly string[]): TimerHandler =>
  async (ctx, db, timer, now) => {
    const row = await findCaseForUpdate(db, ctx, timer.subject);
    if (!row || row.final || !states.includes(row.state)) return;
    await tell(db, ctx, row, 'member', template, false, timer.key, now);
  };

/** What a timer of pursuit may remind of: the case still waits for the same answer; a later asking has timers of its own. */
async function waitingFor(ctx: Ctx, db: Db, timer: Timer) {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row) return undefined;
  const reminder = findReminder(row, (await openCaseForEvent(db, ctx, row)).running);
  return reminder?.asked === String(timer.data.asked) ? { row, reminder } : undefined;
}
const pursuitRemind: TimerHandler = async (ctx, db, timer, now) => {
  const found = await waitingFor(ctx, db, timer);
  if (found) await tell(db, ctx, found.row, 'member', found.reminder.template, false, timer.key, now);
};
const pursuitEnd: TimerHandler = async (ctx, db, timer, now) => {
  if (await waitingFor(ctx, db, timer)) await sendSystemEvent(db, ctx, timer.subject, 'pursuitEnded', now);
};

/** Until she has let the expert see the records, and only while the booking stands. */
const expertConsentRemind: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final || row.state !== 'booked' || row.expert === null) return;
  const consented = await listConsented(db, ctx, { personId: row.personId, caseId: row.id, now });
  if (!consented.includes(row.expert))
    await tell(db, ctx, row, 'member', 'expert-consent-needed', false, timer.key, now);
};

/** Only for the slot that the timer was set for: another offer brings its own timer. */
const offerLapse: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final || !OFFERED_STATES.includes(row.state)) return;
  const open = await openCaseForEvent(db, ctx, row);
  if ((open.memory.chart.offer as { answerBy: string } | null)?.answerBy !== timer.data.answerBy) return;
  await sendSystemEvent(db, ctx, timer.subject, 'offerLapsed', now);
};

/** Only for the visit that the timer was set for: a moved one brings its own. */
const visitRemind: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final || !BOOKED_STATES.includes(row.state)) return;
  const { memory, journey } = await openCaseForEvent(db, ctx, row);
  if (bookedMoment(memory.chart) === timer.data.visitAt)
    await tell(db, ctx, row, 'member', journey.reminder, false, timer.key, now);
};

/** The visit's time passed a day ago and nobody said what happened: the supervisor asks the provider. */
const visitUnreported: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final || !BOOKED_STATES.includes(row.state)) return;
  const open = await openCaseForEvent(db, ctx, row);
  if (bookedMoment(open.memory.chart) !== timer.data.visitAt) return;
  row.attention = [...new Set([...row.attention, 'visit-unreported'])];
  await saveCase(db, ctx, open);
  await tell(db, ctx, row, 'supervisor', 'case-waits', false, timer.key, now);
};

/** The person of a case that a guardian filed is 18: she acts herself from now on, and both are told [2.6.5.1.2]. */
const ofAge: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final || !(await isCapableAdult(db, ctx, row.personId, now))) return;
  await tell(db, ctx, row, 'member', 'of-age', false, `${timer.key}/member`, now);
  if (row.applicantAccount && row.channel === 'portal')
    await queueMessage(db, ctx, {
      template: 'guardian-ended',
      to: { accountId: row.applicantAccount },
      urgent: false,
      now,
      key: `${timer.key}/guardian`,
    });
  await queueLive(db, ctx, { kind: 'case', id: row.id, key: `${timer.key}/live`, now });
};

/** The last day of an approval of a purchase is over: what it kept is given back, its case locked first. */
const drugApprovalExpiry: TimerHandler = async (ctx, db, timer, now) => {
  const approval = await findApproval(db, ctx, timer.subject);
  if (!approval) return;
  await findCaseForUpdate(db, ctx, approval.caseId);
  const { released } = await expireApproval(db, ctx, approval.id, now);
  await sendSystemEvent(db, ctx, approval.caseId, 'approvalExpired', now);
  if (released > 0) await queueLive(db, ctx, { kind: 'case', id: approval.caseId, key: `${timer.key}/live`, now });
};

/** The list is complete: a timer of a kind that is not here stops the worker's test, not the night shift. */
export const HANDLERS: Readonly<Record<string, TimerHandler>> = {
  'clock-soon': clockSoon,
  'clock-due': clockDue,
  'offer-lapse': offerLapse,
  'pursuit-remind': pursuitRemind,
  'consent-remind': remind('provider-consent-needed', ['awaiting-provider-consent']),
  'expert-consent-remind': expertConsentRemind,
  'opinion-remind': remind('opinion-unopened', ['delivered']),
  'pursuit-end': pursuitEnd,
  'visit-remind': visitRemind,
  'visit-unreported': visitUnreported,
  'rating-lapse': system('ratingLapsed'),
  'choice-lapse': system('pursuitEnded'),
  'slot-closed': slotClosed,
  'course-due': courseDue,
  'of-age': ofAge,
  ...DRUG_TIMERS,
  ...VIDEO_TIMERS,
  ...COMPLAINT_TIMERS,
  'aid-remind': aidRemind,
  'aid-window': aidWindow,
  'send-outside': (ctx, db, timer) => sendOutside(ctx, db, timer),
  'policy-change': applyPolicyChange,
  'policy-expiry': applyPolicyChange,
  'calendar-change': recomputeClocks,
  [EXPIRY_TIMER]: drugApprovalExpiry,
};
