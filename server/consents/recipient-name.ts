/** What a recipient of shared data is called where a person reads it. */
import { dayOf } from '#domain/calendar/day.ts';
import type { Plan } from '#domain/plan/schema.ts';
import { findListedRow } from '#server/lists/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';

/** The plan's name of a provider; an expert's name and hospital as listed today; the code of what is neither. */
export async function recipientName(
  db: Db,
  ctx: Ctx,
  plan: Plan | undefined,
  recipient: string,
  lang: 'zh' | 'en',
): Promise<string> {
  const provider = plan?.providers.find(({ code }) => code === recipient);
  if (provider) return provider.name[lang];
  const expert = await findListedRow(db, ctx, 'experts', recipient, dayOf(await ctx.clock.now(db)));
  if (!expert) return recipient;
  const { name, hospital } = expert.row as { name: string; hospital: string };
  return lang === 'zh' ? `${name}（${hospital}）` : `${name} (${hospital})`;
}
