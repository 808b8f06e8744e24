/**
 * The ledger in the database: postings are only ever added. One row an insured and policy year, and one for life, is
 * locked before what it protects is read; whoever comes second sees what is left.
 */
import type { Day } from '#domain/calendar/day.ts';
import {
  type Account,
  type Entry,
  leftOf,
  type Reservation,
  releaseEntry,
  reservationOf,
  type Sums,
} from '#domain/money/ledger.ts';
import type { Left } from '#domain/money/quote.ts';
import type { Terms } from '#domain/money/terms.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import type { Approval } from './queries.ts';

type Keys = Pick<Ctx, 'insurer'>;
/** Whose ledger: an insured under a plan (for life) and a policy (by year). */
export type Ledger = { personId: string; plan: string; policyId: string };

const ensureAccount = sql<never>(
  'settlementLedger.ensure',
  `insert into settlement_accounts (insurer, id, person_id, plan, policy_id, year_from) values ($1, $2, $3, $4, $5, $6)
   on conflict do nothing`,
);
const lockLife = sql<{ id: string }>(
  'settlementLedger.lockLife',
  'select id from settlement_accounts where insurer = $1 and person_id = $2 and plan = $3 and year_from is null for update',
);
const lockYear = sql<{ id: string }>(
  'settlementLedger.lockYear',
  'select id from settlement_accounts where insurer = $1 and person_id = $2 and policy_id = $3 and year_from = $4 for update',
);
type SumRow = { account: Account; sum: number };
const sumYear = sql<SumRow>(
  'settlementLedger.sumYear',
  `select p.account, sum(p.amount)::bigint as "sum" from settlement_entries e
     join settlement_postings p on p.insurer = e.insurer and p.entry_id = e.id
    where e.insurer = $1 and e.person_id = $2 and e.plan = $3 and e.policy_id = $4 and e.year_from = $5 group by p.account`,
);
const sumLife = sql<SumRow>(
  'settlementLedger.sumLife',
  `select p.account, sum(p.amount)::bigint as "sum" from settlement_entries e
     join settlement_postings p on p.insurer = e.insurer and p.entry_id = e.id
    where e.insurer = $1 and e.person_id = $2 and e.plan = $3 group by p.account`,
);
const sumApproval = sql<SumRow>(
  'settlementLedger.sumApproval',
  `select p.account, sum(p.amount)::bigint as "sum" from settlement_entries e
     join settlement_postings p on p.insurer = e.insurer and p.entry_id = e.id
    where e.insurer = $1 and e.approval_id = $2 and e.year_from = $3 group by p.account`,
);
const sumDispensing = sql<SumRow>(
  'settlementLedger.sumDispensing',
  `select p.account, sum(p.amount)::bigint as "sum" from settlement_entries e
     join settlement_postings p on p.insurer = e.insurer and p.entry_id = e.id
    where e.insurer = $1 and e.approval_id = $2 and e.dispensing_id = $3 group by p.account`,
);
const insertEntry = sql<never>(
  'settlementLedger.insertEntry',
  `insert into settlement_entries (insurer, id, kind, person_id, plan, policy_id, year_from, approval_id, dispensing_id, actor_account, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const insertPostings = sql<never>(
  'settlementLedger.insertPostings',
  `insert into settlement_postings (insurer, entry_id, account, amount)
   select $1, $2, n.account, n.amount from unnest($3::text[], $4::bigint[]) n (account, amount)`,
);

const asSums = (rows: readonly SumRow[]): Sums =>
  Object.fromEntries(rows.map(({ account, sum }) => [account, sum])) as Sums;

/** Locks the lifetime's row, then those of the years in their order, making them on first need. Read in later statements. */
export async function lockLedger(db: Db, ctx: Keys, ledger: Ledger, years: readonly Day[]): Promise<void> {
  const { personId, plan, policyId } = ledger;
  await query(db, ensureAccount, [ctx.insurer, uuidv7(), personId, plan, null, null]);
  await query(db, lockLife, [ctx.insurer, personId, plan]);
  for (const yearFrom of [...new Set(years)].sort()) {
    await query(db, ensureAccount, [ctx.insurer, uuidv7(), personId, plan, policyId, yearFrom]);
    await query(db, lockYear, [ctx.insurer, personId, policyId, yearFrom]);
  }
}

/** What a policy year and the lifetime leave now. Exact only under the lock; without it, what a screen shows. */
export async function readLeft(db: Db, ctx: Keys, ledger: Ledger, terms: Terms, yearFrom: Day): Promise<Left> {
  const { personId, plan, policyId } = ledger;
  const year = asSums(await query(db, sumYear, [ctx.insurer, personId, plan, policyId, yearFrom]));
  return leftOf(terms, year, asSums(await query(db, sumLife, [ctx.insurer, personId, plan])));
}

/** What an approval keeps back in its year. */
export const readReservation = async (db: Db, ctx: Keys, approval: Approval): Promise<Reservation> =>
  reservationOf(asSums(await query(db, sumApproval, [ctx.insurer, approval.id, approval.yearFrom])));

/** The sums of what was settled, paid and given back of one dispensing. */
export const readDispensing = async (db: Db, ctx: Keys, approvalId: string, dispensingId: string): Promise<Sums> =>
  asSums(await query(db, sumDispensing, [ctx.insurer, approvalId, dispensingId]));

/** Adds an entry; one that moves nothing is left out. The ledger's rows are locked by the caller. */
export async function writeEntry(
  db: Db,
  ctx: Keys,
  actor: Actor,
  approval: Pick<Approval, 'id' | 'personId' | 'plan' | 'policyId'>,
  dispensingId: string | null,
  made: Entry,
  now: Date,
): Promise<void> {
  if (made.postings.length === 0) return;
  const id = uuidv7();
  await query(db, insertEntry, [
    ctx.insurer,
    id,
    made.kind,
    approval.personId,
    approval.plan,
    approval.policyId,
    made.yearFrom,
    approval.id,
    dispensingId,
    actor.accountId,
    now,
  ]);
  const accounts = made.postings.map(({ account }) => account);
  await query(db, insertPostings, [ctx.insurer, id, accounts, made.postings.map(({ amount }) => amount)]);
}

/** Gives back what an approval keeps, if anything; returns the insurer's part of it. */
export async function releaseReservation(
  db: Db,
  ctx: Keys,
  actor: Actor,
  approval: Approval,
  now: Date,
): Promise<number> {
  const kept = await readReservation(db, ctx, approval);
  await writeEntry(db, ctx, actor, approval, null, releaseEntry(approval.yearFrom, kept), now);
  return kept.insurer;
}
