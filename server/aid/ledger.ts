/** The ledger of boxes as it is kept: sealed under the person's key, inserted once, never rewritten. */
import type { Programme } from '#domain/aid/programme.ts';
import type { Move } from '#domain/aid/standing.ts';
import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

type Sealed = { move: Move; programme: Programme };
/** A person's entries for one drug, of all her cases, in their order; the newest one's case and version of the programme. */
export type Ledger = { caseId: string; programme: Programme; moves: Move[] };

const insertMove = sql<never>(
  'aid.insertMove',
  `insert into aid_moves (insurer, id, case_id, person_id, number, kind, recorded_by, recorded_at, sealed)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const movesOfPerson = sql<{ id: string; caseId: string; sealed: Buffer }>(
  'aid.movesOfPerson',
  `select id, case_id as "caseId", sealed from aid_moves
    where insurer = $1 and person_id = $2 order by recorded_at, case_id, number limit 1000`,
);

/** Writes what the case's chart has entered since; the case is locked, and it alone keeps this ledger. */
export async function keepMoves(
  db: Db,
  ctx: Ctx,
  of: { caseId: string; personId: string; programme: Programme; moves: readonly Move[]; by: Actor; now: Date },
): Promise<void> {
  const { caseId, personId, programme, moves, by, now } = of;
  const kept = (await listLedgers(db, ctx, personId)).find((one) => one.programme.drug === programme.drug);
  const key = await getPersonKey(db, ctx, personId);
  for (const [i, move] of moves.entries()) {
    if (i < (kept?.moves.length ?? 0)) continue;
    const id = uuidv7();
    const sealed = sealWith(key, ctx, 'aid_moves', id, { move, programme } satisfies Sealed);
    await query(db, insertMove, [ctx.insurer, id, caseId, personId, i + 1, move.kind, by.accountId, now, sealed]);
  }
}

/** A person's ledgers, one a drug, the one entered last at the end. */
export async function listLedgers(db: Db, ctx: Ctx, personId: string): Promise<Ledger[]> {
  const rows = await query(db, movesOfPerson, [ctx.insurer, personId]);
  if (rows.length === 0) return [];
  const key = await getPersonKey(db, ctx, personId);
  const ledgers = new Map<string, Ledger>();
  for (const { id, caseId, sealed } of rows) {
    const { move, programme } = openWith<Sealed>(key, ctx, 'aid_moves', id, sealed);
    const moves = [...(ledgers.get(programme.drug)?.moves ?? []), move];
    ledgers.delete(programme.drug);
    ledgers.set(programme.drug, { caseId, programme, moves });
  }
  return [...ledgers.values()];
}
