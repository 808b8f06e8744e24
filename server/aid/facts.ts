/** What the house knows of a person's aid when a programme is named in one of her cases. */
import { drugOf } from '#domain/aid/programme.ts';
import type { Context } from '#domain/journeys/drug-aid/context-v1.ts';
import type { AidFacts, Facts } from '#domain/journeys/journey.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { listRunningAid } from './dispensed.ts';
import { listLedgers } from './ledger.ts';

const lockLedgers = sql<never>(
  'aid.lockLedgers',
  `select pg_advisory_xact_lock(hashtextextended('aid/' || $1::text || '/' || $2::text, 0))`,
);

/**
 * Null where the event names no programme. Else the person's ledgers are locked until the commit: of two cases that name
 * one programme at once the second sees that the first keeps the ledger.
 */
export async function loadAidFacts(
  db: Db,
  ctx: Ctx,
  { row, memory }: OpenCase,
  { programme: named }: Facts['refs'],
): Promise<AidFacts | null> {
  if (row.kind !== 'drug-aid' || !named) return null;
  const { personId } = row;
  await query(db, lockLedgers, [ctx.insurer, personId]);
  const drug = drugOf(named.generic, named.drug);
  const other = (await listRunningAid(db, ctx, personId, drug)).find((open) => open.row.id !== row.id);
  const ledger = (await listLedgers(db, ctx, personId)).find(({ programme }) => programme.drug === drug);
  const mine = (memory.chart as unknown as Context).programme?.drug === drug;
  return { earlier: mine ? [] : (ledger?.moves ?? []), runningCase: other?.row.number ?? null };
}
