/** What a recipient of shared data is called where a person reads it. */
import { dayOf } from '#domain/calendar/day.ts';
import type { Plan } from '#domain/plan/schema.ts';
import { findListedRow } from '#server/lists/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';

/** The plan's name of a provider; an expert's name and hospital, a pharmacy's name as listed today; the code of what is none. */
export async function recipientName(
  db: Db,
  ctx: Ctx,
  plan: Plan | undefined,
  recipient: string,
  lang: 'zh' | 'en',
): Promise<string> {
  const provider = plan?.providers.find(({ code }) => code === recipient);
  if (provider) return provider.name[lang];
  const day = dayOf(await ctx.clock.now(db));
  const expert = await findListedRow(db, ctx, 'experts', recipient, day);
  if (!expert) {
    const pharmacy =
      (await findListedRow(db, ctx, 'pharmacies', recipient, day)) ??
      (await findListedRow(db, ctx, 'cart-pharmacies', recipient, day));
    return pharmacy ? String(pharmacy.row.name) : recipient;
  }
  const { name, hospital } = expert.row as { name: string; hospital: string };
  return lang === 'zh' ? `${name}（${hospital}）` : `${name} (${hospital})`;
}
