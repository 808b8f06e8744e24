/** Who proved herself a guardian when the service was opened need not do it again for every question within the year. */
import type { Question } from '#domain/eligibility/question.ts';
import type { CaseMemory } from '#server/cases/memory.ts';
import { findCase } from '#server/cases/queries.ts';
import { getPersonKey, openWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { findOpening } from './opening-rows.ts';

/** Kinds of the proofs that the last acknowledged opening came with; empty where none counts. */
export async function listProofsOfOpening(
  db: Db,
  ctx: Ctx,
  about: { policyId: string; personId: string; service: string },
): Promise<Question['applicant']['proofs'][number][]> {
  const opening = await findOpening(db, ctx, about.policyId, about.personId, about.service);
  const row = opening && (await findCase(db, ctx, opening.caseId));
  if (!row) return [];
  const key = await getPersonKey(db, ctx, row.personId);
  const { request } = openWith<CaseMemory>(key, ctx, 'cases', row.id, row.context);
  return (request.applicant.proofs ?? []).map(({ kind }) => kind);
}
