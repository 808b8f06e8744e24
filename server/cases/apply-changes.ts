/** Writes what a milestone does: clocks, uses, pauses, messages and timers, in the transaction of the change itself. */
import { dayOf } from '#domain/calendar/day.ts';
import {
  type CaseSoFar,
  type Change,
  dueOf,
  type Milestone,
  onMilestone,
  timedRules,
} from '#domain/cases/on-milestone.ts';
import { isOutside, PARTY_OF } from '#domain/journeys/journey.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import { stateOfUse } from '#domain/uses/ledger.ts';
import { setCourse } from '#server/courses/timers.ts';
import { queueMessage, type Recipient } from '#server/notifications/outbox.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { setTimer } from '#server/timers/timers.ts';
import { isCapableAdult } from './access.ts';
import * as record from './clock-queries.ts';
import { setDueTimer, setSoonTimer } from './clock-timers.ts';
import { setPursuit } from './pursuit.ts';
import type { CaseRow } from './queries.ts';
import { listMilestones } from './queries.ts';
import { recordBreach, recordLateMeeting } from './record-breach.ts';

/** The case while one event is being applied: what the generic engine needs to know, kept up to date. */
export type Running = {
  row: CaseRow;
  plan: Plan;
  service: Service;
  so: CaseSoFar;
  entitlementId: string | null;
  useSeq: number;
};

/** What the engine knows of a case so far, from the record. `given` are the yes/no facts of the request. */
export async function loadRunning(
  db: Db,
  ctx: Ctx,
  row: CaseRow,
  plan: Plan,
  service: Service,
  given: Record<string, boolean>,
  act: 'open' | 'use',
): Promise<Running> {
  const [clocks, pauses, uses, events] = [
    await record.listClocks(db, ctx, row.id),
    await record.listPauses(db, ctx, row.id),
    await record.listUsesOfCase(db, ctx, row.id),
    await listMilestones(db, ctx, row.id),
  ];
  const history: Milestone[] = events.flatMap((event) =>
    event.milestones.map((one) => ({
      name: one.name,
      occurredAt: new Date(one.occurredAt),
      recordedAt: event.recordedAt,
      ...(one.at ? { at: new Date(one.at) } : {}),
    })),
  );
  return {
    row,
    plan,
    service,
    entitlementId: uses[0]?.entitlementId ?? null,
    useSeq: uses.length,
    so: { act, given, history, clocks, pauses, use: stateOfUse(uses) },
  };
}

/** Applies the milestones of one event in order. `eventId` makes every effect's key unique, so that a retry does nothing twice. */
export async function applyMilestones(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  running: Running,
  milestones: readonly Milestone[],
  eventId: string,
  now: Date,
): Promise<void> {
  let n = 0;
  for (const milestone of milestones) {
    const changes = onMilestone(running.plan, running.service, ctx.calendar(), running.so, milestone);
    for (const change of changes) await applyChange(db, ctx, actor, running, change, `${eventId}/${n++}`, now);
    await setCourse(db, ctx, running, milestone, now);
    running.so = { ...running.so, history: [...running.so.history, milestone] };
    await setPursuit(db, ctx, running, milestone, now);
  }
}

async function applyChange(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  running: Running,
  change: Change,
  key: string,
  now: Date,
): Promise<void> {
  const { row, so } = running;
  switch (change.do) {
    case 'start-clock': {
      const { do: _, ...facts } = change;
      const clock = { ...facts, id: uuidv7(), caseId: row.id };
      await record.insertClockRow(db, ctx, { ...clock, ruleSet: ruleSet(ctx, running.plan) });
      running.so = { ...so, clocks: [...so.clocks, { ...clock, metAt: null, voidAt: null }] };
      await setSoonTimer(db, ctx, running, clock);
      return setDueTimer(db, ctx, clock.id, clock.due);
    }
    case 'meet-clock':
      await record.meetClockRow(db, ctx, change.id, change.recordedAt, now);
      running.so = {
        ...so,
        clocks: so.clocks.map((clock) => (clock.id === change.id ? { ...clock, metAt: change.recordedAt } : clock)),
      };
      return recordLateMeeting(db, ctx, running, change.id, change.recordedAt);
    case 'void-clock':
      await record.voidClockRow(db, ctx, change.id, now);
      running.so = {
        ...so,
        clocks: so.clocks.map((clock) => (clock.id === change.id ? { ...clock, voidAt: now } : clock)),
      };
      return;
    case 'reopen-clock': {
      await record.reopenClockRow(db, ctx, change.id);
      const clock = so.clocks.find(({ id }) => id === change.id)!;
      running.so = { ...so, clocks: so.clocks.map((one) => (one.id === change.id ? { ...one, metAt: null } : one)) };
      return setTimer(db, ctx, {
        dueAt: clock.due > now ? clock.due : now,
        kind: 'clock-due',
        subject: clock.id,
        key: `clock-due/${clock.id}/${clock.due.toISOString()}/${key}`,
      });
    }
    case 'use': {
      const entitlementId = running.entitlementId;
      if (!entitlementId) throw new Error(`Case ${row.id} moves a use without a lock on its entitlement`);
      running.useSeq += 1;
      await record.insertUseRow(db, ctx, {
        id: uuidv7(),
        entitlementId,
        caseId: row.id,
        move: change.move,
        cause: change.cause,
        clause: change.clause,
        actorAccount: actor.accountId,
        actorRole: actor.role,
        onDay: dayOf(now),
        at: now,
        seq: running.useSeq,
      });
      running.so = { ...so, use: change.move === 'hold' ? 'held' : change.move === 'spend' ? 'spent' : 'released' };
      return;
    }
    case 'tell':
      return tell(db, ctx, row, change.to, change.template, change.urgent, key, now);
    case 'pause': {
      const id = uuidv7();
      await record.startPause(db, ctx, id, row.id, change.reason, now);
      running.so = { ...so, pauses: [...so.pauses, { reason: change.reason, from: now, to: null }] };
      return;
    }
    case 'resume':
      await record.stopPause(db, ctx, row.id, change.reason, now);
      running.so = {
        ...so,
        pauses: so.pauses.map((pause) =>
          pause.reason === change.reason && pause.to === null ? { ...pause, to: now } : pause,
        ),
      };
      return recomputeDue(db, ctx, running, change.reason, now);
  }
}

