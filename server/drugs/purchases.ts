/**
 * What the events of a special-drug case do to its money: reserved with the verdict, the pharmacy agreed with the member's
 * yes, settled at the counter, given back when a purchase ends [2.6.2.6]. A service without `settlement` has none of it.
 */
import { randomInt } from 'node:crypto';
import { dayOf } from '#domain/calendar/day.ts';
import type { Context } from '#domain/journeys/special-drug/context-v1.ts';
import type { Refusal } from '#domain/money/refusals.ts';
import { countInAid } from '#server/aid/dispensed.ts';
import type { EffectInput } from '#server/cases/effects.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import { findListRow } from '#server/lists/queries.ts';
import { attachPaper } from '#server/papers/case-papers.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { KeptProblem, Problem } from '#server/platform/problem.ts';
import {
  type ApprovalReleaseCause,
  agreePharmacy,
  asTraceCode,
  owedInCase,
  recordDispensing,
  recordPaid as recordPayment,
  recordRefunded,
  recordSigned,
  releaseApproval,
  reserveApproval,
  returnBoxes,
} from '#server/settlement/api.ts';
import { listApprovalsOfCase, listBoxes, listDispensings } from '#server/settlement/queries.ts';

type Effect = (db: Db, ctx: Ctx, open: OpenCase, input: EffectInput) => Promise<void>;
const chartOf = (open: OpenCase) => open.memory.chart as unknown as Context;
const settles = (open: OpenCase): boolean => open.running.service.settlement !== undefined;

/** Each refusal at the field that it is about. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'over-quantity': '/traceCodes',
  'trace-code-used': '/traceCodes',
  'trace-code-twice': '/traceCodes',
  'pack-expired': '/expiries',
  'pack-not-there': '/traceCodes',
  'amount-wrong': '/price',
};
const errorsOf = (refused: readonly Refusal[]) =>
  refused.map(({ code, text }) => ({ pointer: FIELD_OF[code] ?? '', detail: text }));
const orThrow = <T extends object>(result: T | { refused: readonly Refusal[] }): T => {
  if ('refused' in result) throw new Problem('not-acceptable', { errors: errorsOf(result.refused) });
  return result;
};

const handInPrescription: Effect = async (db, ctx, open, { payload, actor, now }) =>
  void (await attachPaper(db, ctx, {
    caseId: open.row.id,
    kind: 'prescription',
    paperId: String(payload.paper),
    by: actor,
    now,
  }));

/** The purchase in hand: the approval of this round; undefined where nothing is settled directly. */
async function approvalOfRound(db: Db, ctx: Ctx, open: OpenCase) {
  const { round } = chartOf(open);
  return (await listApprovalsOfCase(db, ctx, open.row.id)).find((approval) => approval.round === round);
}

/** A pack whose code was dispensed before is refused, and the flag that this raises is kept [hard case 29]. */
const dispense: Effect = async (db, ctx, open, { payload, actor, now }) => {
  const approval = await approvalOfRound(db, ctx, open);
  if (!approval) return;
  const p = payload as { traceCodes: string[]; batches: string[]; expiries: string[]; price: number; paid: boolean };
  // What belongs together by its place is checked by the chart; a short list is its fault to name.
  if (p.batches.length !== p.traceCodes.length || p.expiries.length !== p.traceCodes.length) return;
  const chart = chartOf(open);
  const on = dayOf(now);
  const made = await recordDispensing(
    db,
    ctx,
    actor,
    {
      approvalId: approval.id,
      pharmacy: actor.provider ?? '',
      on,
      boxes: p.traceCodes.map((traceCode, i) => ({
        traceCode,
        batch: p.batches[i]!,
        expiresOn: p.expiries[i]!,
        price: p.price,
      })),
      coldChainFee: chart.taken === 0 ? (chart.arrangement?.coldChainFee ?? 0) : 0,
      paidElsewhere: 0,
      socialInsurance: approval.socialInsurance,
    },
    now,
  );
  if ('refused' in made) throw new KeptProblem('not-acceptable', { errors: errorsOf(made.refused) });
  orThrow(await recordSigned(db, ctx, actor, { dispensingId: made.dispensingId, on }, now));
  if (p.paid && made.memberDue > 0)
    orThrow(await recordPayment(db, ctx, actor, { dispensingId: made.dispensingId, amount: made.memberDue }, now));
};

/** Before the chart moves: what its guards read, and what may be refused. */
export const drugBefore: Readonly<Record<string, Effect>> = {
  newPrescription: handInPrescription,
  handInReissued: handInPrescription,
  handOverDrug: dispense,
};

