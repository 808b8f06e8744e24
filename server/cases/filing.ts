/** Who may file for whom, whether she must be asked herself, and the question a request puts. */
import type { CreateCase } from '#contract/cases.ts';
import type { Question } from '#domain/eligibility/question.ts';
import type { Plan } from '#domain/plan/schema.ts';
import { hasDeskCheck } from '#server/desk/checks.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { listProofsOfOpening } from '#server/video/opening-proofs.ts';
import { isCapableAdult, mayActFor } from './access.ts';
import { findRoleOnPolicy, loadQuestion, type PolicyRow, readIllness } from './question.ts';

/** A member files for herself or somebody on a policy they share; an agent of the desk only behind a passed check. */
export async function assertMayFile(
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
export async function mustAskHerself(db: Db, ctx: Ctx, actor: Actor, input: CreateCase, now: Date): Promise<boolean> {
  if (!(await isCapableAdult(db, ctx, input.personId, now))) return false;
  if (actor.role === 'service-desk')
    return (
      (input.applicant?.relation ?? 'self') !== 'self' || !(await hasDeskCheck(db, ctx, actor, input.personId, now))
    );
  return (
    actor.personId === null || !(await mayActFor(db, ctx, actor.personId, input.personId, input.service, now, false))
  );
}

export async function buildQuestion(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  policy: PolicyRow,
  plan: Plan | undefined,
  input: Pick<CreateCase, 'personId' | 'service' | 'act' | 'applicant' | 'illness'>,
  given: Readonly<Record<string, boolean>>,
  now: Date,
): Promise<Question> {
  const relation =
    input.applicant?.relation ??
    (actor.personId === input.personId || actor.role === 'service-desk' ? 'self' : 'policyholder');
  const proved =
    input.act === 'use' && plan?.services[input.service]?.ownYear
      ? await listProofsOfOpening(db, ctx, { policyId: policy.id, personId: input.personId, service: input.service })
      : [];
  return loadQuestion(db, ctx, {
    policy,
    personId: input.personId,
    service: input.service,
    act: input.act,
    at: now,
    channel: actor.role === 'service-desk' ? 'hotline' : 'portal',
    relation: actor.personId === input.personId ? 'self' : relation,
    proofs: [...(input.applicant?.proofs ?? []).map(({ kind }) => kind), ...proved],
    admissionCertificate: given.admissionCertificate ?? false,
    illness: input.illness && plan ? await readIllness(db, ctx, plan, input.illness) : null,
  });
}
