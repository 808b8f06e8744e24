/** Reminders by hand, many at once: the message that the plan's pursuit sends, once a case and day, while people are up. */
import { addDays, dayOf, instantAt } from '#domain/calendar/day.ts';
import { mayLeaveFrom } from '#domain/messages/quiet-hours.ts';
import { findTemplate } from '#domain/messages/templates.ts';
import { recordAudit } from '#server/audit/record.ts';
import { tell } from '#server/cases/apply-changes.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { findReminder } from '#server/cases/pursuit.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { queryOne, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { eachCase, type Outcome } from './each-case.ts';

/** Also the one that the pursuit sent, and the asking itself where the template is the same. */
const selectTold = sql<{ one: 1 }>(
  'remind.told',
  'select 1 as one from outbox where insurer = $1 and case_id = $2 and template = $3 and created_at >= $4 and created_at < $5 limit 1',
);

const no = (zh: string, en: string): Problem => new Problem('not-possible-now', { detail: { zh, en } });

/** Each case's outcome: the subject of what was sent, or why nothing was. The member's side is told; the audit holds who asked. */
export async function remindMembers(
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  ids: readonly string[],
): Promise<Outcome[]> {
  return eachCase(ctx, actor, lang, ids, async (db, row, now) => {
    const reminder = findReminder(row, (await openCaseForEvent(db, ctx, row)).running);
    if (!reminder) throw no('没有在等会员交资料或答复', 'No paper or answer of the member is waited for');
    if (mayLeaveFrom(now, false) !== null)
      throw no('21:00 到次日 8:00 不打扰会员', 'Members are left alone from 21:00 to 8:00');
    const day = dayOf(now);
    const today = [instantAt(day, '00:00'), instantAt(addDays(day, 1), '00:00')];
    if (await queryOne(db, selectTold, [ctx.insurer, row.id, reminder.template, ...today]))
      throw no('今天已经告知或提醒过', 'Told or reminded today already');
    await tell(db, ctx, row, 'member', reminder.template, false, `remind/${row.id}/${day}`, now);
    await recordAudit(db, ctx, {
      actor,
      action: 'case.reminded',
      subject: `case:${row.id}`,
      caseId: row.id,
      personId: row.personId,
      now,
      details: { template: reminder.template },
    });
    return findTemplate(reminder.template)!.subject[lang];
  });
}
