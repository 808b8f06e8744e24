import { findPaperLimits, unfitPaper } from '#domain/papers/limits.ts';
import { findEdition } from '#domain/plan/registry.ts';
import type { Plan } from '#domain/plan/schema.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem } from '#server/platform/problem.ts';
import { findPaper, open, type Paper } from './queries.ts';
import { paperWordsInBoth } from './words.ts';

type CaseCtx = Pick<Ctx, 'insurer' | 'keyRing' | 'plans'>;
export type Verdict = 'received' | 'accepted' | 'rejected' | 'replaced';

/** A paper in a case; `kind` is what it serves as there. */
export type CasePaper = {
  paper: Paper;
  kind: string;
  verdict: Verdict;
  /** Told to the member; there when rejected. */
  reason: string | null;
  attachedAt: Date;
  verdictAt: Date | null;
};

type Row = Parameters<typeof open>[2] & {
  placeKind: string;
  verdict: Verdict;
  placeSealed: Buffer | null;
  attachedAt: Date;
  verdictAt: Date | null;
};

const getCase = sql<{ personId: string; plan: string; edition: string }>(
  'casePapers.case',
  'select person_id as "personId", plan, edition from cases where insurer = $1 and id = $2',
);
const insertPlace = sql<{ kind: string }>(
  'casePapers.insert',
  `insert into case_papers (insurer, case_id, paper_id, kind, verdict, attached_by, attached_at)
   values ($1, $2, $3, $4, 'received', $5, $6) on conflict do nothing returning kind`,
);
const listRejected = sql<{ paperId: string }>(
  'casePapers.rejected',
  `select paper_id as "paperId" from case_papers
    where insurer = $1 and case_id = $2 and kind = $3 and verdict = 'rejected' and paper_id <> $4 for update`,
);
const lockPlace = sql<{ kind: string; verdict: Verdict; personId: string }>(
  'casePapers.lock',
  `select c.kind, c.verdict, p.person_id as "personId" from case_papers c join papers p on p.insurer = c.insurer and p.id = c.paper_id
    where c.insurer = $1 and c.case_id = $2 and c.paper_id = $3 and ($4::text is null or c.kind = $4) order by c.kind for update of c`,
);
const findAccepted = sql<{ caseId: string; by: string | null }>(
  'casePapers.acceptedBefore',
  `select case_id as "caseId", verdict_by as "by" from case_papers
    where insurer = $1 and paper_id = $2 and kind = $3 and case_id <> $4 and verdict = 'accepted' order by verdict_at desc limit 1`,
);
const updatePlace = sql<never>(
  'casePapers.update',
  `update case_papers set verdict = $5, sealed = $6, verdict_by = $7, verdict_at = $8
    where insurer = $1 and case_id = $2 and paper_id = $3 and kind = $4`,
);
const insertVerdict = sql<never>(
  'casePapers.verdict',
  `insert into paper_verdicts (insurer, id, case_id, paper_id, kind, verdict, sealed, by, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const selectLastVerdicts = sql<LastVerdict>(
  'casePapers.lastVerdicts',
  `select distinct on (c.paper_id) c.paper_id as "paperId", c.verdict, c.verdict_at as "verdictAt"
     from case_papers c join papers p on p.insurer = c.insurer and p.id = c.paper_id
    where c.insurer = $1 and p.person_id = $2
    order by c.paper_id, c.verdict_at desc nulls last, c.attached_at desc`,
);
const listPlaces = sql<Row>(
  'casePapers.list',
  `select p.id, p.person_id as "personId", p.kind, p.type, p.bytes, p.sha256, p.pages, p.storage_key as "storageKey", p.sealed,
          p.received_at as "receivedAt", p.received_by as "receivedBy", c.kind as "placeKind", c.verdict, c.sealed as "placeSealed",
          c.attached_at as "attachedAt", c.verdict_at as "verdictAt"
     from case_papers c join papers p on p.insurer = c.insurer and p.id = c.paper_id
    where c.insurer = $1 and c.case_id = $2 order by c.attached_at, p.id, c.kind`,
);

/**
 * Hands a paper of the case's person in to the case as `kind`, judged by the limits of the case's own plan edition.
 * Papers of the kind that were rejected are then `replaced`. Handing in the same again changes nothing.
 * @throws Problem not-found (no such paper of this person), not-acceptable (it cannot serve as this kind)
 */
export async function attachPaper(
  db: Db,
  ctx: CaseCtx,
  input: { caseId: string; kind: string; paperId: string; by: Actor; now: Date },
): Promise<Paper> {
  const { caseId, kind, paperId, by, now } = input;
  const found = await queryOne(db, getCase, [ctx.insurer, caseId]);
  if (!found) throw new Error(`There is no case ${caseId}`);
  const paper = await findPaper(db, ctx, paperId);
  if (!paper || paper.personId !== found.personId) throw new Problem('not-found', { pointer: '/paperId' });
  const plan = findEdition(ctx.plans, found.plan, found.edition);
  const limits = plan && findPaperLimits([plan], kind);
  if (!limits || unfitPaper(limits, paper))
    throw new Problem('not-acceptable', {
      pointer: '/kind',
      detail: paperWordsInBoth(limits ? 'not-serving' : 'unknown-kind'),
    });

  const inserted = await queryOne(db, insertPlace, [ctx.insurer, caseId, paperId, kind, by.accountId, now]);
  if (!inserted) return paper;
  await insertHistory(db, ctx, {
    caseId,
    paperId,
    kind,
    verdict: 'received',
    reason: null,
    personId: paper.personId,
    by,
    now,
  });
  await acceptAsBefore(db, ctx, plan!, { caseId, kind, paperId, personId: paper.personId, by, now });
  for (const old of await query(db, listRejected, [ctx.insurer, caseId, kind, paperId])) {
    await setVerdict(db, ctx, { caseId, paperId: old.paperId, kind, verdict: 'replaced', reason: null, by, now });
  }
  await recordAudit(db, ctx, {
    actor: by,
    action: 'paper.attached',
    subject: `paper:${paperId}`,
    caseId,
    personId: paper.personId,
    details: { kind },
    now,
  });
  return paper;
}

/**
 * A proof that the plan verifies once (plan field `verifiedOnce`) counts as accepted where the same paper was accepted
 * for the same kind in an earlier case; the verdict stays that of whoever gave it, and is recorded as taken over.
 */
async function acceptAsBefore(
  db: Db,
  ctx: CaseCtx,
  plan: Plan,
  place: { caseId: string; kind: string; paperId: string; personId: string; by: Actor; now: Date },
): Promise<void> {
  const { caseId, kind, paperId, personId, now } = place;
  if (!plan.paperKinds.some((one) => one.kind === kind && one.verifiedOnce)) return;
  const earlier = await queryOne(db, findAccepted, [ctx.insurer, paperId, kind, caseId]);
  if (!earlier) return;
  const entry = { caseId, paperId, kind, verdict: 'accepted', reason: null, personId, now } as const;
  await insertHistory(db, ctx, { ...entry, by: { ...place.by, accountId: earlier.by } });
  await query(db, updatePlace, [ctx.insurer, caseId, paperId, kind, 'accepted', null, earlier.by, now]);
  await recordAudit(db, ctx, {
    actor: place.by,
    action: 'paper.accepted-before',
    subject: `paper:${paperId}`,
    caseId,
    personId,
    details: { kind, acceptedIn: earlier.caseId },
    now,
  });
}

/** The papers of a case in the order they came, with the present verdict. */
export async function listCasePapers(db: Db, ctx: CaseCtx, caseId: string): Promise<CasePaper[]> {
  const rows = await query(db, listPlaces, [ctx.insurer, caseId]);
  const keys = new Map<string, Buffer>();
  const list: CasePaper[] = [];
  for (const { placeKind, verdict, placeSealed, attachedAt, verdictAt, ...row } of rows) {
    const dataKey = keys.get(row.personId) ?? (await getPersonKey(db, ctx, row.personId));
    keys.set(row.personId, dataKey);
    const reason =
      placeSealed &&
      openWith<{ reason: string }>(dataKey, ctx, 'paper_verdicts', placeRow(caseId, row.id, placeKind), placeSealed)
        .reason;
    list.push({ paper: open(dataKey, ctx, row), kind: placeKind, verdict, reason, attachedAt, verdictAt });
  }
  return list;
}

/**
 * Sets what a paper counts for in a case; the old verdict stays in the history. Without `kind` it holds for every kind
 * that the paper serves as there.
 * @throws Problem not-found when the paper is not in the case, not-acceptable when a rejection gives no reason
 */
export async function setVerdict(
  db: Db,
  ctx: CaseCtx,
  input: {
    caseId: string;
    paperId: string;
    kind?: string;
    verdict: Verdict;
    reason: string | null;
    by: Actor;
    now: Date;
  },
): Promise<void> {
  const { caseId, paperId, verdict, by, now } = input;
  const reason = input.reason?.trim() || null;
  if (verdict === 'rejected' && reason === null)
    throw new Problem('not-acceptable', { pointer: '/reason', detail: paperWordsInBoth('reason-needed') });
  const places = await query(db, lockPlace, [ctx.insurer, caseId, paperId, input.kind ?? null]);
  if (places.length === 0) throw new Problem('not-found', { pointer: '/paperId' });
  for (const { kind, personId } of places) {
    const sealed = await insertHistory(db, ctx, { caseId, paperId, kind, verdict, reason, personId, by, now });
    await query(db, updatePlace, [ctx.insurer, caseId, paperId, kind, verdict, sealed, by.accountId, now]);
    await recordAudit(db, ctx, {
      actor: by,
      action: `paper.${verdict}`,
      subject: `paper:${paperId}`,
      caseId,
      personId,
      details: { kind },
      now,
    });
  }
}

async function insertHistory(
  db: Db,
  ctx: CaseCtx,
  entry: {
    caseId: string;
    paperId: string;
    kind: string;
    verdict: Verdict;
    reason: string | null;
    personId: string;
    by: Actor;
    now: Date;
  },
): Promise<Buffer | null> {
  const { caseId, paperId, kind } = entry;
  // The same sealed bytes stand in the history and in the present row, so both are bound to the place, not to a row.
  const sealed =
    entry.reason === null
      ? null
      : sealWith(await getPersonKey(db, ctx, entry.personId), ctx, 'paper_verdicts', placeRow(caseId, paperId, kind), {
          reason: entry.reason,
        });
  await query(db, insertVerdict, [
    ctx.insurer,
    uuidv7(),
    caseId,
    paperId,
    kind,
    entry.verdict,
    sealed,
    entry.by.accountId,
    entry.now,
  ]);
  return sealed;
}

const placeRow = (caseId: string, paperId: string, kind: string): string => `${caseId}.${paperId}.${kind}`;

export type LastVerdict = { paperId: string; verdict: Verdict; verdictAt: Date | null };

/** What was last said of each paper of the person that stands in a case; the reason belongs to its case. */
export const listLastVerdicts = (db: Db, ctx: Pick<Ctx, 'insurer'>, personId: string): Promise<LastVerdict[]> =>
  query(db, selectLastVerdicts, [ctx.insurer, personId]);
