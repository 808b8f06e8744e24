/** What the guards of one event need to know, read in its own transaction: list rows, consents, papers, the decision taken again. */

import { dayOf } from '#domain/calendar/day.ts';
import { fieldsOf, type Reference } from '#domain/journeys/fields.ts';
import type { EventDef, Facts } from '#domain/journeys/journey.ts';
import type { ListKind } from '#domain/lists/kinds.ts';
import { missingPapers, type PaperCircumstances, paperNeeds } from '#domain/papers/needs.ts';
import { loadAidFacts } from '#server/aid/facts.ts';
import { listConsented } from '#server/consents/queries.ts';
import { findDelegation } from '#server/delegations/queries.ts';
import { loadDrugFacts } from '#server/drugs/facts.ts';
import { findSlotForCase } from '#server/hospital/slots.ts';
import { findListedRow, findListRow, isListed } from '#server/lists/queries.ts';
import { listCasePapers } from '#server/papers/case-papers.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';
import { isCapableAdult } from './access.ts';
import type { OpenCase } from './move-case.ts';
import { findPolicy } from './question.ts';

const selectStaff = sql<{ id: string }>(
  'caseFacts.staff',
  `select id from accounts where insurer = $1 and id = $2 and state = 'active' and $3 = any(roles)`,
);

/** Circumstances of the case that decide which papers are needed. */
export function circumstancesOf(open: OpenCase): PaperCircumstances {
  const { memory, running } = open;
  const relation = memory.request.applicant.relation;
  const illness = memory.verified?.code ?? memory.request.illness?.code;
  return {
    guardian: relation === 'guardian',
    proofs: (memory.request.applicant.proofs ?? []).map(({ kind }) => kind),
    agent: relation === 'agent',
    afterVisit: running.so.history.some(({ name }) => name === 'visit-ended'),
    evidence: running.plan.illnesses.find(({ code }) => code === illness)?.evidence ?? [],
    asked: memory.askedKinds,
    passed: running.so.history.map(({ name }) => name),
    roundBegan: typeof memory.chart.roundBegan === 'string' ? new Date(memory.chart.roundBegan) : null,
    ...gatheredLater(open),
  };
}

/** Where records are gathered in the case: nothing of them is missing before it is accepted. */
function gatheredLater({ journey, memory, running }: OpenCase): Partial<PaperCircumstances> {
  const { gathers } = journey;
  if (!gathers) return {};
  const kinds = (memory.chart.recordsList as readonly string[] | null | undefined) ?? [];
  return {
    gathered: { kinds, before: gathers },
    later: running.so.history.some(({ name }) => name === 'accepted') ? [] : [gathers],
  };
}

export async function loadFacts(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  def: EventDef | undefined,
  payload: Record<string, unknown>,
  now: Date,
): Promise<Facts> {
  const papers = await listCasePapers(db, ctx, open.row.id);
  const offer = open.memory.chart.offer as { hospitalId: string } | null;
  const listed =
    offer && open.running.service.hospitals
      ? await isListed(db, ctx, open.running.service.hospitals.list, offer.hospitalId, dayOf(now))
      : true;
  const circumstances = {
    ...circumstancesOf(open),
    // The prescription that opens a round is its first paper; what came with earlier ones counts no more.
    ...(def !== undefined && def === open.journey.events.newPrescription ? { roundBegan: now } : {}),
  };
  const refs = def ? await resolveRefs(db, ctx, open, def, payload, papers, now) : {};
  return {
    now,
    refs,
    byManager: false,
    consented: await listConsented(db, ctx, { personId: open.row.personId, caseId: open.row.id, now }),
    missingPapers: missingPapers(open.running.service, papers, circumstances),
    missingRecords: missingPapers(open.running.service, papers, { ...circumstances, later: [] }),
    acceptedPapers: [...new Set(papers.flatMap(({ kind, verdict }) => (verdict === 'accepted' ? [kind] : [])))].sort(),
    arrivedAt: lastArrival(open, papers, circumstances),
    offerListed: listed,
    laboratoryLicensed: await isLicensed(db, ctx, open.memory.chart.laboratory as string | null | undefined, now),
    drug: await loadDrugFacts(db, ctx, open, payload, now),
    aid: await loadAidFacts(db, ctx, open, refs),
    applicantAllowed: def === undefined || (await isApplicantAllowed(db, ctx, open, now)),
    actor: null,
    party: null,
  };
}

