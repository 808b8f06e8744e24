import type { z } from 'zod';
import type { DelegationView, GiveDelegation } from '#contract/people.ts';
import { ALL_MATTERS } from '#domain/accounts/delegation.ts';
import { DELEGATES_TRIED } from '#domain/accounts/limits.ts';
import { addDays, dayOf, formatInstant, isDay } from '#domain/calendar/day.ts';
import { maskName } from '#domain/persons/mask.ts';
import { bucketOf, takeTry } from '#server/accounts/rate-limits.ts';
import { type AuditDetails, recordAudit } from '#server/audit/record.ts';
import { isCapableAdult } from '#server/cases/access.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { findPerson, findPersonsByHash, getPerson } from '#server/persons/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type Language, Problem } from '#server/platform/problem.ts';
import { type Delegation, endDelegation, findDelegationById, insertDelegation, listDelegations } from './queries.ts';

type View = z.infer<typeof DelegationView>;

/** Days a delegation may last; a longer one is given again. */
const longest = 366;

const isInsured = sql<{ yes: boolean }>(
  'delegations.isInsured',
  `select true as yes from policy_persons where insurer = $1 and person_id = $2 and role = 'insured' limit 1`,
);

/** What the member gave and was given; the other person's name is masked. */
export async function viewDelegations(ctx: Ctx, actor: Actor, lang: Language): Promise<View[]> {
  const personId = ownPerson(actor);
  const views: View[] = [];
  for (const row of await listDelegations(ctx.pool, ctx, personId)) {
    views.push(await viewDelegation(ctx.pool, ctx, row, personId, lang));
  }
  return views;
}

/**
 * An insured adult lets another person of ours act for her in one matter or in all, until a day. The other is named by
 * number and full name, both exactly as on file; ten tries a day, so that nobody asks us who is a customer.
 */
export async function giveDelegation(
  ctx: Ctx,
  actor: Actor,
  input: z.infer<typeof GiveDelegation>,
  lang: Language,
): Promise<View> {
  const fromPerson = ownPerson(actor);
  // Counted in a transaction of its own: a refusal below must not take the count back.
  await inTransaction(ctx.pool, (db) =>
    takeTry(db, ctx, bucketOf(ctx, 'delegates', fromPerson), DELEGATES_TRIED, machineNow()),
  );
  return await inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    const today = dayOf(now);
    if (
      !(await isCapableAdult(db, ctx, fromPerson, now)) ||
      (await query(db, isInsured, [ctx.insurer, fromPerson])).length === 0
    ) {
      throw new Problem('not-allowed', {
        detail: {
          zh: '只有成年且具备完全民事行为能力的被保险人可以授权他人代办。',
          en: 'Only an insured adult of full capacity can let somebody else act.',
        },
      });
    }
    if (!isDay(input.until) || input.until < today || input.until > addDays(today, longest)) {
      throw new Problem('not-acceptable', {
        pointer: '/until',
        detail: {
          zh: `请选择今天至 ${addDays(today, longest)} 之间的日期。`,
          en: `Choose a day from today to ${addDays(today, longest)}.`,
        },
      });
    }
    if (matterLabel(ctx, input.matter, lang) === undefined) {
      throw new Problem('not-acceptable', {
        pointer: '/matter',
        detail: { zh: '请选择一项服务，或全部服务。', en: 'Choose one service, or all of them.' },
      });
    }
    const toPerson = await findDelegate(db, ctx, input, fromPerson, now);

    const id = uuidv7();
    const { matter, until } = input;
    await insertDelegation(db, ctx, {
      id,
      fromPerson,
      toPerson,
      matter,
      until,
      givenAt: now,
      givenBy: actor.accountId!,
    });
    const details: AuditDetails = { matter, until, to: toPerson };
    await recordAudit(db, ctx, {
      actor,
      action: 'delegation.given',
      subject: `delegation:${id}`,
      personId: fromPerson,
      details,
      now,
    });
    await tellChange(db, ctx, 'given', { id, fromPerson, toPerson, matter, until }, now);
    const row = await findDelegationById(db, ctx, id);
    return await viewDelegation(db, ctx, row!, fromPerson, lang);
  });
}

/**
 * Ends a delegation at once: who gave it takes it back, who was given it gives it back; who gave it is told.
 * @throws Problem not-found for everybody else and for one already ended
 */
