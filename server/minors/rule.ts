/**
 * 未成年人网络保护条例 36: staff open a minor's file only after the person in charge agreed. Every road to a record asks
 * here: the case and its events, papers, decisions, appeals, the person in full. See docs/decisions/0011-minors-files.md.
 */
import type { MinorClosed } from '#contract/people.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { isMinor, needsGrant } from '#domain/persons/minors.ts';
import { findLastAsked, type SealedApproval } from '#server/operations/approval-queries.ts';
import { findPerson } from '#server/persons/queries.ts';
import { openFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { findGrantEnd } from './queries.ts';

export type About = { personId: string; caseId: string | null };

/** Why the person's file is closed to the caller; null: it is open, as every adult's is to who may see it otherwise. */
export async function findMinorClosed(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { personId, caseId }: About,
  now: Date,
): Promise<MinorClosed | null> {
  if (!needsGrant(actor.role) || actor.accountId === null) return null;
  const person = await findPerson(db, ctx, personId);
  if (!person || !isMinor(person.bornOn, dayOf(now))) return null;
  if (await findGrantEnd(db, ctx, actor.accountId, personId, now)) return null;
  const last = await findLastAsked(db, ctx, 'open-minor', personId, actor.accountId);
  if (!last || last.state === 'approved') return { personId, caseId, asked: null };
  const { note } = await openFor<SealedApproval>(db, ctx, personId, 'approvals', last.id, last.sealed);
  return { personId, caseId, asked: { state: last.state, at: formatInstant(last.askedAt), note: note ?? null } };
}

/** @throws Problem minor-approval-needed (403) with `minor`: whom to ask about, and whether it was asked */
export async function assertMinorOpen(db: Db, ctx: Ctx, actor: Actor, about: About, now: Date): Promise<void> {
  const minor = await findMinorClosed(db, ctx, actor, about, now);
  if (!minor) return;
  throw new Problem('minor-approval-needed', {
    extra: { minor },
    detail:
      minor.asked?.state === 'open'
        ? {
            zh: '这是未成年人的资料。您已提出申请，主管同意后即可打开。',
            en: 'This is a minor’s file. You have asked; it opens as soon as a supervisor agrees.',
          }
        : {
            zh: '这是未成年人的资料，须先经主管同意才能打开。请写明理由提出申请。',
            en: 'This is a minor’s file: a supervisor has to agree before you open it. Ask, with your reason.',
          },
  });
}
