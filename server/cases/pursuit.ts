/** What happens when the member does not answer: reminders and an end, by the plan's pursuit, in working days from the asking. */
import { dayOf } from '#domain/calendar/day.ts';
import { dueTime } from '#domain/calendar/due.ts';
import type { Milestone } from '#domain/cases/on-milestone.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { setTimer } from '#server/timers/timers.ts';
import type { Running } from './apply-changes.ts';
import type { CaseRow } from './queries.ts';

/** From these on the case waits for her, and what she is reminded of. */
const WAITS_FOR_HER: Readonly<Record<string, string>> = {
  'papers-asked': 'papers-reminder',
  'provider-consent-asked': 'provider-consent-needed',
  'pharmacy-consent-asked': 'pharmacy-consent-needed',
  'arrangement-proposed': 'arrangement-proposed',
  'panel-consent-asked': 'panel-consent-needed',
  'no-slot-told': 'no-slot',
  'request-waits-for-own-consent': 'own-consent-needed',
  explained: 'consent-to-sign',
  'paper-consent-rejected': 'consent-to-sign',
  'pick-up-proposed': 'pick-up-proposed',
  'claim-opened': 'papers-reminder',
};

export async function setPursuit(db: Db, ctx: Ctx, running: Running, milestone: Milestone, now: Date): Promise<void> {
  const { pursuit } = running.service;
  if (!pursuit || !(milestone.name in WAITS_FOR_HER)) return;
  const { opens, closes } = running.plan.workingDay;
  const calendar = ctx.calendar();
  const after = (amount: number) =>
    dueTime({ term: { unit: 'working-days', amount }, from: now, dayOpens: opens, dayCloses: closes, calendar }).due;
  const asked = milestone.occurredAt.toISOString();
  const timer = { subject: running.row.id, data: { asked } };
  const key = `${running.row.id}/${asked}`;
  for (const days of pursuit.remindAfter)
    await setTimer(db, ctx, {
      ...timer,
      dueAt: morningOf(after(days)),
      kind: 'pursuit-remind',
      key: `pursuit-remind/${key}/${days}`,
    });
  await setTimer(db, ctx, {
    ...timer,
    dueAt: after(pursuit.closeAfter),
    kind: 'pursuit-end',
    key: `pursuit-end/${key}`,
  });
}

/** The states in which the case waits for that answer. */
const WAITING_STATES: readonly string[] = [
  'awaiting-papers',
  'awaiting-records',
  'collecting',
  'proposed',
  'awaiting-aid-papers',
  'awaiting-provider-consent',
  'awaiting-panel-consent',
  'awaiting-panel-papers',
  'no-slot',
  'awaiting-own-consent',
  'awaiting-signature',
  'pick-up-proposed',
  'claim-collecting',
];

/**
 * What the case waits for her to answer, and the template that reminds her of it; undefined while it waits for nobody of
 * her side. A slot that is held reminds of itself. The timers of pursuit and a reminder by hand ask this alike.
 */
export function findReminder(
  row: Pick<CaseRow, 'state' | 'final' | 'turn' | 'suspended'>,
  running: Pick<Running, 'so' | 'service'>,
): { template: string; asked: string | null } | undefined {
  if (row.final || row.suspended || row.turn !== 'member') return undefined;
  const offered = running.service.messages.find(({ on, to }) => on === 'slot-offered' && to === 'member');
  if (row.state === 'offered') return offered && { template: offered.template, asked: null };
  if (!WAITING_STATES.includes(row.state)) return undefined;
  const last = [...running.so.history].reverse().find(({ name }) => name in WAITS_FOR_HER);
  return last && { template: WAITS_FOR_HER[last.name]!, asked: last.occurredAt.toISOString() };
}

/** 10:00 of that day: reminders come when people are up, not at closing time. */
const morningOf = (moment: Date): Date => new Date(`${dayOf(moment)}T10:00:00+08:00`);
