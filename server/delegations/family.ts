/** Whom the member acts for and who acts for her: by delegation, as guardian, or as somebody of the same policy. */
import type { z } from 'zod';
import type { AskDelegation, FamilyTie, FamilyView } from '#contract/people.ts';
import { ALL_MATTERS, delegationHolds } from '#domain/accounts/delegation.ts';
import { DELEGATES_TRIED } from '#domain/accounts/limits.ts';
import { TIE_WORDS, type Tie, tieOnPolicy } from '#domain/accounts/ties.ts';
import { addDays, dayOf } from '#domain/calendar/day.ts';
import { adultFrom } from '#domain/eligibility/matter.ts';
import { isMinor } from '#domain/persons/minors.ts';
import { bucketOf, takeTry } from '#server/accounts/rate-limits.ts';
import { recordAudit } from '#server/audit/record.ts';
import { listPolicyPersons } from '#server/benefits/policy-persons.ts';
import { isCapableAdult } from '#server/cases/access.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { getPersonState } from '#server/persons/facts.ts';
import { getPerson } from '#server/persons/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { type Language, Problem } from '#server/platform/problem.ts';
import { matterLabel, ownPerson, viewDelegation } from './delegations.ts';
import { listDelegations } from './queries.ts';

type OneTie = z.infer<typeof FamilyTie>;
type Someone = {
  id: string;
  name: string;
  role: 'policyholder' | 'insured';
  capableAdult: boolean;
  adultOn: string | null;
};

/** Ties that hold today on both sides, and the delegations that are over. */
export async function viewFamily(db: Db, ctx: Ctx, actor: Actor, lang: Language): Promise<z.infer<typeof FamilyView>> {
  const me = ownPerson(actor);
  const now = await ctx.clock.now(db);
  const today = dayOf(now);
  const view: z.infer<typeof FamilyView> = { actsFor: [], actsForMe: [], ended: [] };
  const named = new Set<string>();
  for (const row of await listDelegations(db, ctx, me)) {
    const seen = await viewDelegation(db, ctx, row, me, lang);
    if (!delegationHolds(row, row.matter, today)) {
      view.ended.push(seen);
      continue;
    }
    const mine = row.fromPerson === me;
    if (!mine && row.matter === ALL_MATTERS) named.add(row.fromPerson);
    (mine ? view.actsForMe : view.actsFor).push(
      tieOf('delegate', mine ? seen.to : seen.person, lang, {
        matterLabel: seen.matterLabel,
        until: seen.until,
        delegationId: seen.id,
      }),
    );
  }
  const own = await someoneOf(db, ctx, { id: me, role: 'insured' }, now);
  for (const other of await listOthers(db, ctx, me, now)) {
    const person = { id: other.id, name: other.name, masked: false };
    const as = tieOnPolicy(other.mine, other);
    view.actsFor.push(
      tieOf(as, person, lang, {
        until: as === 'guardian' && other.adultOn ? addDays(other.adultOn, -1) : null,
        // She who is of age names her delegate herself; she can be asked to.
        canAsk: as !== 'guardian' && other.role === 'insured' && !named.has(other.id),
      }),
    );
    if (other.capableAdult)
      view.actsForMe.push(
        tieOf(tieOnPolicy(other.role, own), person, lang, {
          until: own.adultOn ? addDays(own.adultOn, -1) : null,
        }),
      );
  }
  return view;
}

const tieOf = (
  as: Tie,
  person: OneTie['person'],
  lang: Language,
  more: Partial<Pick<OneTie, 'matterLabel' | 'until' | 'delegationId' | 'canAsk'>>,
): OneTie => ({
  person,
  as,
  asLabel: TIE_WORDS[as].as[lang],
  matterLabel: lang === 'zh' ? '全部服务' : 'All services',
  until: null,
  may: TIE_WORDS[as].may.map((text) => text[lang]),
  mayNot: TIE_WORDS[as].mayNot.map((text) => text[lang]),
  delegationId: null,
  canAsk: false,
  ...more,
});

/** Everybody living with whom she shares a policy, once; `mine`: as what she herself stands on it. */
async function listOthers(db: Db, ctx: Ctx, me: string, now: Date): Promise<(Someone & { mine: Someone['role'] })[]> {
  const found = new Map<string, Someone & { mine: Someone['role'] }>();
  for (const { persons } of await listPolicyPersons(db, ctx, me)) {
    const mine = persons.find(({ id }) => id === me)?.role;
    for (const person of persons) {
      if (!mine || person.id === me || found.has(person.id)) continue;
      if ((await getPersonState(db, ctx, person.id, now)).diedAt === null)
        found.set(person.id, { ...(await someoneOf(db, ctx, person, now)), mine });
    }
  }
  return [...found.values()];
}

async function someoneOf(db: Db, ctx: Ctx, who: Pick<Someone, 'id' | 'role'>, now: Date): Promise<Someone> {
  const { name, bornOn } = await getPerson(db, ctx, who.id);
  const adultOn = isMinor(bornOn, dayOf(now)) ? adultFrom(bornOn) : null;
  return { ...who, name, adultOn, capableAdult: await isCapableAdult(db, ctx, who.id, now) };
}

/** Asks an adult of the same policy to let her act: a message to that person, who answers on her own pages or not at all. */
export async function askDelegation(ctx: Ctx, actor: Actor, input: z.infer<typeof AskDelegation>): Promise<void> {
  const me = ownPerson(actor);
  const { personId, matter } = input;
  // Counted in a transaction of its own: a refusal below must not take the count back.
  await inTransaction(ctx.pool, (db) =>
    takeTry(db, ctx, bucketOf(ctx, 'delegates', me), DELEGATES_TRIED, machineNow()),
  );
  await inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    const family = await viewFamily(db, ctx, actor, 'zh');
    if (!family.actsFor.some(({ person, canAsk }) => person.id === personId && canAsk))
      throw new Problem('not-found', { pointer: '/personId' });
    if (matterLabel(ctx, matter, 'zh') === undefined)
      throw new Problem('not-acceptable', {
        pointer: '/matter',
        detail: { zh: '请选择一项服务，或全部服务。', en: 'Choose one service, or all of them.' },
      });
    await recordAudit(db, ctx, {
      actor,
      action: 'delegation.asked',
      subject: `person:${personId}`,
      personId,
      details: { matter },
      now,
    });
    // One message a day from one to the other, however often it is asked.
    await queueMessage(db, ctx, {
      template: 'delegation-asked',
      to: { personId },
      urgent: false,
      params: { applicant: me, matter },
      now,
      key: `delegation-asked/${me}/${personId}/${dayOf(now)}`,
    });
  });
}
