import { recordAudit } from '#server/audit/record.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { SYSTEM } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';

/** What an import needs of the insurer's context. */
export type ImportCtx = Pick<Ctx, 'insurer' | 'pool' | 'keyRing' | 'plans' | 'clock'>;

export type Run = {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly now: Date;
  readonly by: string | null;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly skipped: number;
};

const insertRun = sql<never>(
  'imports.insert',
  `insert into imports (insurer, id, kind, source, imported_at, recorded_at, imported_by, rows, added, changed, removed, skipped)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);
const lockKind = sql<{ locked: null }>(
  'imports.lock',
  `select null as locked from pg_advisory_xact_lock(hashtextextended('yilu import ' || $1 || ' ' || $2, 0))`,
);

/** Two imports of one kind run one after the other: the second then sees what the first did. Held until commit. */
export async function lockImports(db: Db, ctx: Pick<Ctx, 'insurer'>, kind: string): Promise<void> {
  await query(db, lockKind, [ctx.insurer, kind]);
}

/** Writes the run down, and its audit row, in the transaction that did it. Only runs that changed something have one. */
export async function recordRun(db: Db, ctx: Pick<Ctx, 'insurer' | 'keyRing'>, run: Run): Promise<void> {
  const { id, kind, source, now, by, rows, added, changed, removed, skipped } = run;
  await query(db, insertRun, [
    ctx.insurer,
    id,
    kind,
    source,
    now,
    machineNow(),
    by,
    rows,
    added,
    changed,
    removed,
    skipped,
  ]);
  await recordAudit(db, ctx, {
    actor: { ...SYSTEM, accountId: by },
    action: kind === 'policies' ? 'policies.imported' : kind === 'calendar' ? 'calendar.imported' : 'list.imported',
    subject: `import:${id}`,
    details: { kind, rows, added, changed, removed, skipped },
    now,
  });
}
