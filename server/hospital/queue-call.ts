/** Which calls an event leaves behind; in the event's own transaction, where a system outside is configured. */
import type { OpenCase } from '#server/cases/move-case.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

const insertCall = sql<never>(
  'outgoing.insert',
  `insert into outgoing_calls (insurer, id, case_id, act, unique_key, created_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (insurer, unique_key) do nothing`,
);
const BOOKED: readonly string[] = ['booked', 'policy-deciding'];
/** What the hospital itself brought about it need not be told. */
const ITS_OWN: readonly string[] = ['providerChanges', 'providerCancels', 'slotClosed', 'checkIn', 'reportAbsence'];

/** @param had the state and the slot before the event */
export async function queueCall(
  db: Db,
  ctx: Ctx,
  { row, memory, running }: OpenCase,
  had: { state: string; slotId: unknown },
  sent: { type: string; eventId: string; now: Date },
): Promise<void> {
  if (running.service.assist === undefined) return;
  const [was, is] = [BOOKED.includes(had.state), BOOKED.includes(row.state)];
  const toHospital = ctx.gateways.hospital !== null && !ITS_OWN.includes(sent.type);
  const act =
    ctx.gateways.claims !== null && row.state === 'claim-ready' && had.state !== 'claim-ready'
      ? 'claim'
      : !toHospital
        ? null
        : !was && is
          ? 'book'
          : was && !is
            ? 'cancel'
            : was && is && had.slotId !== memory.chart.slotId
              ? 'move'
              : null;
  if (act) await query(db, insertCall, [ctx.insurer, uuidv7(), row.id, act, `${sent.eventId}/${act}`, sent.now]);
}
