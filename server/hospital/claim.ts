/** A claim as it leaves for the claims system: taken by the claims desk as a file, or handed over by the gateway. */
import type { z } from 'zod';
import type { ClaimFile } from '#contract/claims.ts';
import type { Claim } from '#domain/journeys/hospital-assist/context-v1.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getVisibleCase } from '#server/cases/access.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import type { CaseRow } from '#server/cases/queries.ts';
import { listCasePapers } from '#server/papers/case-papers.ts';
import { getPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { LEAVING, leaves, linksOf } from './claim-papers.ts';

/** The whole claim with the account in full, or undefined while the case is none that may leave. */
export async function findClaimFile(db: Db, ctx: Ctx, row: CaseRow): Promise<z.infer<typeof ClaimFile> | undefined> {
  const { memory } = await openCaseForEvent(db, ctx, row);
  const claim = memory.chart.claim as Claim | null | undefined;
  if (!claim || !LEAVING.includes(row.state)) return undefined;
  const { name, idType, idNumber, phone } = await getPerson(db, ctx, row.personId);
  const papers = await listCasePapers(db, ctx, row.id);
  const link = await linksOf(db, ctx, row);
  return {
    number: row.number,
    policyNo: row.policyNo,
    person: { name, idType, idNumber, phone },
    ...claim,
    papers: papers.filter(leaves).map(({ paper, kind }) => ({
      id: paper.id,
      kind,
      sha256: paper.sha256.toString('hex'),
      fileName: paper.fileName,
      fetch: link?.(paper.id) ?? null,
    })),
  };
}

/** The claims desk takes it away; the taking is on record. @throws Problem not-found */
export async function takeClaimFile(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
): Promise<z.infer<typeof ClaimFile>> {
  const now = await ctx.clock.now(db);
  const { row } = await getVisibleCase(db, ctx, actor, caseId, now);
  const file = await findClaimFile(db, ctx, row);
  if (!file) throw new Problem('not-found');
  await recordAudit(db, ctx, {
    actor,
    action: 'claim.taken',
    subject: `case:${caseId}`,
    caseId,
    personId: row.personId,
    details: { papers: file.papers.length },
    now,
  });
  return file;
}
