/** SQL of grants: which account may open which minor's file until when. */
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;
/** How somebody came by it: asked for and approved, with a case a supervisor assigned, or in a call she verified. */
export type GrantedBy = 'approved' | 'assigned' | 'verified-call';
export type Grant = {
  id: string;
  account: string;
  personId: string;
  how: GrantedBy;
  grantedBy: string;
  grantedAt: Date;
  endsAt: Date;
};

const insertGrant = sql<never>(
  'minors.insertGrant',
  'insert into minor_grants (insurer, id, account, person_id, how, granted_by, granted_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
);
const selectEnd = sql<{ endsAt: Date }>(
  'minors.grantEnd',
  `select ends_at as "endsAt" from minor_grants where insurer = $1 and account = $2 and person_id = $3 and granted_at <= $4 and ends_at > $4
    order by ends_at desc limit 1`,
);

export const insertGrantRow = (db: Db, ctx: Keys, grant: Grant) =>
  query(db, insertGrant, [
    ctx.insurer,
    grant.id,
    grant.account,
    grant.personId,
    grant.how,
    grant.grantedBy,
    grant.grantedAt,
    grant.endsAt,
  ]);
/** Until when the account may open the person's file; undefined: it may not. */
export const findGrantEnd = async (
  db: Db,
  ctx: Keys,
  account: string,
  personId: string,
  now: Date,
): Promise<Date | undefined> => (await queryOne(db, selectEnd, [ctx.insurer, account, personId, now]))?.endsAt;
