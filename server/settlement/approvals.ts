/** Approvals of a purchase: quoted, reserved, given to a pharmacy, extended, and released when nothing comes of them. */
import { type Day, dayOf, instantAt } from '#domain/calendar/day.ts';
import type { DayRange } from '#domain/eligibility/matter.ts';
import { MoneyError } from '#domain/money/fen.ts';
import { reserveEntry } from '#domain/money/ledger.ts';
import { type Quote, quote } from '#domain/money/quote.ts';
import { type Refused, refuse } from '#domain/money/refusals.ts';
import type { SocialInsurance } from '#domain/money/terms.ts';
import { recordAudit } from '#server/audit/record.ts';
import { findCase } from '#server/cases/queries.ts';
import { findListRow } from '#server/lists/queries.ts';
import { type Actor, type Ctx, SYSTEM } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { cancelTimer, setTimer } from '#server/timers/timers.ts';
import { lockLedger, readLeft, releaseReservation, writeEntry } from './ledger.ts';
import {
  type Approval,
  findApproval,
  findApprovalForUpdate,
  insertApprovalRow,
  listBoxesOfApproval,
  updateApprovalRow,
} from './queries.ts';
import { findTerms, getTerms, type SettledBy } from './terms.ts';

/** A purchase to approve. `drug` is the row of the list that the approval rests on; prices are of one pack, in 分. */
export type ApprovalInput = {
  caseId: string;
  personId: string;
  policyId: string;
  plan: string;
  edition: string;
  service: string;
  round: number;
  drug: string;
  listVersion: number;
  provider: string;
  quantity: number;
  agreedPrice: number;
  socialInsurance: SocialInsurance;
  validUntil: Day;
};
/** A quote with what a screen says beside it. `left` is what remains after it. */
export type Figures = Quote & { readonly sample: boolean; readonly year: DayRange };
export const RELEASE_CAUSES = [
  'withdrawn',
  'refused',
  'not-deliverable',
  'consent-withdrawn',
  'policy-ended',
  'died',
  'finished',
] as const;
export type ApprovalReleaseCause = (typeof RELEASE_CAUSES)[number];
export const EXPIRY_TIMER = 'drug-approval-expiry';

type Wanted = Pick<ApprovalInput, 'personId' | 'plan' | 'policyId' | 'quantity' | 'agreedPrice' | 'socialInsurance'>;

/** What a purchase of so many packs at the agreed price would come to now. */
export async function figuresNow(db: Db, ctx: Ctx, by: SettledBy, wanted: Wanted, year: DayRange): Promise<Figures> {
  const { quantity, agreedPrice: price } = wanted;
  const left = await readLeft(db, ctx, wanted, by.terms, year.from);
  const quoted = quote(by.terms, left, [{ quantity, price, agreed: price, elsewhere: 0 }], wanted.socialInsurance);
  return { ...quoted, sample: by.terms.sample, year };
}

/** What it would come to, reserving nothing: before the approval, and for "what if". */
export async function quoteApproval(db: Db, ctx: Ctx, input: ApprovalInput, now: Date): Promise<Figures | Refused> {
  const by = await findTerms(db, ctx, input);
  if (!by) return refuse('no-settlement');
  return orRefused(() => figuresNow(db, ctx, by, input, by.yearOf(dayOf(now))));
}

/**
 * Approves a purchase and keeps the insurer's share and the deductible for it until it is dispensed, released or expired.
 * A second approval in flight reserves what the first has left. The case is locked by the caller.
 */
export async function reserveApproval(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: ApprovalInput,
  now: Date,
): Promise<{ approvalId: string; number: string; figures: Figures } | Refused> {
  const by = await findTerms(db, ctx, input);
  if (!by) return refuse('no-settlement');
  const today = dayOf(now);
  if (input.validUntil < today) return refuse('valid-until-past');
  const year = by.yearOf(today);
  await lockLedger(db, ctx, input, [year.from]);
  const figures = await orRefused(() => figuresNow(db, ctx, by, input, year));
  if ('refused' in figures) return figures;
  const row = await findCase(db, ctx, input.caseId);
  if (!row || !(await findListRow(db, ctx, 'drugs', input.drug)))
    throw new Error(`No case ${input.caseId}, or no drug ${input.drug}`);
  const approval = {
    ...input,
    id: uuidv7(),
    number: `${row.number}-${input.round}`,
    yearFrom: year.from,
    approvedBy: actor.accountId,
    approvedAt: now,
  };
  await insertApprovalRow(db, ctx, approval);
  await writeEntry(db, ctx, actor, approval, null, reserveEntry(year.from, figures), now);
  await setExpiry(db, ctx, approval.id, input.validUntil);
  await audit(db, ctx, actor, 'settlement.reserved', approval, now);
  return { approvalId: approval.id, number: approval.number, figures };
}

/** Names the pharmacy that was agreed with the member; dispensed elsewhere, it is not settled directly [2.6.faq.2]. */
export async function agreePharmacy(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { approvalId, pharmacy }: { approvalId: string; pharmacy: string },
  now: Date,
): Promise<{ ok: true } | Refused> {
  const approval = await getApprovalForUpdate(db, ctx, approvalId);
  if (approval.state !== 'reserved') return refuse('approval-over');
  await updateApprovalRow(db, ctx, { ...approval, pharmacy }, now);
  await audit(db, ctx, actor, 'settlement.pharmacy-agreed', approval, now);
  return { ok: true };
}

