/** POST /api/cases: a request is decided on, and one that is not refused becomes a case. */
import type { CreateCase } from '#contract/cases.ts';
import { dayOf } from '#domain/calendar/day.ts';
import type { Milestone } from '#domain/cases/on-milestone.ts';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { decide } from '#domain/eligibility/decide.ts';
import type { Question } from '#domain/eligibility/question.ts';
import { RULES_ABOUT_ILLNESS } from '#domain/eligibility/reasons.ts';
import { begin } from '#domain/journeys/advance.ts';
import { type Journey, stateMeta } from '#domain/journeys/journey.ts';
import { findJourney } from '#domain/journeys/registry.ts';
import { missingPapers } from '#domain/papers/needs.ts';
import { editionInForce } from '#domain/plan/registry.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import { recordAudit } from '#server/audit/record.ts';
import { giveConsent } from '#server/consents/consents.ts';
import { hasDeskCheck } from '#server/desk/checks.ts';
import { findListRow, isListed } from '#server/lists/queries.ts';
import { queueLive } from '#server/notifications/outbox.ts';
import { attachPaper } from '#server/papers/case-papers.ts';
import { findPaper } from '#server/papers/queries.ts';
import { getPersonKey, sealWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type FieldFault, Problem, Refused } from '#server/platform/problem.ts';
import { isCapableAdult, mayActFor } from './access.ts';
import { applyMilestones, loadRunning } from './apply-changes.ts';
import { reasonsOnWire, takeDecision } from './decide-now.ts';
import type { CaseMemory } from './memory.ts';
import { findCase, insertCaseRow, insertEventRow, lockEntitlementRow, takeCaseNumber } from './queries.ts';
import { findPolicyForShare, findRoleOnPolicy, loadQuestion, type PolicyRow, readIllness } from './question.ts';

