/** Which calls an event leaves behind; in the event's own transaction, where a system outside is configured. */
import type { OpenCase } from '#server/cases/move-case.ts';
import { leaveCall } from '#server/outgoing/queue.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';

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
  if (act) await leaveCall(db, ctx, { caseId: row.id, act, key: `${sent.eventId}/${act}`, now: sent.now });
}
