/** Hand-over of all of a colleague's cases: each goes the way a case always goes to a colleague, by `reassign`. */
import type { z } from 'zod';
import type { HandOver } from '#contract/work.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { listStaff } from '#server/accounts/names.ts';
import { sendEvent } from '#server/cases/send-event.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { eachCase, type Outcome } from './each-case.ts';

/** More open cases than anybody has; the next hand-over takes what is left. */
const MOST = 500;
const selectOpen = sql<{ id: string }>(
  'handOver.open',
  'select id from cases where insurer = $1 and assignee = $2 and not final order by opened_at, id limit $3',
);
const countOpen = sql<{ assignee: string; count: number }>(
  'handOver.count',
  'select assignee, count(*)::int as count from cases where insurer = $1 and not final and assignee = any($2) group by assignee',
);

/**
 * Hands every open case of one case manager to the colleagues named, each case to whoever has the fewest by then. A case
 * manager hands over her own, a supervisor anybody's. Each member is told who looks after her case now.
 * @throws Problem not-found, not-acceptable
 */
export async function handOver(
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  input: z.infer<typeof HandOver>,
): Promise<Outcome[]> {
  const { pool } = ctx;
  if (actor.role === 'case-manager' && input.from !== actor.accountId)
    throw new Problem('not-found', { pointer: '/from' });
  const names = await namesOfColleagues(pool, ctx, input);
  if (input.until !== undefined && input.until < dayOf(await ctx.clock.now(pool)))
    throw fault('/until', '不能早于今天', 'cannot be before today');
  const load = new Map(input.to.map((id) => [id, 0]));
  for (const { assignee, count } of await query(pool, countOpen, [ctx.insurer, input.to])) load.set(assignee, count);
  const open = await query(pool, selectOpen, [ctx.insurer, input.from, MOST]);
  return eachCase(
    ctx,
    actor,
    lang,
    open.map(({ id }) => id),
    async (db, row) => {
      if (row.assignee !== input.from)
        throw new Problem('not-possible-now', {
          detail: { zh: '刚刚已由别人接手', en: 'Somebody else has just taken it' },
        });
      const [to, count] = [...load].reduce((least, one) => (one[1] < least[1] ? one : least));
      const payload = { to, reason: input.reason, ...(input.until === undefined ? {} : { until: input.until }) };
      await sendEvent(db, ctx, actor, row.id, { type: 'reassign', version: row.version, payload }, lang);
      load.set(to, count + 1);
      return names.get(to) ?? '';
    },
  );
}

async function namesOfColleagues(
  db: Db,
  ctx: Ctx,
  { from, to }: Pick<z.infer<typeof HandOver>, 'from' | 'to'>,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map((await listStaff(db, ctx, 'case-manager')).map(({ id, name }) => [id, name]));
  for (const [i, id] of to.entries()) {
    if (!names.has(id)) throw fault(`/to/${i}`, '请选一位在岗的病案经理', 'choose an active case manager');
    if (id === from) throw fault(`/to/${i}`, '要转给另一位同事', 'choose another colleague');
  }
  return names;
}

const fault = (pointer: string, zh: string, en: string): Problem =>
  new Problem('not-acceptable', { errors: [{ pointer, detail: { zh, en } }] });
