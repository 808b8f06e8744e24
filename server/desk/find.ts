import type { z } from 'zod';
import type { DeskFind, DeskHit } from '#contract/people.ts';
import { DESK_FINDS } from '#domain/accounts/limits.ts';
import { dayOf, formatInstant, instantAt } from '#domain/calendar/day.ts';
import { maskId, maskName, maskPhone } from '#domain/persons/mask.ts';
import { bucketOf, takeTry } from '#server/accounts/rate-limits.ts';
import { type AuditDetails, recordAudit } from '#server/audit/record.ts';
import { findPersonsByHash, getPerson } from '#server/persons/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { listFileDays, listPersonsByPolicyNo, listRolesOf } from './queries.ts';

type Search = z.infer<typeof DeskFind>;
type Hit = z.infer<typeof DeskHit>;

/**
 * Finds callers by exact match only: policy number, ID number, phone, or full name with one more of these or the birth
 * date. All that is given must match. Hits are masked and at most 20; every search is recorded, its words are not.
 */
export async function findCallers(ctx: Ctx, actor: Actor, raw: Search): Promise<Hit[]> {
  const search = Object.fromEntries(
    Object.entries(raw).flatMap(([key, value]) => (value?.trim() ? [[key, value.trim()]] : [])),
  ) as Search;
  const strong = search.policyNo ?? search.idNumber ?? search.phone;
  if (strong === undefined && !(search.name && search.bornOn)) {
    throw new Problem('not-acceptable', {
      detail: {
        zh: '请输入保单号、证件号或手机号；用姓名查找须再加一项，如出生日期。',
        en: 'Enter a policy, identity or telephone number; a name needs one thing more, such as the date of birth.',
      },
    });
  }
  return await inTransaction(ctx.pool, async (db) => {
    await takeTry(db, ctx, bucketOf(ctx, 'desk-find', actor.accountId!), DESK_FINDS, machineNow());
    const now = await ctx.clock.now(db);
    const ids = await match(db, ctx, search);
    const hits = await describeHits(db, ctx, ids, now);
    const details: AuditDetails = { by: Object.keys(search).join(','), hits: hits.length };
    await recordAudit(db, ctx, { actor, action: 'desk.searched', subject: 'desk:find', details, now });
    for (const { personId } of hits) {
      await recordAudit(db, ctx, { actor, action: 'desk.hit-shown', subject: `person:${personId}`, personId, now });
    }
    return hits;
  });
}

async function match(db: Db, ctx: Ctx, search: Search): Promise<string[]> {
  const sets: string[][] = [];
  if (search.policyNo) sets.push(await listPersonsByPolicyNo(db, ctx, search.policyNo));
  if (search.idNumber) sets.push(await findPersonsByHash(db, ctx, 'id', search.idNumber));
  if (search.phone) sets.push(await findPersonsByHash(db, ctx, 'phone', search.phone));
  if (search.name) sets.push(await findPersonsByHash(db, ctx, 'name', search.name));
  const [first = [], ...rest] = sets;
  const ids = first.filter((id) => rest.every((set) => set.includes(id)));
  if (search.bornOn === undefined) return ids;
  const born: string[] = [];
  for (const id of ids) if ((await getPerson(db, ctx, id)).bornOn === search.bornOn) born.push(id);
  return born;
}

async function describeHits(db: Db, ctx: Ctx, ids: readonly string[], now: Date): Promise<Hit[]> {
  if (ids.length === 0) return [];
  const day = dayOf(now);
  const roles = await listRolesOf(db, ctx, ids);
  const locked = (await listFileDays(db, ctx, ids, day)).filter((file) => file.lockedAt !== null);
  const hits: Hit[] = [];
  for (const personId of ids) {
    const person = await getPerson(db, ctx, personId);
    hits.push({
      personId,
      name: maskName(person.name),
      idNumber: maskId(person.idNumber),
      phone: maskPhone(person.phone),
      roles: roles.filter((row) => row.personId === personId).map((row) => row.role),
      lockedUntil: locked.some((file) => file.personId === personId) ? formatInstant(instantAt(day, '24:00')) : null,
    });
  }
  return hits;
}
