/** The phrases a team keeps, and a phrase with one case's words in it. */
import type { z } from 'zod';
import type { FilledPhrases, PhraseChange, PhraseInput, Phrases, PhraseUse } from '#contract/work.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { stateMeta } from '#domain/journeys/journey.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import { fillPhrase, phraseFault } from '#domain/messages/phrase.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getVisibleCase } from '#server/cases/access.ts';
import { planOf } from '#server/cases/question.ts';
import { ROLES } from '#server/cases/words.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem, Refused } from '#server/platform/problem.ts';

type Row = {
  id: string;
  title: string;
  text: string;
  uses: PhraseUse[];
  version: number;
  retired: boolean;
  changedBy: string;
  changedAt: Date;
};
const COLUMNS = 'id, title, text, uses, version, retired, changed_by as "changedBy", changed_at as "changedAt"';
const selectAll = sql<Row>(
  'phrases.all',
  `select ${COLUMNS} from phrases where insurer = $1 order by retired, title, id limit 500`,
);
const selectOffered = sql<Row>(
  'phrases.offered',
  `select ${COLUMNS} from phrases where insurer = $1 and not retired and $2 = any(uses) order by title, id limit 100`,
);
const insertOne = sql<never>(
  'phrases.insert',
  'insert into phrases (insurer, id, title, text, uses, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6, $7)',
);
const updateOne = sql<{ id: string }>(
  'phrases.update',
  `update phrases set title = $4, text = $5, uses = $6, retired = $7, version = version + 1, changed_by = $8, changed_at = $9
    where insurer = $1 and id = $2 and version = $3 returning id`,
);
const selectVersion = sql<{ version: number }>(
  'phrases.version',
  'select version from phrases where insurer = $1 and id = $2',
);

/** All of them, those out of use last; 500 at most. */
export async function listPhrases(db: Db, ctx: Ctx): Promise<z.infer<typeof Phrases>> {
  const rows = await query(db, selectAll, [ctx.insurer]);
  const names = await nameAccounts(
    db,
    ctx,
    rows.map(({ changedBy }) => changedBy),
  );
  return {
    items: rows.map((row) => ({
      ...row,
      changedBy: names.get(row.changedBy) ?? null,
      changedAt: formatInstant(row.changedAt),
    })),
  };
}

/** @throws Problem not-acceptable when the text leaves open what a phrase may not, or tells of a person */
export async function addPhrase(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: z.infer<typeof PhraseInput>,
  now: Date,
): Promise<void> {
  assertKept(input);
  const id = uuidv7();
  await query(db, insertOne, [ctx.insurer, id, input.title, input.text, usesOf(input), actor.accountId, now]);
  await recordAudit(db, ctx, { actor, action: 'phrase.added', subject: `phrase:${id}`, now });
}

/** @throws Problem not-found, not-acceptable; Refused stale when a colleague changed it meanwhile */
export async function changePhrase(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  input: z.infer<typeof PhraseChange>,
  now: Date,
): Promise<void> {
  assertKept(input);
  const { title, text, version, retired } = input;
  const values = [ctx.insurer, id, version, title, text, usesOf(input), retired, actor.accountId, now];
  if (!(await queryOne(db, updateOne, values))) {
    const found = await queryOne(db, selectVersion, [ctx.insurer, id]);
    if (!found) throw new Problem('not-found');
    throw new Refused('stale', { extra: { version: found.version } });
  }
  await recordAudit(db, ctx, {
    actor,
    action: retired ? 'phrase.retired' : 'phrase.changed',
    subject: `phrase:${id}`,
    now,
    details: { version: version + 1 },
  });
}

/** What may be put into a form of this case, filled in. @throws Problem not-found */
export async function fillPhrases(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  caseId: string,
  use: PhraseUse,
): Promise<z.infer<typeof FilledPhrases>> {
  const { row } = await getVisibleCase(db, ctx, actor, caseId, await ctx.clock.now(db));
  const { turn, does } = stateMeta(getJourney(row.kind, row.chartVersion), row.state);
  const who = turn === 'nobody' ? '' : (ROLES[turn]?.[lang] ?? '');
  const words = {
    number: row.number,
    service: planOf(ctx, row.plan, row.edition, row.service).service.name[lang],
    next: `${who}${lang === 'en' && who ? ': ' : ''}${does[lang]}`,
  };
  const rows = await query(db, selectOffered, [ctx.insurer, use]);
  return { items: rows.map(({ id, title, text }) => ({ id, title, text: fillPhrase(text, words) })) };
}

const usesOf = ({ uses }: { uses: readonly PhraseUse[] }): PhraseUse[] => [...new Set(uses)];

function assertKept(input: { title: string; text: string }): void {
  const errors = (['title', 'text'] as const).flatMap((field) => {
    const detail = phraseFault(input[field]);
    return detail ? [{ pointer: `/${field}`, detail }] : [];
  });
  if (errors.length > 0) throw new Problem('not-acceptable', { errors });
}
