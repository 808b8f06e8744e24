import { isOutside, PARTY_OF } from '#domain/journeys/journey.ts';
import { groupOfPaper } from '#domain/papers/limits.ts';
import { handlesComplaintOn } from '#server/complaints/queries.ts';
import { findConsent } from '#server/consents/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import type { Paper } from './queries.ts';

/** By which case, and for a provider under which consent, a paper may be opened. */
export type PaperAccess = { readonly caseId: string | null; readonly consentId: string | null };

/** Whom the routes of papers, consents and disclosures ask. */
export type MayUsePerson = (db: Db, ctx: Ctx, actor: Actor, personId: string, now: Date) => Promise<boolean>;
/** undefined: not, and then the paper does not exist for the caller. */
export type CanOpenPaper = (
  db: Db,
  ctx: Ctx,
  actor: Actor,
  paper: Paper,
  now: Date,
) => Promise<PaperAccess | undefined>;

/** What follows from a person's opening a file, in the same transaction. */
export type OnPaperOpened = (db: Db, ctx: Ctx, actor: Actor, paper: Paper, now: Date) => Promise<void>;

const listCasesOfPaper = sql<{
  id: string;
  provider: string | null;
  laboratory: string | null;
  expert: string | null;
  pharmacy: string | null;
  doctor: string | null;
  panel: string[];
  assignee: string | null;
  reviewer: string | null;
}>(
  'papers.casesOf',
  `select c.id, c.provider, c.laboratory, c.expert, c.pharmacy, c.doctor, c.panel, c.assignee, c.reviewer from case_papers p
     join cases c on c.insurer = p.insurer and c.id = p.case_id
    where p.insurer = $1 and p.paper_id = $2 order by c.opened_at desc`,
);

/** The person herself. */
export const isThePerson: MayUsePerson = async (_db, _ctx, actor, personId) =>
  actor.role === 'member' && actor.personId === personId;

/**
 * The person herself; reviewer and case manager of a case that the paper is in, and who looks into a complaint about it; who serves such a case from outside now and whom a live consent of the person covers for papers (PIPL 23).
 */
export const canOpenPaper: CanOpenPaper = async (db, ctx, actor, paper, now) => {
  if (actor.role === 'member') return actor.personId === paper.personId ? { caseId: null, consentId: null } : undefined;
  for (const found of await query(db, listCasesOfPaper, [ctx.insurer, paper.id])) {
    const mine =
      (actor.role === 'reviewer' && found.reviewer === actor.accountId) ||
      (actor.role === 'case-manager' && found.assignee === actor.accountId) ||
      (actor.role === 'complaint-handler' &&
        actor.accountId !== null &&
        (await handlesComplaintOn(db, ctx, actor.accountId, found.id)));
    if (mine && actor.accountId !== null) return { caseId: found.id, consentId: null };
    if (!isOutside(actor.role) || actor.provider === null) continue;
    const judges = actor.role === 'expert' && found.panel.includes(actor.provider);
    if (!judges && found[PARTY_OF[actor.role]] !== actor.provider) continue;
    const consent = await findConsent(db, ctx, {
      personId: paper.personId,
      caseId: found.id,
      recipient: actor.provider,
      group: groupOfPaper(ctx.plans, paper.kind),
      now,
    });
    if (consent) return { caseId: found.id, consentId: consent.id };
  }
  return undefined;
};
