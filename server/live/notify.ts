/** What the dispatcher tells every API process after its commit: ids only, one NOTIFY a batch. */
import { type Db, query, sql } from '#server/platform/db.ts';

export const LIVE_CHANNEL = 'yilu_live';
export type LiveKind = 'case' | 'inbox' | 'clock' | 'video' | 'room';
/** case: id of the case. inbox: id of the person or account whose inbox it is. clock: the sandbox's time moved. video: a doctor's desk (her
 * key) or the supervisors' board (null) is stale. room: something was said in a room of a call. */
export type LiveEvent = { kind: LiveKind; id: string | null };
export type LiveBatch = { insurer: string; events: LiveEvent[] };

/** A payload of NOTIFY holds 8000 bytes; one event takes about 60. */
const EVENTS_A_NOTIFY = 100;
const send = sql<never>('live.notify', `select pg_notify('${LIVE_CHANNEL}', $1)`);

/** Never inside a business transaction: NOTIFY takes a lock of the whole database around the commit. */
export async function notifyLive(db: Db, insurer: string, events: readonly LiveEvent[]): Promise<void> {
  const once = [...new Map(events.map((event) => [`${event.kind} ${event.id}`, event])).values()];
  for (let from = 0; from < once.length; from += EVENTS_A_NOTIFY) {
    await query(db, send, [
      JSON.stringify({ insurer, events: once.slice(from, from + EVENTS_A_NOTIFY) } satisfies LiveBatch),
    ]);
  }
}