/** Tells one audience of the case. The row carries codes and ids only. */
export async function tell(
  db: Db,
  ctx: Ctx,
  row: CaseRow,
  audience: string,
  template: string,
  urgent: boolean,
  key: string,
  now: Date,
  params: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (audience === 'expert' && row.expert === null && row.panel.length > 0) {
    for (const provider of row.panel)
      await queueMessage(db, ctx, {
        template,
        to: { provider },
        caseId: row.id,
        urgent,
        params,
        now,
        key: `${key}/${provider}`,
      });
    return;
  }
  const to =
    audience === 'member'
      ? await whoHears(db, ctx, row, now)
      : audience === 'applicant'
        ? row.applicantAccount
          ? { accountId: row.applicantAccount }
          : { personId: row.personId }
        : isOutside(audience)
          ? row[PARTY_OF[audience]]
            ? { provider: row[PARTY_OF[audience]]! }
            : null
          : audience === 'case-manager' && row.assignee
            ? { accountId: row.assignee }
            : audience === 'reviewer' && row.reviewer
              ? { accountId: row.reviewer }
              : { role: audience as 'supervisor' };
  if (to) await queueMessage(db, ctx, { template, to, caseId: row.id, urgent, params, now, key });
}

/** The person herself; for one who cannot act, the guardian who filed [2.6.5.1.2]. Behind a request of the hotline is an agent's account. */
async function whoHears(db: Db, ctx: Ctx, row: CaseRow, now: Date): Promise<Recipient> {
  const byGuardian = row.applicantRelation === 'guardian' && row.channel === 'portal' && row.applicantAccount !== null;
  return byGuardian && !(await isCapableAdult(db, ctx, row.personId, now))
    ? { accountId: row.applicantAccount! }
    : { personId: row.personId };
}

/** Ends every pause's effect on the due moments: earlier never, later by what the clock stood; both moments stay on it. */
async function recomputeDue(db: Db, ctx: Ctx, running: Running, why: string, now: Date): Promise<void> {
  const { plan, service, so } = running;
  const clocks = [];
  for (const clock of so.clocks) {
    const rule = timedRules(service).find((one) => one.code === clock.promise && one.target === clock.target);
    if (!rule || clock.metAt || clock.voidAt) {
      clocks.push(clock);
      continue;
    }
    const { due, provisional } = dueOf(plan, service, rule, ctx.calendar(), clock.startedAt, so.pauses);
    clocks.push({ ...clock, due });
    if (due.getTime() === clock.due.getTime()) continue;
    await record.moveClockRow(db, ctx, {
      id: clock.id,
      moveId: uuidv7(),
      clockId: clock.id,
      at: now,
      from: clock.due,
      to: due,
      provisional,
      why,
      ruleSet: ruleSet(ctx, plan),
    });
    await setDueTimer(db, ctx, clock.id, due);
  }
  running.so = { ...so, clocks };
}

/** Which rules set a due moment: the plan's edition and the calendar's version. */
export const ruleSet = (ctx: Ctx, plan: Plan): string =>
  `${plan.plan}@${plan.edition} calendar@${ctx.calendar().version}`;

/** Closing ends every open clock: void before its due moment, breached after it (contract 2.4). */
export async function closeClocks(db: Db, ctx: Ctx, running: Running, now: Date): Promise<void> {
  for (const clock of running.so.clocks.filter((one) => one.metAt === null && one.voidAt === null)) {
    await record.voidClockRow(db, ctx, clock.id, now);
    if (now > clock.due && !clock.target && !standsNow(running, clock.promise))
      await recordBreach(db, ctx, running, clock.id, clock.due);
  }
  for (const pause of running.so.pauses.filter(({ to }) => to === null))
    await record.stopPause(db, ctx, running.row.id, pause.reason, now);
}

/** Does this promise's clock stand at the moment? */
export function standsNow(running: Pick<Running, 'service' | 'so'>, promise: string): boolean {
  const rule = timedRules(running.service).find(({ code }) => code === promise);
  return (
    rule !== undefined &&
    running.so.pauses.some(
      (pause) => pause.to === null && (pause.reason === 'papers' ? rule.stands.forPapers : rule.stands.forSuspension),
    )
  );
}