export type Opened = { refused: false; caseId: string; decisionId: string } | { refused: true; problem: Refused };

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
  const question = await buildQuestion(db, ctx, actor, policy, plan, input, now);
  const needsOwnConsent = await mustAskHerself(db, ctx, actor, input, now);

  const entitlementId = await lockEntitlementRow(db, ctx, uuidv7(), policy.id, input.personId, input.service);
  // Asked again behind the lock: a use taken meanwhile is seen here.
  const asked = { ...question, uses: (await buildQuestion(db, ctx, actor, policy, plan, input, now)).uses };
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

  const wish = await checkRequest(db, ctx, plan, service, journey, input, needsOwnConsent, now, lang);
  const caseId = uuidv7();
  const circumstances = {
    guardian: question.applicant.relation === 'guardian',
    agent: question.applicant.relation === 'agent',
    afterVisit: false,
    evidence: plan.illnesses.find(({ code }) => code === input.illness?.code)?.evidence ?? [],
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
  const begun = begin(journey, {
    rules: rulesOf(service),
    outcome: taken?.decision.outcome ?? 'granted',
    rulesOfDecision: taken?.decision.reasons.map(({ rule }) => rule) ?? [],
    needsOwnConsent,
    missingPapers: missing,
    now: now.toISOString(),
  });
  const memory: CaseMemory = {
    chart: { ...begun.context, provider: service.provider ? (wish?.provider ?? service.provider.default) : null },
    act: input.act,
    given: {},
    verified: null,
    decisionId: taken?.id ?? null,
    askedKinds: [],
    words: { asked: null, refused: null, refusedRule: null },
    rating: null,
    request: {
      illness: input.illness ?? null,
      illnessHospital: input.illness?.hospitalName ?? wish?.illnessHospital ?? null,
      applicant: input.applicant ?? { relation: question.applicant.relation, proofs: [] },
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
    kind: journey.kind,
    chartVersion: journey.version,
    policyId: policy.id,
    personId: input.personId,
    applicantAccount: actor.accountId,
    applicantRelation: question.applicant.relation,
    channel: question.channel,
    state: begun.state,
    final: begun.final,
    turn: stateMeta(journey, begun.state).turn,
    context: sealWith(key, ctx, 'cases', caseId, memory),
    provider: null,
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
  await recordAudit(db, ctx, {
    actor,
    action: 'case.request',
    subject: `case:${caseId}`,
    caseId,
    personId: input.personId,
    now,
    details: {
      service: input.service,
      channel: question.channel,
      relation: question.applicant.relation,
      state: begun.state,
    },
  });
  await queueLive(db, ctx, { kind: 'case', id: caseId, key: `${eventId}/live`, now });
  return { refused: false, caseId, decisionId: taken?.id ?? caseId };
}

/** A member files for herself or somebody on a policy they share; an agent of the desk only behind a passed check. */
async function assertMayFile(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  policy: PolicyRow,
  input: CreateCase,
  now: Date,
): Promise<void> {
  if (actor.role === 'service-desk') {
    if (
      !(await hasDeskCheck(db, ctx, actor, input.personId, now)) &&
      !(await hasDeskCheck(db, ctx, actor, policy.holderId, now))
    )
      throw new Problem('not-found', { pointer: '/personId' });
    return;
  }
  if (actor.personId === null) throw new Problem('not-found', { pointer: '/personId' });
  const onPolicy = await findRoleOnPolicy(db, ctx, policy.id, actor.personId);
  if (
    actor.personId !== input.personId &&
    !onPolicy &&
    !(await mayActFor(db, ctx, actor.personId, input.personId, input.service, now, false))
  )
    throw new Problem('not-found', { pointer: '/personId' });
}

/** A capable adult decides herself: filing for her waits for her consent, unless she delegated the matter (contract 3). */
async function mustAskHerself(db: Db, ctx: Ctx, actor: Actor, input: CreateCase, now: Date): Promise<boolean> {
  if (!(await isCapableAdult(db, ctx, input.personId, now))) return false;
  if (actor.role === 'service-desk')
    return (
      (input.applicant?.relation ?? 'self') !== 'self' || !(await hasDeskCheck(db, ctx, actor, input.personId, now))
    );
  return (
    actor.personId === null || !(await mayActFor(db, ctx, actor.personId, input.personId, input.service, now, false))
  );
}

async function buildQuestion(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  policy: PolicyRow,
  plan: Plan | undefined,
  input: Pick<CreateCase, 'personId' | 'service' | 'act' | 'applicant' | 'illness'>,
  now: Date,
): Promise<Question> {
  const relation =
    input.applicant?.relation ??
    (actor.personId === input.personId || actor.role === 'service-desk' ? 'self' : 'policyholder');
  return loadQuestion(db, ctx, {
    policy,
    personId: input.personId,
    service: input.service,
    act: input.act,
    at: now,
    channel: actor.role === 'service-desk' ? 'hotline' : 'portal',
    relation: actor.personId === input.personId ? 'self' : relation,
    proofs: (input.applicant?.proofs ?? []).map(({ kind }) => kind),
    illness: input.illness && plan ? await readIllness(db, ctx, plan, input.illness) : null,
  });
}

export { buildQuestion };

type Wish = {
  hospitalId: string;
  hospital: string;
  department: string;
  city: string;
  listVersion: number;
  provider: string | null;
  illnessHospital: string | null;
};

/** Everything a request must bring, with all faults at once; nothing is half done. */
async function checkRequest(
  db: Db,
  ctx: Ctx,
  plan: Plan,
  service: Service,
  journey: Journey,
  input: CreateCase,
  needsOwnConsent: boolean,
  now: Date,
  lang: 'zh' | 'en',
): Promise<Wish | null> {
  const errors: FieldFault[] = [];
  const say = (pointer: string, zh: string, en: string) => errors.push({ pointer, detail: lang === 'zh' ? zh : en });
  const form = journey.request.safeParse(input.form);
  if (!form.success)
    for (const issue of form.error.issues)
      say(`/form/${issue.path.join('/')}`, `请填写正确：${issue.message}`, issue.message);
  if (input.illness && !plan.illnesses.some(({ code }) => code === input.illness?.code))
    say('/illness/code', '手册的疾病表里没有这一项', "not in the plan's illness table");
  for (const id of service.notices) {
    const notice = plan.notices.find((one) => one.id === id);
    if (notice && !input.acknowledged.some((one) => one.id === id && one.version === notice.version))
      say('/acknowledged', `请先阅读并确认：${id}`, `read and acknowledge first: ${id}`);
  }
  for (const [i, paper] of input.papers.entries()) {
    const found = await findPaper(db, ctx, paper.paperId);
    if (!found || found.personId !== input.personId)
      say(`/papers/${i}/paperId`, '没有找到这份资料，请重新上传', 'no such paper of this person; upload it again');
  }
  let wish: Wish | null = null;
  const hospitalId = (input.form as { hospital?: string }).hospital;
  if (service.hospitals && hospitalId) {
    const row = (await isListed(db, ctx, service.hospitals.list, hospitalId, dayOf(now)))
      ? await findListRow(db, ctx, service.hospitals.list, hospitalId)
      : undefined;
    if (!row) say('/form/hospital', '这家医院今天不在清单上，请另选', 'not on the list as of today; choose another');
    else {
      const facts = row.row as { name: string; city?: string; provider?: string; departments?: string[] };
      const department = String((input.form as { department?: string }).department ?? '');
      if (facts.departments && facts.departments.length > 0 && !facts.departments.includes(department))
        say(
          '/form/department',
          '这家医院没有这个科室，请从列表里选',
          'the hospital has no such department; choose from its list',
        );
      wish = {
        hospitalId: row.id,
        hospital: facts.name,
        department,
        city: facts.city ?? '',
        listVersion: row.version,
        provider: service.provider?.hospitalMayName ? (facts.provider ?? null) : null,
        illnessHospital: null,
      };
    }
  }
  const provider = wish?.provider ?? service.provider?.default ?? null;
  if (!needsOwnConsent)
    for (const consent of service.consents) {
      const recipient = consent.to === 'provider' ? provider : consent.to;
      const text = plan.consentTexts.find(({ id }) => id === consent.text);
      const given = input.consents.find((one) => one.recipient === recipient && one.purpose === consent.purpose);
      if (!given)
        say(
          '/consents',
          `需要您单独同意把资料交给服务商（${recipient}）`,
          `needs your separate consent to share with ${recipient}`,
        );
      else if (text && given.textVersion !== text.version)
        say('/consents', '授权说明已更新，请重新阅读', 'the consent text has a newer version; read it again');
    }
  if (errors.length > 0) throw new Problem('not-acceptable', { errors });
  return wish;
}