/** A laboratory without a licence in date does not test [2.4.1.5]; a row without a day has one without end. */
async function isLicensed(db: Db, ctx: Ctx, code: string | null | undefined, now: Date): Promise<boolean> {
  if (!code) return true;
  const found = await findListedRow(db, ctx, 'providers', code, dayOf(now));
  const until = found?.row.licenceUntil;
  return found !== undefined && (typeof until !== 'string' || until >= dayOf(now));
}

/** May whoever applied know what the person may know: she herself, who acts for one who cannot, whom she delegated it to. */
async function isApplicantAllowed(db: Db, ctx: Ctx, { row, memory }: OpenCase, now: Date): Promise<boolean> {
  const { relation } = memory.request.applicant;
  if (relation === 'self' || !(await isCapableAdult(db, ctx, row.personId, now))) return true;
  const holder = relation === 'policyholder' ? (await findPolicy(db, ctx, row.policyId))?.holderId : undefined;
  const asked = { fromPerson: row.personId, matter: row.service, day: dayOf(now) };
  return holder !== undefined && (await findDelegation(db, ctx, { ...asked, toPerson: holder })) !== undefined;
}

/** Of the papers that count for what is required: those that were rejected or replaced did not make it complete. */
function lastArrival(open: OpenCase, papers: readonly CasePaper[], circumstances: PaperCircumstances): Date | null {
  const required = paperNeeds(open.running.service, papers, circumstances).flatMap((need) =>
    need.required ? [need.kind] : [],
  );
  const arrivals = papers.flatMap(({ kind, verdict, attachedAt }) =>
    required.includes(kind) && (verdict === 'received' || verdict === 'accepted') ? [attachedAt.getTime()] : [],
  );
  return arrivals.length > 0 ? new Date(Math.max(...arrivals)) : null;
}

type CasePaper = Awaited<ReturnType<typeof listCasePapers>>[number];

async function resolveRefs(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  def: EventDef,
  payload: Record<string, unknown>,
  papers: readonly CasePaper[],
  now: Date,
): Promise<Facts['refs']> {
  const refs: Record<string, Readonly<Record<string, unknown>> | null> = {};
  for (const field of fieldsOf(def.schema)) {
    if (!field.ref) continue;
    const value = payload[field.name];
    if (Array.isArray(value))
      for (const [i, one] of value.entries())
        refs[`${field.name}/${i}`] = await resolve(db, ctx, open, field.ref, String(one), papers, now);
    else if (typeof value === 'string') refs[field.name] = await resolve(db, ctx, open, field.ref, value, papers, now);
  }
  return refs;
}

async function resolve(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  ref: Reference,
  id: string,
  papers: readonly CasePaper[],
  now: Date,
): Promise<Record<string, unknown> | null> {
  if (ref === 'illness') return open.running.plan.illnesses.find(({ code }) => code === id) ?? null;
  // Which rules may be cited is the chart's to say.
  if (ref === 'rule') return { code: id };
  if (ref === 'slot') return findSlotForCase(db, ctx, open, id, now);
  if (ref === 'paper:kind') return open.running.plan.paperKinds.find(({ kind }) => kind === id) ?? null;
  if (ref.startsWith('paper:')) {
    const found = papers.find(({ paper }) => paper.id === id);
    return found ? { id, kind: found.kind, verdict: found.verdict } : null;
  }
  if (ref.startsWith('staff:')) return (await queryOne(db, selectStaff, [ctx.insurer, id, ref.slice(6)])) ?? null;
  const list = ref.slice(5) as ListKind;
  if (!(await isListed(db, ctx, list, id, dayOf(now)))) return null;
  const row = await findListRow(db, ctx, list, id);
  return row ? { ...row.row, id: row.id, key: row.key, listVersion: row.version } : null;
}
