/** Facts about a person outside any case: capacity and death, as of a moment, with the moment they were recorded. */
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

export type PersonState = { fullCapacity: boolean; diedAt: Date | null };

const selectFacts = sql<{ kind: string; value: string; effectiveFrom: Date }>(
  'personFacts.select',
  `select distinct on (kind) kind, value, effective_from as "effectiveFrom" from person_facts
    where insurer = $1 and person_id = $2 and effective_from <= $3 order by kind, effective_from desc, recorded_at desc`,
);
const insertFact = sql<never>(
  'personFacts.insert',
  `insert into person_facts (insurer, id, person_id, kind, value, effective_from, recorded_at, recorded_by, evidence)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

/** Full capacity until a paper says otherwise (contract 2.5). */
export async function getPersonState(
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  personId: string,
  at: Date,
): Promise<PersonState> {
  const rows = await query(db, selectFacts, [ctx.insurer, personId, at]);
  const death = rows.find((row) => row.kind === 'death');
  return {
    fullCapacity: rows.find((row) => row.kind === 'capacity')?.value !== 'none',
    diedAt: death ? death.effectiveFrom : null,
  };
}

export async function recordPersonFact(
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  fact: {
    personId: string;
    kind: 'capacity' | 'death';
    value: string;
    effectiveFrom: Date;
    recordedBy: string | null;
    evidence: string;
    now: Date;
  },
): Promise<void> {
  await query(db, insertFact, [
    ctx.insurer,
    uuidv7(),
    fact.personId,
    fact.kind,
    fact.value,
    fact.effectiveFrom,
    fact.now,
    fact.recordedBy,
    fact.evidence,
  ]);
}
