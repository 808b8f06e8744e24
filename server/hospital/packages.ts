/** A hospital's check-up packages, kept by its own desk: each change is a version of the list, as a file would make. */
import type { z } from 'zod';
import type {
  DropPackage,
  HospitalPackage,
  HospitalPackageView,
  PackageSaved,
  SlotsClosed,
} from '#contract/hospital.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { listRowKey } from '#domain/lists/kinds.ts';
import { recordAudit } from '#server/audit/record.ts';
import { reviseList } from '#server/lists/import-list.ts';
import { listAsOf } from '#server/lists/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { closePackageSlots } from './desk.ts';

const LATER = {
  zh: '名单已有从以后某天起生效的新版本，只能由运营导入文件来改。',
  en: 'A version of the list that begins on a later day is on file: only an import by operations can change it.',
};

/** What the caller's own hospital offers today, by name. */
export async function listPackages(db: Db, ctx: Ctx, actor: Actor): Promise<z.infer<typeof HospitalPackageView>[]> {
  const now = await ctx.clock.now(db);
  const mine: z.infer<typeof HospitalPackageView>[] = [];
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await listAsOf(db, ctx, 'packages', dayOf(now), { limit: 100, ...(cursor ? { cursor } : {}) });
    for (const { row, sample } of page.items) {
      if (row.provider !== actor.provider) continue;
      const text = (field: string) => String(row[field] ?? '');
      mine.push({
        name: text('name'),
        forWhom: text('forWhom'),
        includes: row.includes as string[],
        prepare: text('prepare'),
        price: (row.price as number | null | undefined) ?? null,
        place: text('place'),
        sample,
      });
    }
    cursor = page.next ?? undefined;
    more = page.next !== null;
  }
  return mine;
}

/**
 * Writes a package, by its name: a new one, or the one of that name as it shall be from today.
 * @throws Refused not-possible-now while a version to come is on file
 */
export async function savePackage(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: z.infer<typeof HospitalPackage>,
): Promise<z.infer<typeof PackageSaved>> {
  const now = await ctx.clock.now(db);
  const empty = (text: string) => (text === '' ? null : text);
  const { name, forWhom, includes, prepare, price, place } = input;
  const values = {
    provider: actor.provider,
    name,
    forWhom: empty(forWhom),
    includes,
    prepare: empty(prepare),
    price,
    place: empty(place),
  };
  const outcome = await reviseList(db, ctx, 'packages', { values }, { by: actor.accountId, now });
  if (outcome === 'later') throw new Refused('not-possible-now', { detail: LATER });
  if (outcome === 'removed' || outcome === 'not-there') throw new Error(`A package was written and is ${outcome}`);
  if (outcome !== 'unchanged')
    await recordAudit(db, ctx, {
      actor,
      action: 'hospital.package-saved',
      subject: `hospital:${actor.provider}`,
      details: { [outcome]: 1 },
      now,
    });
  return { outcome };
}

/**
 * Takes a package off the list and closes its times to come; whoever had booked one is told.
 * @throws Problem not-found; Refused not-possible-now while a version to come is on file
 */
export async function dropPackage(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { name }: z.infer<typeof DropPackage>,
): Promise<z.infer<typeof SlotsClosed>> {
  const now = await ctx.clock.now(db);
  const goneKey = listRowKey('packages', { provider: actor.provider, name });
  const outcome = await reviseList(db, ctx, 'packages', { goneKey }, { by: actor.accountId, now });
  if (outcome === 'later') throw new Refused('not-possible-now', { detail: LATER });
  if (outcome === 'not-there') throw new Problem('not-found', { pointer: '/name' });
  const closed = await closePackageSlots(db, ctx, actor, name, now);
  await recordAudit(db, ctx, {
    actor,
    action: 'hospital.package-dropped',
    subject: `hospital:${actor.provider}`,
    details: { removed: closed.closed, persons: closed.told },
    now,
  });
  return closed;
}
