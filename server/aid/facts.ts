/** What the house knows of a person's aid when a programme is named in one of her cases. */
import { drugOf } from '#domain/aid/programme.ts';
import type { Context } from '#domain/journeys/drug-aid/context-v1.ts';
import type { AidFacts, Facts } from '#domain/journeys/journey.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { listRunningAid } from './dispensed.ts';
import { listLedgers } from './ledger.ts';

/** Null where the event names no programme. */
export async function loadAidFacts(
  db: Db,
  ctx: Ctx,
  { row, memory }: OpenCase,
  { programme: named }: Facts['refs'],
): Promise<AidFacts | null> {
  if (row.kind !== 'drug-aid' || !named) return null;
  const { personId } = row;
  const drug = drugOf(named.generic, named.drug);
  const other = (await listRunningAid(db, ctx, personId, drug)).find((open) => open.row.id !== row.id);
  const ledger = (await listLedgers(db, ctx, personId)).find(({ programme }) => programme.drug === drug);
  const mine = (memory.chart as unknown as Context).programme?.drug === drug;
  return { earlier: mine ? [] : (ledger?.moves ?? []), runningCase: other?.row.number ?? null };
}
