/** GET /api/benefits: every service of every policy, whether it can be used, and why not (contract 3). */
import type { z } from 'zod';
import type { BenefitCard } from '#contract/benefits.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { decideBenefit, usableFrom } from '#domain/eligibility/decide.ts';
import { RULES_ABOUT_ILLNESS } from '#domain/eligibility/reasons.ts';
import { findJourney } from '#domain/journeys/registry.ts';
import { maskName } from '#domain/persons/mask.ts';
import { termOf } from '#domain/plan/promise-facts.ts';
import { editionInForce, firstEdition } from '#domain/plan/registry.ts';
import type { PersonRole, Plan, Service } from '#domain/plan/schema.ts';
import { isCapableAdult, mayActFor } from '#server/cases/access.ts';
import { reasonsOnWire } from '#server/cases/decide-now.ts';
import { findPolicy, loadQuestion, type PolicyRow } from '#server/cases/question.ts';
import { hasDeskCheck } from '#server/desk/checks.ts';
import { findPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { findOpening, yearOf } from '#server/video/opening-rows.ts';
import { listPolicyPersons } from './policy-persons.ts';
import { doorsOf, needsInWords } from './words.ts';

const STOPPED: readonly string[] = ['policy-not-in-force', 'entitlement-ended', 'ill-in-waiting-period'];
type Card = z.infer<typeof BenefitCard>;
const selectOpen = sql<{ id: string }>(
  'benefits.open',
  // A service that is open for a year is no case under way.
  `select id from cases where insurer = $1 and policy_id = $2 and person_id = $3 and service = $4 and not final and state <> 'open' order by opened_at desc limit 1`,
);

/** The cards of the signed-in member (herself first), or of the caller the desk has checked. */
export async function listBenefits(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  personId: string | undefined,
): Promise<Card[]> {
  const now = await ctx.clock.now(db);
  const me = actor.role === 'service-desk' ? personId : actor.personId;
  if (!me || (actor.role === 'service-desk' && !(await hasDeskCheck(db, ctx, actor, me, now))))
    throw new Problem('not-found', { pointer: '/personId' });
  const cards: Card[] = [];
  for (const { policyId, persons } of await listPolicyPersons(db, ctx, me)) {
    const policy = (await findPolicy(db, ctx, policyId))!;
    const plan = editionInForce(ctx.plans, policy.plan, dayOf(now)) ?? firstEdition(ctx.plans, policy.plan);
    if (!plan) continue;
    for (const { id: other, role } of persons) {
      const whole = other === me || (await maySeeWhole(db, ctx, me, other, now));
      for (const [code, service] of Object.entries(plan.services))
        cards.push(
          await cardOf(db, ctx, {
            policy,
            plan,
            code,
            service,
            personId: other,
            role,
            whole,
            isDesk: actor.role === 'service-desk',
            now,
            lang,
          }),
        );
    }
  }
  return cards;
}

/** Of another capable adult only what the plan says of the service, unless she delegated (contract 3). */
const maySeeWhole = async (db: Db, ctx: Ctx, me: string, other: string, now: Date): Promise<boolean> =>
  !(await isCapableAdult(db, ctx, other, now)) || mayActFor(db, ctx, me, other, 'all', now, false);

type Asked = {
  policy: PolicyRow;
  plan: Plan;
  code: string;
  service: Service;
  personId: string;
  role: PersonRole;
  whole: boolean;
  isDesk: boolean;
  now: Date;
  lang: 'zh' | 'en';
};

async function cardOf(db: Db, ctx: Ctx, asked: Asked): Promise<Card> {
  const { policy, plan, code, service, personId, role, now, lang, whole } = asked;
  const channel =
    service.channels.is.includes('portal') && !asked.isDesk ? 'portal' : (service.channels.is[0] ?? 'hotline');
  const opening = service.ownYear && (await findOpening(db, ctx, policy.id, personId, code));
  const year = opening && service.ownYear ? yearOf(opening.openedAt, service.ownYear) : null;
  // Applied for where it is not open, or its year is over; used while it is.
  const act = service.ownYear && (year === null || dayOf(now) > year.validUntil) ? ('open' as const) : ('use' as const);
  const full = await loadQuestion(db, ctx, {
    policy,
    personId,
    service: code,
    act,
    at: now,
    channel,
    relation: 'self',
    proofs: [],
    illness: null,
  });
  // Somebody who cannot act herself is asked as her guardian would ask; whether there is one is a matter of the request.
  const capable = await isCapableAdult(db, ctx, personId, now);
  const question = capable
    ? full
    : {
        ...full,
        applicant: {
          relation: 'guardian' as const,
          proofs: ['guardianship', 'minority', 'incapacity'] as ('guardianship' | 'minority' | 'incapacity')[],
        },
      };
  const decision = decideBenefit(ctx.plans, ctx.calendar(), question);
  const known = whole
    ? decision.reasons
    : decision.reasons.filter(
        ({ rule }) =>
          !RULES_ABOUT_ILLNESS.includes(rule) &&
          !['held-by-open-case', 'used-up', 'already-open', 'not-opened', 'lapsed'].includes(rule),
      );
  const usable = known.every(({ effect }) => effect !== 'refuse');
  const later = usable || !whole ? null : usableFrom(ctx.plans, ctx.calendar(), question, decideBenefit);
  const openCaseId = whole
    ? ((await query(db, selectOpen, [ctx.insurer, policy.id, personId, code]))[0]?.id ?? null)
    : null;
  const online = findJourney(service.journey.kind, service.journey.version) !== undefined;
  const person = (await findPerson(db, ctx, personId))!;
  const printed = (id: string) => plan.clauses.find((clause) => clause.id === id)?.printed ?? id;
  const state = openCaseId
    ? 'open-case'
    : known.some(({ rule }) => rule === 'used-up')
      ? 'used'
      : later
        ? 'later'
        : !usable
          ? 'not-usable'
          : (!asked.isDesk && !service.channels.is.includes('portal')) || !online
            ? 'hotline-only'
            : 'usable';
  const words: Record<Card['state'], { zh: string; en: string }> = {
    usable: { zh: '可用', en: 'Usable' },
    later: { zh: `${later ?? ''} 起可用`, en: `Usable from ${later ?? ''}` },
    'open-case': { zh: '办理中', en: 'In progress' },
    used: { zh: '已使用', en: 'Used' },
    'not-usable': { zh: '不可用', en: 'Not usable' },
    // The desk is who is called: there is no form of it here yet.
    'hotline-only': asked.isDesk
      ? { zh: '系统外办理', en: 'Handled outside the system' }
      : { zh: '电话办理', en: 'By telephone' },
  };
  return {
    service: code,
    name: service.name[lang],
    gives: service.gives[lang],
    portal: plan.portal?.name[lang] ?? null,
    doors: doorsOf(plan, service, lang),
    policyId: policy.id,
    policyNo: policy.policyNo,
    person: { id: personId, name: asked.isDesk ? maskName(person.name) : person.name, masked: asked.isDesk },
    personRole: role,
    usable,
    usableFrom: later,
    reasons: reasonsOnWire(ctx, question, { reasons: known }, lang),
    needs: needsInWords(service, (kind) => plan.paperKinds.find((one) => one.kind === kind)?.name[lang] ?? kind, lang),
    // A contract that is not in force, or a service barred for good, has nothing left to count.
    remaining: whole && !known.some(({ rule }) => STOPPED.includes(rule)) ? decision.remaining : null,
    limit: service.use.limit.is,
    lapsesOn: whole && year && dayOf(now) <= year.validUntil ? year.validUntil : null,
    act: service.ownYear ? (whole ? act : 'open') : null,
    channels: [...service.channels.is],
    hotline: plan.hotline,
    online,
    notices: service.notices.flatMap((id) =>
      plan.notices
        .filter((one) => one.id === id)
        .map((one) => ({ id, text: one.text[lang], clause: one.clause, printed: printed(one.clause) })),
    ),
    promises: service.promises.map((promise) => ({
      code: promise.code,
      label: promise.label[lang],
      text: termOf(promise)[lang],
      clause: promise.clause,
      printed: printed(promise.clause),
    })),
    openCaseId,
    limitedView: !whole,
    state,
    stateLabel: words[state][lang],
  };
}
