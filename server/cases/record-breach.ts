/** A promise that was not kept: a fact for ever, with the cause proposed from whose turn it was. */
import { dueTime } from '#domain/calendar/due.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import type { Running } from './apply-changes.ts';
import * as record from './clock-queries.ts';

/** Met after the due moment without the timer having run yet: the breach is recorded all the same. */
export async function recordLateMeeting(
  db: Db,
  ctx: Ctx,
  running: Running,
  clockId: string,
  metAt: Date,
): Promise<void> {
  const clock = running.so.clocks.find(({ id }) => id === clockId);
  if (clock && !clock.target && metAt > clock.due) await recordBreach(db, ctx, running, clock.id, clock.due);
}

/** A breach is a fact for ever. Its cause is proposed from whose turn it was, to be confirmed within 2 working days. */
export async function recordBreach(
  db: Db,
  ctx: Ctx,
  running: Pick<Running, 'row' | 'plan'>,
  clockId: string,
  due: Date,
): Promise<void> {
  const { row, plan } = running;
  const { opens, closes } = plan.workingDay;
  const { due: confirmBy } = dueTime({
    term: { unit: 'working-days', amount: 2 },
    from: due,
    dayOpens: opens,
    dayCloses: closes,
    calendar: ctx.calendar(),
  });
  await record.breachClockRow(db, ctx, clockId, due);
  await record.insertBreachRow(db, ctx, {
    id: uuidv7(),
    clockId,
    caseId: row.id,
    dueAt: due,
    turn: row.turn,
    proposedCause: causeOf(row.turn),
    confirmBy,
    provider: row.provider,
  });
}

const CAUSE_OF_TURN: Readonly<Record<string, string>> = {
  reviewer: 'reviewer',
  'case-manager': 'case-manager',
  provider: 'provider',
  laboratory: 'provider',
  expert: 'hospital',
  'drug-reviewer': 'reviewer',
  'drug-consultant': 'provider',
  'aid-assistant': 'provider',
  'car-t-specialist': 'provider',
  pharmacist: 'provider',
  'hospital-staff': 'hospital',
  'service-desk': 'desk',
  supervisor: 'case-manager',
  operations: 'desk',
  member: 'outside-control',
};
const causeOf = (turn: string): string => CAUSE_OF_TURN[turn] ?? 'system';