/** Nothing is ordered before the insurer's share is kept for it. */
const reserve: Effect = async (db, ctx, open, { payload, actor, now }) => {
  const chart = chartOf(open);
  const { row } = open;
  if (!settles(open) || row.state !== 'arranging' || !chart.drug || !chart.verdict || !chart.approvedUntil) return;
  const drug = await findListRow(db, ctx, 'drugs', chart.drug.id);
  const price = drug?.row.price;
  if (typeof price !== 'number')
    throw new Problem('not-acceptable', {
      errors: [
        {
          pointer: '/verdict',
          detail: {
            zh: '目录里这种药没有协议价，不能直赔：请运营补上后再告知结论',
            en: 'the list has no agreed price for this drug: operations add it before the verdict',
          },
        },
      ],
    });
  orThrow(
    await reserveApproval(
      db,
      ctx,
      actor,
      {
        caseId: row.id,
        personId: row.personId,
        policyId: row.policyId,
        plan: row.plan,
        edition: row.edition,
        service: row.service,
        round: chart.round,
        drug: chart.drug.id,
        listVersion: chart.drug.listVersion,
        provider: chart.provider ?? '',
        quantity: chart.verdict.packs,
        agreedPrice: price,
        socialInsurance: payload.socialInsurance as 'used',
        validUntil: chart.approvedUntil,
      },
      now,
    ),
  );
};

/** The booking stands: the pharmacy is the agreed one, and the member has a code to show there. */
const agree: Effect = async (db, ctx, open, { actor, now }) => {
  const { arrangement } = chartOf(open);
  // Consent is given in cases of other kinds too.
  if (open.row.state !== 'ordered' || !arrangement) return;
  open.memory.pickUpCode = String(randomInt(1_000_000)).padStart(6, '0');
  const approval = await approvalOfRound(db, ctx, open);
  if (approval)
    orThrow(await agreePharmacy(db, ctx, actor, { approvalId: approval.id, pharmacy: arrangement.pharmacyKey }, now));
};

/** All that is open one way: what she owes was taken at the counter, or what is hers was given back there. */
const settleUp =
  (way: 'paid' | 'refunded'): Effect =>
  async (db, ctx, open, { actor, now }) => {
    const sign = way === 'paid' ? 1 : -1;
    const record = way === 'paid' ? recordPayment : recordRefunded;
    for (const { dispensingId, due } of (await owedInCase(db, ctx, open.row.id)).open)
      if (sign * due > 0) orThrow(await record(db, ctx, actor, { dispensingId, amount: sign * due }, now));
  };

const takeBack: Effect = async (db, ctx, open, { payload, actor, now }) => {
  const wanted = [...new Set((payload.traceCodes as string[]).map(asTraceCode))];
  for (const approval of await listApprovalsOfCase(db, ctx, open.row.id))
    for (const { id } of await listDispensings(db, ctx, approval.id)) {
      const here = (await listBoxes(db, ctx, id)).filter(({ traceCode }) => wanted.includes(traceCode));
      if (here.length !== wanted.length) continue;
      const boxes = here.map(({ traceCode }) => traceCode);
      const cause = payload.cause as 'damaged';
      orThrow(await returnBoxes(db, ctx, actor, { dispensingId: id, boxes, on: dayOf(now), cause, again: false }, now));
      return;
    }
  throw new Problem('not-acceptable', {
    errors: [
      {
        pointer: '/traceCodes',
        detail: { zh: '不是同一次发出的药，请核对追溯码', en: 'not packs of one hand-over: check the trace codes' },
      },
    ],
  });
};

/** A pack that the insurer pays is one bought in an aid programme, as long as she keeps it. */
const inAid =
  (what: 'dispensed' | 'returned'): Effect =>
  async (db, ctx, open, { payload, now }) => {
    const { drug } = chartOf(open);
    const units = (payload.traceCodes as string[]).length;
    const { personId } = open.row;
    if (drug) await countInAid(db, ctx, { personId, drugKey: drug.key, on: dayOf(now), units, what }, now);
  };

/** After the chart moved, in the same transaction. */
export const drugAfter: Readonly<Record<string, Effect>> = {
  giveVerdict: reserve,
  handOverDrug: inAid('dispensed'),
  acceptArrangement: agree,
  providerConsentGiven: agree,
  recordPaid: settleUp('paid'),
  recordRefunded: settleUp('refunded'),
  returnPacks: async (db, ctx, open, input) => {
    await takeBack(db, ctx, open, input);
    await inAid('returned')(db, ctx, open, input);
  },
};

const CAUSE_OF: Readonly<Record<string, ApprovalReleaseCause>> = {
  consentWithdrawn: 'consent-withdrawn',
  policyEnded: 'policy-ended',
  decline: 'policy-ended',
  personDied: 'died',
  stopImpostor: 'refused',
  finishRound: 'finished',
};

/** Whatever ended the purchase in hand gives back what was kept for it. True when the case was changed. */
export async function giveBack(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  open: OpenCase,
  had: { approvedUntil: unknown },
  type: string,
  now: Date,
): Promise<boolean> {
  const ended = open.row.final || chartOf(open).approvedUntil === null;
  if (typeof had.approvedUntil !== 'string' || !ended) return false;
  open.memory.pickUpCode = null;
  for (const { id, state } of await listApprovalsOfCase(db, ctx, open.row.id))
    if (state === 'reserved')
      await releaseApproval(db, ctx, actor, { approvalId: id, cause: CAUSE_OF[type] ?? 'withdrawn' }, now);
  return true;
}
