/**
 * What single events write beside the generic rules: papers and their verdicts, assignments, bars, words to the member.
 * Over 300 lines: one table of what single events write.
 */

import { ATTENDING_DOCTOR, PAPERS } from '#domain/journeys/gene-test/context-v1.ts';
import { aidEffects } from '#server/aid/effects.ts';
import { recordAudit } from '#server/audit/record.ts';
import { findConsentText } from '#server/consents/consents.ts';
import { recordDisclosure } from '#server/consents/disclosures.ts';
import { findConsent } from '#server/consents/queries.ts';
import { drugAfter, drugBefore } from '#server/drugs/purchases.ts';
import { claimEffects } from '#server/hospital/effects.ts';
import { grantByAssignment } from '#server/minors/grants.ts';
import { issueReport } from '#server/opinions/report.ts';
import { attachPaper, listCasePapers, setVerdict } from '#server/papers/case-papers.ts';
import { sealWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { keepSatisfaction } from '#server/satisfaction/say.ts';
import { setTimer } from '#server/timers/timers.ts';
import { videoEffects } from '#server/video/effects.ts';
import { tell } from './apply-changes.ts';
import type { VerifiedIllness } from './memory.ts';
import type { OpenCase } from './move-case.ts';

export type EffectInput = {
  payload: Record<string, unknown>;
  refs: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  actor: Actor;
  now: Date;
  onsetOn?: string | null;
  /** Effects are unique by event and number; empty before the event is written. */
  eventId: string;
};
/** The end of a letter's message key, `message/<event>/letter`. */
export const LETTER = 'letter';

export type Effect = (db: Db, ctx: Ctx, open: OpenCase, input: EffectInput) => Promise<void>;

const insertBar = sql<never>(
  'bars.insert',
  `insert into bars (insurer, id, person_id, policy_id, case_id, illness_kind, sealed, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

async function attach(db: Db, ctx: Ctx, open: OpenCase, { payload, actor, now }: EffectInput): Promise<void> {
  await attachPaper(db, ctx, {
    caseId: open.row.id,
    kind: String(payload.kind),
    paperId: String(payload.paper),
    by: actor,
    now,
  });
}

/** Runs before the chart moves, so that its guards see what it wrote (a paper handed in). */
export const before: Readonly<Record<string, Effect>> = {
  attachPaper: (db, ctx, open, input) => attach(db, ctx, open, input),
  handInPaper: (db, ctx, open, input) => attach(db, ctx, open, input),
  attachReport: (db, ctx, open, input) => attach(db, ctx, open, input),
  gatherRecord: (db, ctx, open, input) => attach(db, ctx, open, input),
  ...drugBefore,
};

/** Runs after the chart moved, in the same transaction. */
export const after: Readonly<Record<string, Effect>> = {
  ...drugAfter,
  judgePaper: async (db, ctx, open, { payload, actor, now, eventId }) => {
    const verdict = payload.verdict as 'accepted' | 'rejected';
    await setVerdict(db, ctx, {
      caseId: open.row.id,
      paperId: String(payload.paper),
      verdict,
      reason: (payload.reason as string | undefined) ?? null,
      by: actor,
      now,
    });
    if (verdict === 'rejected')
      await tell(db, ctx, open.row, 'member', 'paper-rejected', false, `${eventId}/paper-rejected`, now);
  },
  takeReview: async (_db, _ctx, open, { actor }) => {
    open.row.reviewer = actor.accountId;
  },
  takeCase: async (_db, _ctx, open, { actor }) => {
    open.row.assignee = actor.accountId;
  },
  // Who reaches the applicant of a case that nobody has takes it.
  logCall: async (_db, _ctx, open, { actor, payload }) => {
    if (actor.role === 'case-manager') open.row.assignee ??= actor.accountId;
    if (actor.role === 'car-t-specialist' && payload.outcome === 'reached') {
      open.row.assignee ??= actor.accountId;
      open.row.attention = open.row.attention.filter((mark) => mark !== 'severe-reaction');
    }
  },
  writeCarePath: async (_db, _ctx, open, { actor }) => {
    open.row.assignee ??= actor.accountId;
  },
  assess: async (_db, _ctx, open, { actor }) => {
    open.row.assignee ??= actor.accountId;
  },
  // What the case manager lets out has been checked by her; what she returns counts no more.
  releaseReport: (db, ctx, open, input) => judgeReport(db, ctx, open, input, 'accepted'),
  returnReport: (db, ctx, open, input) => judgeReport(db, ctx, open, input, 'rejected'),
  explainToDoctor: (db, ctx, open, input) => tellDoctor(db, ctx, open, input, 'told'),
  sendReportToDoctor: (db, ctx, open, input) => tellDoctor(db, ctx, open, input, 'copy'),
  reassign: async (db, ctx, open, { payload, actor, now, eventId }) => {
    const to = String(payload.to);
    open.row.assignee = to;
    open.row.attention = open.row.attention.filter((mark) => mark !== 'asks-another-manager');
    await grantByAssignment(db, ctx, actor, { account: to, personId: open.row.personId, caseId: open.row.id, now });
    await tell(db, ctx, open.row, 'case-manager', 'case-waits', false, `${eventId}/reassigned`, now);
    await tell(db, ctx, open.row, 'member', 'case-reassigned', false, `${eventId}/reassigned-member`, now);
  },
  writeMember: async (db, ctx, open, { actor, now, eventId }) => {
    if (actor.role === 'car-t-specialist') open.row.assignee ??= actor.accountId;
    const key = `${eventId}/${LETTER}`;
    const params = { manager: actor.accountId ?? '' };
    await tell(db, ctx, open.row, 'member', 'manager-wrote', false, key, now, params);
  },
  leaveMessage: (db, ctx, open, { now, eventId }) =>
    tell(db, ctx, open.row, 'case-manager', 'member-wrote', false, `${eventId}/member-wrote`, now),
  askAnotherManager: async (db, ctx, open, { now, eventId }) => {
    open.row.attention = [...new Set([...open.row.attention, 'asks-another-manager'])];
    await tell(db, ctx, open.row, 'supervisor', 'manager-change-asked', false, `${eventId}/another-manager`, now);
  },
  askPapers: askList,
  askPanelPapers: askList,
  askAidPapers: askList,
  ...claimEffects,
  ...aidEffects,
  ...videoEffects,
  tellMissing: async (db, ctx, open, { payload, now, eventId }) => {
    if (open.row.state === 'records-second-list') return;
    open.memory.words.asked = String(payload.note);
    // Before the request is accepted the list waits for nobody's turn, so no milestone tells it.
    if (open.row.state !== 'awaiting-records')
      await tell(db, ctx, open.row, 'member', 'papers-asked', false, `${eventId}/records-missing`, now);
  },
  issueOpinion: issueReport,
  approveList: async (_db, _ctx, open) => {
    const list = open.memory.chart.pendingList as PaperList | null;
    if (list && open.row.state === 'awaiting-records') open.memory.words.asked = list.note;
    else if (list) askFor(open, list);
  },
  verifyFacts: async (_db, _ctx, open, { payload, refs }) => {
    open.memory.verified = verifiedFrom(payload, refs);
  },
  refuseRequest: async (db, ctx, open, { payload, actor, now, onsetOn }) => {
    open.memory.words.refused = String(payload.text);
    open.memory.words.refusedRule = String(payload.rule);
    if (payload.rule === 'ill-in-waiting-period' && open.memory.verified)
      await keepBar(db, ctx, open, actor, now, onsetOn ?? null);
  },
  rate: (db, ctx, open, { payload, actor, now }) =>
    keepSatisfaction(db, ctx, open, {
      stars: Number(payload.stars),
      words: payload.words as string | undefined,
      reasons: [],
      role: actor.personId === open.row.personId ? 'member' : 'applicant',
      now,
    }),
  reportEscortAbsent: async (db, ctx, open, { now, eventId }) => {
    open.row.attention = [...new Set([...open.row.attention, 'escort-absent'])];
    await tell(db, ctx, open.row, 'supervisor', 'case-waits', true, `${eventId}/escort-absent`, now);
  },
  pursuitEnded: async (db, ctx, open, { now, eventId }) => {
    if (open.row.final) return;
    open.row.attention = [...new Set([...open.row.attention, 'call-before-closing'])];
    await tell(db, ctx, open.row, 'case-manager', 'target-passed', false, `${eventId}/pursuit`, now);
  },
  /** The member's consent to the provider may already be there from an earlier hand-over. */
  handToProvider: async (db, ctx, open, { now }) => {
    if (open.row.state === 'with-provider') return;
    const purpose = open.running.service.consents.find(({ to }) => to === 'provider')?.purpose;
    if (!purpose || !findConsentText(open.running.plan, purpose)) return;
    await setTimer(db, ctx, {
      dueAt: new Date(now.getTime() + 24 * 3_600_000),
      kind: 'consent-remind',
      subject: open.row.id,
      key: `consent-remind/${open.row.id}/${open.row.lastSeq}`,
    });
  },
};

async function judgeReport(
  db: Db,
  ctx: Ctx,
  { row }: OpenCase,
  { payload, actor, now }: EffectInput,
  verdict: 'accepted' | 'rejected',
): Promise<void> {
  const reason = typeof payload.reason === 'string' ? payload.reason : null;
  for (const { kind, paper, verdict: before } of await listCasePapers(db, ctx, row.id))
    if (kind === PAPERS.report && before === 'received')
      await setVerdict(db, ctx, { caseId: row.id, paperId: paper.id, kind, verdict, reason, by: actor, now });
}

/** The attending doctor is no user here: what the case manager passes on under the patient's consent is a disclosure [2.4.1.6]. */
async function tellDoctor(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  { actor, now, eventId }: EffectInput,
  what: 'told' | 'copy',
): Promise<void> {
  const { personId, id: caseId } = open.row;
  const consent = await findConsent(db, ctx, { personId, caseId, recipient: ATTENDING_DOCTOR, now });
  // The chart's check has just found it in this very transaction.
  if (!consent) throw new Error(`Case ${caseId} has no consent for ${ATTENDING_DOCTOR}`);
  await recordDisclosure(db, ctx, {
    personId,
    caseId,
    recipient: ATTENDING_DOCTOR,
    actor,
    groups: ['identity', 'illness', 'report'],
    fields: ['person.name', 'illness.code', `report.${what}`],
    contentVersion: eventId,
    consentId: consent.id,
    now,
  });
}

/** A second list asks nothing of her before the supervisor has agreed to it. */
async function askList(_db: Db, _ctx: Ctx, open: OpenCase, { payload }: EffectInput): Promise<void> {
  if (open.row.turn === 'member') askFor(open, { kinds: payload.kinds as string[], note: String(payload.note) });
}

type PaperList = { kinds: readonly string[]; note: string };
function askFor(open: OpenCase, { kinds, note }: PaperList): void {
  open.memory.askedKinds = [...new Set([...open.memory.askedKinds, ...kinds])];
  open.memory.words.asked = note;
}

export function verifiedFrom(payload: Record<string, unknown>, refs: EffectInput['refs']): VerifiedIllness {
  const p = payload as Record<string, string | boolean | number | undefined>;
  const listed = refs.hospital as { name: string; grade: number; class?: string; public: boolean } | null | undefined;
  const optional = (name: string) => (typeof p[name] === 'string' ? { [name]: p[name] as string } : {});
  return {
    code: String(p.illness),
    first: p.first === true,
    preExisting: p.preExisting === true,
    sourcePaperId: String(p.source),
    diagnosedOn: String(p.diagnosedOn),
    ...optional('firstSymptomOn'),
    ...optional('firstAbnormalOn'),
    ...optional('firstVisitOn'),
    ...(listed
      ? {
          hospitalId: String(p.hospital),
          hospital: {
            name: listed.name,
            grade: listed.grade,
            ...(listed.class ? { class: listed.class } : {}),
            public: listed.public,
            source: 'list',
          },
        }
      : typeof p.hospitalName === 'string'
        ? {
            hospitalName: p.hospitalName,
            hospital: {
              name: p.hospitalName,
              grade: Number(p.hospitalGrade),
              public: p.hospitalPublic === true,
              source: String(p.hospitalSource),
            },
          }
        : {}),
  };
}

/** A verified diagnosis inside the waiting period bars the service for good; it is kept with its evidence [2.2.5]. */
async function keepBar(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  actor: Actor,
  now: Date,
  onsetOn: string | null,
): Promise<void> {
  const verified = open.memory.verified!;
  const kind = open.running.plan.illnesses.find(({ code }) => code === verified.code)?.kind ?? 'other';
  const id = uuidv7();
  const sealed = sealWith(open.key, ctx, 'bars', id, {
    code: verified.code,
    onsetOn,
    diagnosedOn: verified.diagnosedOn,
    paperId: verified.sourcePaperId,
  });
  await query(db, insertBar, [
    ctx.insurer,
    id,
    open.row.personId,
    open.row.policyId,
    open.row.id,
    kind,
    sealed,
    actor.accountId,
    now,
  ]);
  await recordAudit(db, ctx, {
    actor,
    action: 'bar.recorded',
    subject: `bar:${id}`,
    caseId: open.row.id,
    personId: open.row.personId,
    now,
  });
}
