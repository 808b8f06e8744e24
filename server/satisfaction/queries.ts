/** SQL of what members said of their cases. */
import type { CaseRow } from '#server/cases/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type SatisfactionRow = {
  askedAt: Date | null;
  endedAt: Date | null;
  stars: number | null;
  low: boolean;
  reasons: string[];
  words: Buffer | null;
  saidAt: Date | null;
};

const select = sql<SatisfactionRow>(
  'satisfactions.select',
  `select asked_at as "askedAt", ended_at as "endedAt", stars, low, reasons, words, said_at as "saidAt"
     from satisfactions where insurer = $1 and case_id = $2`,
);
const open = sql<{ fresh: boolean }>(
  'satisfactions.open',
  `insert into satisfactions (insurer, case_id, person_id, service, kind, provider, asked_at, ended_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (insurer, case_id) do update set ended_at = coalesce(excluded.ended_at, satisfactions.ended_at),
     provider = coalesce(satisfactions.provider, excluded.provider) returning asked_at is not distinct from $7 and stars is null as fresh`,
);
const say = sql<never>(
  'satisfactions.say',
  `update satisfactions set stars = $3, low = $4, reasons = $5, words = $6, by_role = $7, said_at = coalesce(said_at, $8), changed_at = $8
    where insurer = $1 and case_id = $2`,
);

export const findSatisfaction = (db: Db, ctx: Keys, caseId: string): Promise<SatisfactionRow | undefined> =>
  queryOne(db, select, [ctx.insurer, caseId]);

/** From now on she may say it. True: it was not open before, so that she is to be asked. */
export const openSatisfaction = async (
  db: Db,
  ctx: Keys,
  row: CaseRow,
  { askedAt, endedAt }: { askedAt: Date | null; endedAt: Date | null },
): Promise<boolean> =>
  (await queryOne(db, open, [ctx.insurer, row.id, row.personId, row.service, row.kind, row.provider, askedAt, endedAt]))
    ?.fresh ?? false;

export type Said = {
  caseId: string;
  stars: number;
  low: boolean;
  reasons: readonly string[];
  words: Buffer | null;
  byRole: 'member' | 'applicant';
  now: Date;
};
export const keepSaid = (db: Db, ctx: Keys, said: Said) =>
  query(db, say, [ctx.insurer, said.caseId, said.stars, said.low, said.reasons, said.words, said.byRole, said.now]);
