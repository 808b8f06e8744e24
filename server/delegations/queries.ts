import { type DelegationFact, delegationHolds } from '#domain/accounts/delegation.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;

export type Delegation = DelegationFact & {
  readonly id: string;
  readonly fromPerson: string;
  readonly toPerson: string;
  readonly givenAt: Date;
};

const columns = `d.id, d.from_person as "fromPerson", d.to_person as "toPerson", d.matter, d.until_day as until,
  d.given_at as "givenAt", e.ended_at as "endedAt"
  from delegations d
  left join delegation_ends e on e.insurer = d.insurer and e.delegation_id = d.id`;

const between = sql<Delegation>(
  'delegations.between',
  `select ${columns} where d.insurer = $1 and d.from_person = $2 and d.to_person = $3 and e.ended_at is null
    and d.until_day >= $4 order by d.given_at desc, d.id desc limit 200`,
);
const ofPerson = sql<Delegation>(
  'delegations.ofPerson',
  `select ${columns} where d.insurer = $1 and (d.from_person = $2 or d.to_person = $2)
    order by d.given_at desc, d.id desc limit 200`,
);
const received = sql<Delegation>(
  'delegations.received',
  `select ${columns} where d.insurer = $1 and d.to_person = $2 and e.ended_at is null and d.until_day >= $3
    order by d.given_at desc, d.id desc limit 200`,
);
const byId = sql<Delegation>('delegations.byId', `select ${columns} where d.insurer = $1 and d.id = $2`);
const insert = sql<never>(
  'delegations.insert',
  `insert into delegations (insurer, id, from_person, to_person, matter, until_day, given_at, given_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const insertEnd = sql<{ delegationId: string }>(
  'delegations.end',
  `insert into delegation_ends (insurer, delegation_id, ended_at, ended_by) values ($1, $2, $3, $4)
   on conflict do nothing returning delegation_id as "delegationId"`,
);

/** The delegation by which one person may act for another in a matter (a service code) on a day; undefined: none. */
export async function findDelegation(
  db: Db,
  ctx: Keys,
  asked: { fromPerson: string; toPerson: string; matter: string; day: string },
): Promise<Delegation | undefined> {
  const rows = await query(db, between, [ctx.insurer, asked.fromPerson, asked.toPerson, asked.day]);
  return rows.find((row) => delegationHolds(row, asked.matter, asked.day));
}

/** What a person gave and was given, ended ones included, newest first; 200 at most. */
export function listDelegations(db: Db, ctx: Keys, personId: string): Promise<Delegation[]> {
  return query(db, ofPerson, [ctx.insurer, personId]);
}

/** Delegations by which a person may act for others on a day. */
export function listReceivedDelegations(db: Db, ctx: Keys, personId: string, day: string): Promise<Delegation[]> {
  return query(db, received, [ctx.insurer, personId, day]);
}

export function findDelegationById(db: Db, ctx: Keys, id: string): Promise<Delegation | undefined> {
  return queryOne(db, byId, [ctx.insurer, id]);
}

export async function insertDelegation(
  db: Db,
  ctx: Keys,
  row: {
    id: string;
    fromPerson: string;
    toPerson: string;
    matter: string;
    until: string;
    givenAt: Date;
    givenBy: string;
  },
): Promise<void> {
  const values = [row.id, row.fromPerson, row.toPerson, row.matter, row.until, row.givenAt, row.givenBy];
  await query(db, insert, [ctx.insurer, ...values]);
}

/** Takes a delegation back; false when it was taken back before. */
export async function endDelegation(db: Db, ctx: Keys, id: string, at: Date, by: string): Promise<boolean> {
  return (await query(db, insertEnd, [ctx.insurer, id, at, by])).length > 0;
}
