/** POST /api/cases: a request is decided on, and one that is not refused becomes a case. */
import type { CreateCase } from '#contract/cases.ts';
import { dayOf, instantAt } from '#domain/calendar/day.ts';
import type { Milestone } from '#domain/cases/on-milestone.ts';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { decide } from '#domain/eligibility/decide.ts';
import { adultFrom } from '#domain/eligibility/matter.ts';
import { RULES_ABOUT_ILLNESS } from '#domain/eligibility/reasons.ts';
import { begin } from '#domain/journeys/advance.ts';
import { stateMeta } from '#domain/journeys/journey.ts';
import { findJourney } from '#domain/journeys/registry.ts';
import { missingPapers } from '#domain/papers/needs.ts';
import { editionInForce } from '#domain/plan/registry.ts';
import { recordAudit } from '#server/audit/record.ts';
import { giveConsent } from '#server/consents/consents.ts';
import { queueLive } from '#server/notifications/outbox.ts';
import { attachPaper } from '#server/papers/case-papers.ts';
import { getPersonKey, sealWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { setPolicyExpiry } from '#server/policies/fan-out.ts';
import { setTimer } from '#server/timers/timers.ts';
import { findRunning } from '#server/video/opening-rows.ts';
import { applyMilestones, loadRunning, tell } from './apply-changes.ts';
import { nameManager } from './case-manager.ts';
import { checkRequest } from './check-request.ts';
import { reasonsOnWire, takeDecision } from './decide-now.ts';
import { assertMayFile, buildQuestion, mustAskHerself } from './filing.ts';
import type { CaseMemory } from './memory.ts';
import { findCase, insertCaseRow, insertEventRow, lockEntitlementRow, takeCaseNumber } from './queries.ts';
import { findPolicyForShare, findRoleOnPolicy } from './question.ts';
import { setStateTimers } from './state-timers.ts';

export type Opened =
  | { refused: false; caseId: string; decisionId: string | null }
  | { refused: true; problem: Refused };

/** A guardian's part ends when the person is 18 [2.6.5.1.2]: then the case is hers. */
async function setComingOfAge(db: Db, ctx: Ctx, caseId: string, bornOn: string, now: Date): Promise<void> {
  const dueAt = instantAt(adultFrom(bornOn), '00:00');
  if (dueAt > now) await setTimer(db, ctx, { dueAt, kind: 'of-age', subject: caseId, key: `of-age/${caseId}` });
}

/** The rules that need another person's own facts: told to herself only (contract 3). */
const PRIVATE_RULES: readonly string[] = [
  ...RULES_ABOUT_ILLNESS,
  'held-by-open-case',
  'used-up',
  'already-open',
  'not-opened',
  'lapsed',
];

/**
 * Runs in the caller's transaction, which also keeps the Idempotency-Key's answer. A refusal is returned, not thrown, so
 * that the decision it rests on is kept.
 * @throws Problem not-found (not this caller's person or policy), not-acceptable (fields, all at once)
 */
export async function openCase(db: Db, ctx: Ctx, actor: Actor, input: CreateCase, lang: 'zh' | 'en'): Promise<Opened> {
  const now = await ctx.clock.now(db);
  const policy = await findPolicyForShare(db, ctx, input.policyId);
  if (!policy || !(await findRoleOnPolicy(db, ctx, policy.id, input.personId)))
    throw new Problem('not-found', { pointer: '/policyId' });
  await assertMayFile(db, ctx, actor, policy, input, now);

  const plan = editionInForce(ctx.plans, policy.plan, dayOf(now));
  const service = plan?.services[input.service];
  const journey = service && findJourney(service.journey.kind, service.journey.version);
  const given =
    journey?.givenOf?.(
      input.form,
      input.papers.map(({ kind }) => kind),
      input.act,
    ) ?? {};
  const needsOwnConsent = await mustAskHerself(db, ctx, actor, input, now);

  const entitlementId = await lockEntitlementRow(db, ctx, uuidv7(), policy.id, input.personId, input.service);
  // Asked behind the lock, in later statements: a use taken meanwhile is seen here.
  const asked = await buildQuestion(db, ctx, actor, policy, plan, input, given, now);
  if (needsOwnConsent) {
    const open = decide(ctx.plans, ctx.calendar(), { ...asked, uses: [] }).reasons.filter(
      (reason) => !PRIVATE_RULES.includes(reason.rule) && reason.effect === 'refuse',
    );
    if (open.length > 0)
      return {
        refused: true,
        problem: new Refused('refused', { reasons: reasonsOnWire(ctx, asked, { reasons: open }, lang) }),
      };
  }
  const taken = needsOwnConsent
    ? null
    : await takeDecision(db, ctx, actor, asked, {
        policyId: policy.id,
        personId: input.personId,
        caseId: null,
        takenBy: 'rules',
      });
  if (taken?.decision.outcome === 'refused') {
    await recordAudit(db, ctx, {
      actor,
      action: 'request.refused',
      subject: `decision:${taken.id}`,
      personId: input.personId,
      now,
      details: { rules: taken.decision.reasons.map(({ rule }) => rule).join(' ') },
    });
    return {
      refused: true,
      problem: new Refused('refused', {
        reasons: reasonsOnWire(ctx, asked, taken.decision, lang),
        extra: { decisionId: taken.id },
      }),
    };
  }
  if (!plan || !service) throw new Problem('not-found', { pointer: '/service' });
  if (!journey)
    throw new Problem('not-possible-now', {
      detail: lang === 'zh' ? `这项服务请拨打 ${plan.hotline} 办理` : `Please call ${plan.hotline} for this service`,
    });

  const twin = service.ownYear && (await findRunning(db, ctx, input));
  if (twin)
    throw new Refused('not-possible-now', {
      detail:
        lang === 'zh'
          ? `已经有一份正在进行：${twin.number}，请打开它`
          : `One is under way already: ${twin.number}; please open that`,
      extra: { caseId: twin.id },
    });
  const { wish, refs } = await checkRequest(db, ctx, actor, plan, service, journey, input, needsOwnConsent, now, lang);
  const caseId = uuidv7();
  const circumstances = {
    guardian: asked.applicant.relation === 'guardian',
    proofs: (input.applicant?.proofs ?? []).map(({ kind }) => kind),
    agent: asked.applicant.relation === 'agent',
    afterVisit: false,
    evidence: plan.illnesses.find(({ code }) => code === input.illness?.code)?.evidence ?? [],
    later: journey.gathers ? [journey.gathers] : [],
  };
  const attached = [
    ...input.papers,
    ...(input.applicant?.proofs ?? []).map(({ kind, paperId }) => ({ kind, paperId })),
  ];
  const missing = missingPapers(
    service,
    attached.map(({ kind }) => ({ kind, verdict: 'received' as const })),
    circumstances,
  );
  const provider = service.provider ? (wish?.provider ?? service.provider.default) : null;
  const begun = begin(journey, {
    rules: rulesOf(service),
    outcome: taken?.decision.outcome ?? 'granted',
    rulesOfDecision: taken?.decision.reasons.map(({ rule }) => rule) ?? [],
    needsOwnConsent,
    missingPapers: missing,
    given,
    refs,
    provider,
    now: now.toISOString(),
  });
  const memory: CaseMemory = {
    chart: { ...begun.context, provider },
    act: input.act,
    given,
    verified: null,
    decisionId: taken?.id ?? null,
    askedKinds: [],
    words: { asked: null, refused: null, refusedRule: null },
    request: {
      illness: input.illness ?? null,
      illnessHospital: input.illness?.hospitalName ?? wish?.illnessHospital ?? null,
      applicant: input.applicant ?? { relation: asked.applicant.relation, proofs: [] },
      wish: wish
        ? {
            hospitalId: wish.hospitalId,
            hospital: wish.hospital,
            department: wish.department,
            city: wish.city,
            listVersion: wish.listVersion,
          }
        : null,
      form: input.form,
      acknowledged: input.acknowledged,
    },
  };
  const key = await getPersonKey(db, ctx, input.personId);
  const number = await takeCaseNumber(db, ctx, journey.numberPrefix, dayOf(now));
  await insertCaseRow(db, ctx, {
    id: caseId,
    number,
    plan: plan.plan,
    edition: plan.edition,
    service: input.service,
    act: input.act,
    kind: journey.kind,
    chartVersion: journey.version,
    policyId: policy.id,
    personId: input.personId,
    applicantAccount: actor.accountId,
    applicantRelation: asked.applicant.relation,
    channel: asked.channel,
    state: begun.state,
    final: begun.final,
    turn: stateMeta(journey, begun.state).turn,
    context: sealWith(key, ctx, 'cases', caseId, memory),
    // A kind that hands over by itself may have done so already, one that is served from the request on has.
    provider:
      journey.served === 'from-request' || begun.milestones.some(({ name }) => name === 'handed-to-provider')
        ? provider
        : null,
    attention: taken?.decision.outcome === 'review' ? ['review-by-rule'] : [],
    openedAt: now,
  });
  const milestones: Milestone[] = begun.milestones.map(({ name }) => ({ name, occurredAt: now, recordedAt: now }));
  const eventId = uuidv7();
  await insertEventRow(db, ctx, {
    id: eventId,
    caseId,
    seq: 1,
    type: 'request',
    actorAccount: actor.accountId,
    actorRole: actor.role === 'member' ? (actor.personId === input.personId ? 'member' : 'applicant') : actor.role,
    occurredAt: now,
    recordedAt: now,
    stateAfter: begun.state,
    payload: sealWith(key, ctx, 'events', eventId, {
      request: memory.request,
      missingPapers: missing,
      needsOwnConsent,
      outcome: taken?.decision.outcome ?? null,
      // What a replay needs beside the request itself.
      '#rules': taken?.decision.reasons.map(({ rule }) => rule) ?? [],
      '#provider': memory.chart.provider,
      ...(Object.keys(refs).length > 0 ? { '#refs': refs } : {}),
    }),
    milestones: milestones.map(({ name }) => ({ name, occurredAt: now.toISOString() })),
  });
  for (const paper of attached)
    await attachPaper(db, ctx, { caseId, kind: paper.kind, paperId: paper.paperId, by: actor, now });
  if (!needsOwnConsent)
    for (const consent of input.consents)
      await giveConsent(db, ctx, {
        personId: input.personId,
        caseId,
        plan,
        recipient: consent.recipient,
        purpose: consent.purpose,
        textVersion: consent.textVersion,
        by: actor,
        how: actor.role === 'service-desk' ? 'verified-call' : 'portal',
        now,
      });

  const row = (await findCase(db, ctx, caseId))!;
  const running = await loadRunning(db, ctx, row, plan, service, memory.given, memory.act);
  running.entitlementId = entitlementId;
  running.so = { ...running.so, history: [] };
  await applyMilestones(db, ctx, actor, running, milestones, eventId, now);
  if (taken?.decision.outcome === 'review')
    await tell(db, ctx, row, 'member', 'review-needed', false, `${eventId}/review-needed`, now);
  await nameManager(db, ctx, row, service, eventId, now);
  await setStateTimers(db, ctx, { row, memory, journey, running, key }, eventId, now);
  if (asked.applicant.relation === 'guardian') await setComingOfAge(db, ctx, caseId, asked.person.bornOn, now);
  // The contract's last day is a fact of the calendar, not of a file: the end of the term wakes the case by itself.
  await setPolicyExpiry(db, ctx, policy.id, policy.expiresOn);
  await recordAudit(db, ctx, {
    actor,
    action: 'case.request',
    subject: `case:${caseId}`,
    caseId,
    personId: input.personId,
    now,
    details: {
      service: input.service,
      channel: asked.channel,
      relation: asked.applicant.relation,
      state: begun.state,
    },
  });
  await queueLive(db, ctx, { kind: 'case', id: caseId, key: `${eventId}/live`, now });
  return { refused: false, caseId, decisionId: taken?.id ?? null };
}