/** Lets an approval run longer, as a re-issued prescription does; never shorter. */
export async function extendApproval(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { approvalId, validUntil }: { approvalId: string; validUntil: Day },
  now: Date,
): Promise<{ ok: true } | Refused> {
  const approval = await getApprovalForUpdate(db, ctx, approvalId);
  if (approval.state !== 'reserved') return refuse('approval-over');
  if (validUntil < dayOf(now)) return refuse('valid-until-past');
  if (validUntil < approval.validUntil) return refuse('valid-until-earlier');
  await cancelTimer(db, ctx, expiryKey(approval.id, approval.validUntil));
  await updateApprovalRow(db, ctx, { ...approval, validUntil }, now);
  await setExpiry(db, ctx, approval.id, validUntil);
  await audit(db, ctx, actor, 'settlement.extended', approval, now);
  return { ok: true };
}

/** Gives back what is still reserved; what was dispensed stays settled. A second time it finds nothing to do. */
export async function releaseApproval(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { approvalId, cause }: { approvalId: string; cause: ApprovalReleaseCause },
  now: Date,
): Promise<{ released: number }> {
  return endApproval(db, ctx, actor, approvalId, 'released', cause, now);
}

/** The same when its last day is over; the timer does it, in the order case, approval, ledger. */
export async function expireApproval(db: Db, ctx: Ctx, approvalId: string, now: Date): Promise<{ released: number }> {
  const approval = await findApproval(db, ctx, approvalId);
  if (!approval || dayOf(now) <= approval.validUntil) return { released: 0 };
  return endApproval(db, ctx, SYSTEM, approvalId, 'expired', null, now);
}

async function endApproval(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  approvalId: string,
  state: 'released' | 'expired',
  cause: ApprovalReleaseCause | null,
  now: Date,
): Promise<{ released: number }> {
  const approval = await getApprovalForUpdate(db, ctx, approvalId);
  if (approval.state !== 'reserved') return { released: 0 };
  await lockLedger(db, ctx, approval, [approval.yearFrom]);
  const released = await releaseReservation(db, ctx, actor, approval, now);
  await cancelTimer(db, ctx, expiryKey(approval.id, approval.validUntil));
  await updateApprovalRow(db, ctx, { ...approval, state, cause }, now);
  await audit(db, ctx, actor, `settlement.${state}`, approval, now);
  return { released };
}

/** Packs that the approval still gives. */
export async function packsLeft(db: Db, ctx: Ctx, approval: Approval): Promise<number> {
  const boxes = await listBoxesOfApproval(db, ctx, approval.id);
  return approval.quantity - approval.givenUp - boxes.filter(({ returnedOn }) => returnedOn === null).length;
}

/**
 * Keeps anew what the packs that are left will come to, in the year of `day`, and closes the approval where none are.
 * The ledger is locked and the approval's old reservation given back by the caller.
 */
export async function reserveRest(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  approval: Approval,
  left: number,
  day: Day,
  now: Date,
): Promise<void> {
  const by = await getTerms(db, ctx, approval);
  const year = by.yearOf(day);
  if (left > 0) {
    const figures = await figuresNow(db, ctx, by, { ...approval, quantity: left }, year);
    await writeEntry(db, ctx, actor, approval, null, reserveEntry(year.from, figures), now);
  }
  await updateApprovalRow(
    db,
    ctx,
    { ...approval, yearFrom: year.from, state: left > 0 ? 'reserved' : 'dispensed' },
    now,
  );
}

/** The approval, locked. @throws Error when there is none: the caller names one of its own case */
export async function getApprovalForUpdate(db: Db, ctx: Ctx, id: string): Promise<Approval> {
  const approval = await findApprovalForUpdate(db, ctx, id);
  if (!approval) throw new Error(`No approval ${id}`);
  return approval;
}

/** An amount that cannot be settled is the caller's to mend, named by its field. */
export async function orRefused<T>(work: () => T | Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    return { refused: [{ ...refuse('amount-wrong').refused[0]!, field: `/${error.field}` }] };
  }
}

export const audit = (
  db: Db,
  ctx: Ctx,
  actor: Actor,
  action: string,
  approval: Pick<Approval, 'id' | 'caseId' | 'personId' | 'number'>,
  now: Date,
) =>
  recordAudit(db, ctx, {
    actor,
    action,
    subject: `drug-approval:${approval.id}`,
    caseId: approval.caseId,
    personId: approval.personId,
    now,
  });

const expiryKey = (id: string, validUntil: Day): string => `${EXPIRY_TIMER}/${id}/${validUntil}`;
const setExpiry = (db: Db, ctx: Ctx, id: string, validUntil: Day) =>
  setTimer(db, ctx, {
    dueAt: instantAt(validUntil, '24:00'),
    kind: EXPIRY_TIMER,
    subject: id,
    key: expiryKey(id, validUntil),
  });
