/** One act on many cases: each in a transaction of its own, so that one refusal takes nothing from the others. */
import type { z } from 'zod';
import type { CaseOutcome } from '#contract/work.ts';
import { findCaseRole } from '#server/cases/access.ts';
import { type CaseRow, findCaseForUpdate } from '#server/cases/queries.ts';
import { assertMinorOpen } from '#server/minors/rule.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';

export type Outcome = z.infer<typeof CaseOutcome>;

/**
 * Runs `act` on every case, locked and visible to the caller, in the order given. `act` says what was done, or throws a
 * Problem that says why not; a case that the caller may not see is named by its id alone, as one that does not exist.
 */
export async function eachCase(
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  ids: readonly string[],
  act: (db: Db, row: CaseRow, now: Date) => Promise<string>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const caseId of new Set(ids)) {
    let number = '';
    try {
      const what = await inTransaction(ctx.pool, async (db) => {
        const now = await ctx.clock.now(db);
        const row = await findCaseForUpdate(db, ctx, caseId);
        if (!row || !(await findCaseRole(db, ctx, actor, row, now))) throw new Problem('not-found');
        number = row.number;
        await assertMinorOpen(db, ctx, actor, { personId: row.personId, caseId }, now);
        return act(db, row, now);
      });
      outcomes.push({ caseId, number, done: true, what, why: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      outcomes.push({ caseId, number, done: false, what: null, why: whyNot(error, lang) });
    }
  }
  return outcomes;
}

/** A refusal in one sentence: what it says of this case, of its fields, or what its code means. */
function whyNot(problem: Problem, lang: 'zh' | 'en'): string {
  const { title, detail, errors } = problem.toDocument(lang) as {
    title: string;
    detail?: string;
    errors?: { detail: string }[];
  };
  return errors?.map((one) => one.detail).join(lang === 'zh' ? '；' : '; ') || detail || title;
}
