/** After each event: the case holds the slot that its chart names and no other. A slot is never taken twice. */
import { formatInstant } from '#domain/calendar/day.ts';
import { stateMeta } from '#domain/journeys/journey.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Refused } from '#server/platform/problem.ts';
import { findSlot, holdSlot, listFree } from './slots.ts';

/**
 * Runs in the transaction of the event, behind the lock on the case.
 * @throws Refused conflict, with up to six slots that are still free, where somebody else took it meanwhile
 */
export async function keepSlot(
  db: Db,
  ctx: Ctx,
  { row, memory, journey, running }: OpenCase,
  lang: 'zh' | 'en',
  now: Date,
): Promise<void> {
  if (running.service.assist === undefined) return;
  const named = (memory.chart.slotId as string | null | undefined) ?? null;
  // What took place keeps its slot, as the hospital's record of the day.
  const wanted = row.final && stateMeta(journey, row.state).outcome !== 'delivered' ? null : named;
  if (await holdSlot(db, ctx, row.id, wanted, now)) return;
  const slot = await findSlot(db, ctx, wanted!);
  const free = slot ? await listFree(db, ctx, slot, now) : [];
  throw new Refused('conflict', {
    detail:
      lang === 'zh'
        ? `这个时段刚被别人约走或已停，请另选${free.length > 0 ? '；还有空的见下' : ''}`
        : `Somebody else has just taken this slot, or it was closed; choose another${free.length > 0 ? ': see what is still free' : ''}`,
    pointer: '/slot',
    extra: {
      free: free.map(({ id, startsAt, department, doctor }) => ({
        id,
        startsAt: formatInstant(startsAt),
        department,
        doctor,
      })),
    },
  });
}
