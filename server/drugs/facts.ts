/** What the house knows about the drug of a case before its reviewers and its pharmacy decide. */
import { type Day, dayOf } from '#domain/calendar/day.ts';
import type { DrugFacts } from '#domain/journeys/journey.ts';
import type { Context } from '#domain/journeys/special-drug/context-v1.ts';
import { aidStandingOf } from '#server/aid/standing.ts';
import type { CaseMemory } from '#server/cases/memory.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import { openWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { owedInCase } from '#server/settlement/api.ts';

const selectOthers = sql<{ id: string; context: Buffer }>(
  'drugs.others',
  'select id, context from cases where insurer = $1 and person_id = $2 and kind = $3 and id <> $4',
);

/** Null for a case without a drug. `payload`: of the event that asks, whose code is compared. */
export async function loadDrugFacts(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  payload: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<DrugFacts | null> {
  const { row, memory, key } = open;
  if (row.kind !== 'special-drug') return null;
  const mine = memory.chart as unknown as Context;
  let supplyUntil: Day | null = mine.supplyUntil;
  // The same drug under an earlier case of hers is on hand too.
  for (const other of await query(db, selectOthers, [ctx.insurer, row.personId, row.kind, row.id])) {
    const { chart } = openWith<CaseMemory>(key, ctx, 'cases', other.id, other.context);
    const theirs = chart as unknown as Context;
    if (theirs.drug?.key === mine.drug?.key && (theirs.supplyUntil ?? '') > (supplyUntil ?? ''))
      supplyUntil = theirs.supplyUntil;
  }
  const code = memory.pickUpCode ?? null;
  const aid = mine.drug
    ? await aidStandingOf(db, ctx, { personId: row.personId, drugKey: mine.drug.key, on: dayOf(now) })
    : undefined;
  const { byMember, toMember } = await owedInCase(db, ctx, row.id);
  return {
    supplyUntil,
    aidGivesIt: aid?.phase === 'free',
    codeFits: code !== null && payload.code === code,
    owed: { byMember, toMember },
  };
}
