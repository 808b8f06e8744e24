/** What papers, consents and live updates ask of cases: who may, and what follows. */
import { isOutside } from '#domain/journeys/journey.ts';
import { groupOfPaper } from '#domain/papers/limits.ts';
import { type Consent, findConsent } from '#server/consents/queries.ts';
import type { ConsentHooks } from '#server/consents/routes.ts';
import { assertMinorOpen } from '#server/minors/rule.ts';
import type { CanOpenPaper, MayUsePerson, OnPaperOpened, PaperAccess } from '#server/papers/access.ts';
import { isRestricted, mayReadKind } from '#server/papers/readers.ts';
import type { PaperHooks } from '#server/papers/routes.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { findCaseRole, isCapableAdult, mayActAtDesk, recipientFor } from './access.ts';
import { openCaseForEvent } from './move-case.ts';
import { listPersonsOfActor } from './my-persons.ts';
import { findCase } from './queries.ts';
import { findRoleOnPolicy } from './question.ts';
import { sendSystemEvent } from './send-event.ts';

const placesOfPaper = sql<{ id: string; kind: string }>(
  'hooks.placesOfPaper',
  'select case_id as id, kind from case_papers where insurer = $1 and paper_id = $2 order by attached_at desc',
);
const policiesShared = sql<{ policyId: string }>(
  'hooks.policiesShared',
  'select a.policy_id as "policyId" from policy_persons a join policy_persons b on b.insurer = a.insurer and b.policy_id = a.policy_id where a.insurer = $1 and a.person_id = $2 and b.person_id = $3 limit 1',
);

/** Whose papers the caller may hand in and list: her own, her delegators', those of a person who cannot act herself on her policy; at the desk, as `mayActAtDesk` says. */
export const mayUsePerson: MayUsePerson = async (db, ctx, actor, personId, now) => {
  if (actor.role === 'service-desk') return mayActAtDesk(db, ctx, actor, personId, now);
  if (actor.role !== 'member' || actor.personId === null) return false;
  if ((await listPersonsOfActor(db, ctx, actor, now)).includes(personId)) return true;
  const shared = (await query(db, policiesShared, [ctx.insurer, actor.personId, personId]))[0];
  return (
    shared !== undefined &&
    (await findRoleOnPolicy(db, ctx, shared.policyId, personId)) !== undefined &&
    !(await isCapableAdult(db, ctx, personId, now))
  );
};

/** Papers open by the case they are in; for a provider under a live consent that names papers (PIPL 23). @throws Problem minor-approval-needed */
export const canOpenPaper: CanOpenPaper = async (db, ctx, actor, paper, now) => {
  const places = await query(db, placesOfPaper, [ctx.insurer, paper.id]);
  if ([paper.kind, ...places.map(({ kind }) => kind)].some((kind) => isRestricted(ctx.plans, kind)))
    return canReadRestricted(db, ctx, actor, paper.kind, places, now);
  if (await mayUsePerson(db, ctx, actor, paper.personId, now)) return { caseId: null, consentId: null };
  for (const { id } of places) {
    const row = await findCase(db, ctx, id);
    const role = row && (await findCaseRole(db, ctx, actor, row, now));
    if (!role || role === 'operations') continue;
    if (!isOutside(role)) {
      await assertMinorOpen(db, ctx, actor, { personId: paper.personId, caseId: id }, now);
      return { caseId: id, consentId: null };
    }
    const consent = await findConsent(db, ctx, {
      personId: paper.personId,
      caseId: id,
      recipient: recipientFor(row, actor) ?? '',
      group: groupOfPaper(ctx.plans, paper.kind),
      now,
    });
    if (consent) return { caseId: id, consentId: consent.id };
  }
  return undefined;
};

/** A paper of a kind that the plan gives to few opens through a case alone, for whom that case lets read it. */
async function canReadRestricted(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  kind: string,
  places: readonly { id: string; kind: string }[],
  now: Date,
): Promise<PaperAccess | undefined> {
  for (const place of places) {
    const row = await findCase(db, ctx, place.id);
    const role = row && (await findCaseRole(db, ctx, actor, row, now));
    if (!role) continue;
    const { running } = await openCaseForEvent(db, ctx, row);
    const reading = { plan: running.plan, history: running.so.history, assignee: row.assignee };
    const reader = { role, accountId: actor.accountId };
    if (!mayReadKind(reading, kind, reader) || !mayReadKind(reading, place.kind, reader)) continue;
    await assertMinorOpen(db, ctx, actor, { personId: row.personId, caseId: place.id }, now);
    return { caseId: place.id, consentId: null };
  }
  return undefined;
}

/** Sharing stops at once; a case that this recipient serves, or was to get, moves as its chart says [2.6.5.2.3]. */
const onWithdrawn = async (
  db: Db,
  ctx: Ctx,
  { caseId, consent, now }: { caseId: string; consent: Consent; actor: Actor; now: Date },
): Promise<void> => {
  const row = await findCase(db, ctx, caseId);
  if (!row || row.final) return;
  const open = await openCaseForEvent(db, ctx, row);
  const { provider, laboratory, expert, pharmacy } = open.memory.chart as Partial<Record<string, string | null>>;
  if ([row.provider ?? provider, laboratory, expert, pharmacy, ...row.panel].includes(consent.recipient))
    await sendSystemEvent(db, ctx, caseId, 'consentWithdrawn', now);
};
const onGiven = async (db: Db, ctx: Ctx, { caseId, now }: { caseId: string; now: Date }): Promise<void> => {
  await sendSystemEvent(db, ctx, caseId, 'providerConsentGiven', now);
};
/** She, or who acts for her, opens the file of a report: the case knows it from now on. */
const onOpened: OnPaperOpened = async (db, ctx, actor, paper, now) => {
  if (actor.role !== 'member') return;
  for (const { id } of await query(db, placesOfPaper, [ctx.insurer, paper.id])) {
    const row = await findCase(db, ctx, id);
    if (!row || row.final) continue;
    const { memory } = await openCaseForEvent(db, ctx, row);
    if (memory.report?.paperId === paper.id) await sendSystemEvent(db, ctx, id, 'openOpinion', now);
  }
};
export const paperHooks: PaperHooks = { mayUsePerson, canOpenPaper, onOpened };
/** Consent is the person's own: she herself, whoever acts for one who cannot, the desk in a verified call. A delegate cannot give it. */
const mayConsentFor: MayUsePerson = async (db, ctx, actor, personId, now) =>
  actor.role === 'service-desk' || actor.personId === personId
    ? mayUsePerson(db, ctx, actor, personId, now)
    : (await mayUsePerson(db, ctx, actor, personId, now)) && !(await isCapableAdult(db, ctx, personId, now));
export const consentHooks: ConsentHooks = { mayUsePerson, mayConsentFor, onGiven, onWithdrawn };