export async function takeBackDelegation(ctx: Ctx, actor: Actor, id: string): Promise<void> {
  const personId = ownPerson(actor);
  await inTransaction(ctx.pool, async (db) => {
    const row = await findDelegationById(db, ctx, id);
    if (!row || (row.fromPerson !== personId && row.toPerson !== personId)) throw new Problem('not-found');
    const now = await ctx.clock.now(db);
    if (!(await endDelegation(db, ctx, id, now, actor.accountId!))) throw new Problem('not-found');
    const details: AuditDetails = { matter: row.matter, to: row.toPerson };
    await recordAudit(db, ctx, {
      actor,
      action: 'delegation.ended',
      subject: `delegation:${id}`,
      personId: row.fromPerson,
      details,
      now,
    });
    await tellChange(db, ctx, 'ended', { ...row, until: dayOf(now) }, now);
  });
}

/** Tells who gave it: somebody else at her screen would have changed it too. */
async function tellChange(
  db: Db,
  ctx: Ctx,
  change: 'given' | 'ended',
  changed: { id: string; fromPerson: string; toPerson: string; matter: string; until: string },
  now: Date,
): Promise<void> {
  await queueMessage(db, ctx, {
    template: 'delegation-changed',
    to: { personId: changed.fromPerson },
    urgent: false,
    params: { applicant: changed.toPerson, matter: changed.matter, until: changed.until },
    now,
    key: `delegation/${changed.id}/${change}`,
  });
}

async function findDelegate(
  db: Db,
  ctx: Ctx,
  named: { toPhone: string; toName: string },
  fromPerson: string,
  now: Date,
): Promise<string> {
  const byName = await findPersonsByHash(db, ctx, 'name', named.toName);
  const found = (await findPersonsByHash(db, ctx, 'phone', named.toPhone)).filter((id) => byName.includes(id));
  const [toPerson] = found;
  if (toPerson === undefined || found.length > 1) {
    throw new Problem('not-acceptable', {
      pointer: '/toPhone',
      detail: {
        zh: '没有找到姓名和手机号都一致的人，请核对。',
        en: 'Nobody has both this name and this telephone number: check them.',
      },
    });
  }
  if (toPerson === fromPerson)
    throw new Problem('not-acceptable', {
      pointer: '/toPhone',
      detail: { zh: '不能授权给自己。', en: 'You cannot name yourself.' },
    });
  if (!(await isCapableAdult(db, ctx, toPerson, now))) {
    throw new Problem('not-acceptable', {
      pointer: '/toPhone',
      detail: { zh: '只能授权给成年人。', en: 'Only an adult can be named.' },
    });
  }
  return toPerson;
}

/** One delegation as the one or the other reads it. */
export async function viewDelegation(db: Db, ctx: Ctx, row: Delegation, viewer: string, lang: Language): Promise<View> {
  const { id, matter, until } = row;
  return {
    id,
    direction: row.fromPerson === viewer ? 'given' : 'received',
    person: await referTo(db, ctx, row.fromPerson, viewer),
    to: await referTo(db, ctx, row.toPerson, viewer),
    matter,
    matterLabel: matterLabel(ctx, matter, lang) ?? matter,
    until,
    givenAt: formatInstant(row.givenAt),
    endedAt: row.endedAt === null ? null : formatInstant(row.endedAt),
  };
}

/** The viewer's own name in full, the other's masked: she knows whom she named. */
async function referTo(db: Db, ctx: Ctx, personId: string, viewer: string): Promise<View['person']> {
  if (personId === viewer) return { id: personId, name: (await getPerson(db, ctx, personId)).name, masked: false };
  const person = await findPerson(db, ctx, personId);
  return { id: personId, name: maskName(person?.name ?? ''), masked: true };
}

/** The service, or all of them, in words; undefined: no such matter. */
export function matterLabel(ctx: Ctx, matter: string, lang: Language): string | undefined {
  if (matter === ALL_MATTERS) return lang === 'zh' ? '全部服务' : 'All services';
  const plan = ctx.plans.find((one) => Object.hasOwn(one.services, matter));
  return plan?.services[matter]?.name[lang];
}

/** Who is signed in, as a person. @throws Problem not-found */
export function ownPerson(actor: Actor): string {
  if (actor.personId === null) throw new Problem('not-found');
  return actor.personId;
}
