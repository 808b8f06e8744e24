import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

/** What happened to a policy. `effectiveFrom`: the moment it takes effect, which may lie in the past or the future. */
export type PolicyChange = {
  readonly kind: 'suspended' | 'revived' | 'ended' | 'renewed' | 'insured-added' | 'holder-changed' | 'terms-changed';
  readonly effectiveFrom: Date;
  /** insured-added and holder-changed: who. */
  readonly personId?: string;
  /** renewed: the policy that goes on without break; absent when the same policy was prolonged. */
  readonly renewedBy?: string;
};

const insertTimers = sql<never>(
  'policyChanged.timers',
  `insert into timers (insurer, id, due_at, kind, subject, unique_key, data)
   select $1, t.id, t.due_at, 'policy-change', t.subject, t.unique_key, t.data
     from unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::jsonb[]) t (id, due_at, subject, unique_key, data)
   on conflict (insurer, unique_key) do nothing`,
);

/**
 * Has the worker carry a recorded fact of a policy to entitlements and running cases: a timer of kind `policy-change`,
 * due when the fact takes effect (now for one recorded late), once a fact. `data` is {kind, personId?, renewedBy?}.
 */
export async function policyChanged(
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  policyId: string,
  change: PolicyChange,
  now: Date,
): Promise<void> {
  await policiesChanged(db, ctx, [{ policyId, change }], now);
}

/** `policyChanged` for many policies in one statement. */
export async function policiesChanged(
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  changes: readonly { policyId: string; change: PolicyChange }[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return;
  await query(db, insertTimers, [
    ctx.insurer,
    changes.map(() => uuidv7()),
    changes.map(({ change }) => (change.effectiveFrom > now ? change.effectiveFrom : now)),
    changes.map(({ policyId }) => policyId),
    changes.map(({ policyId, change: { kind, effectiveFrom, personId, renewedBy } }) =>
      ['policy-change', policyId, kind, effectiveFrom.toISOString(), personId ?? renewedBy ?? ''].join(':'),
    ),
    changes.map(({ change: { kind, personId, renewedBy } }) =>
      JSON.stringify({ kind, ...(personId ? { personId } : {}), ...(renewedBy ? { renewedBy } : {}) }),
    ),
  ]);
}
