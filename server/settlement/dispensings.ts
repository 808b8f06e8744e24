/** Packs handed over against an approval, signed for, paid for by the member and given back. */
import { type Day, dayOf } from '#domain/calendar/day.ts';
import { asFen } from '#domain/money/fen.ts';
import { coldChainEntry, memberDue, paidEntry, refundedEntry, returnEntry, settleEntry } from '#domain/money/ledger.ts';
import { linesOf, type Parts, quote, shareOfPacks, sumParts } from '#domain/money/quote.ts';
import { type Refusal, type Refused, refusal, refuse } from '#domain/money/refusals.ts';
import type { SocialInsurance, Terms } from '#domain/money/terms.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { audit, type Figures, getApprovalForUpdate, packsLeft, reserveRest } from './approvals.ts';
import { raiseFlag } from './flags.ts';
import { lockLedger, readDispensing, readLeft, releaseReservation, writeEntry } from './ledger.ts';
import {
  type Approval,
  claimTraceCodes,
  type Dispensing,
  findDispensing,
  freeTraceCode,
  insertBoxRow,
  insertDispensingRow,
  insertReceiptRow,
  insertReturnRow,
  listBoxes,
  listCodesOut,
} from './queries.ts';
import { getTerms } from './terms.ts';

export type DispensingInput = {
  approvalId: string;
  /** Its key on the list. */
  pharmacy: string;
  on: Day;
  boxes: readonly { traceCode: string; batch: string; expiresOn: Day; price: number }[];
  coldChainFee: number;
  paidElsewhere: number;
  socialInsurance: SocialInsurance;
};
export type Dispensed = {
  dispensingId: string;
  figures: Figures;
  coldChainFee: number;
  /** What she owes the pharmacy, carriage included; Yilu takes no payment. */
  memberDue: number;
  /** Packs that the approval still gives. */
  left: number;
};
export const RETURN_CAUSES = ['damaged', 'recalled', 'wrong', 'not-taken'] as const;
export type ReturnCause = (typeof RETURN_CAUSES)[number];

const TRACE_CODE = /^[0-9A-Z]{7,40}$/;
/** One form a code, however it was typed. */
export const asTraceCode = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/**
 * Settles what was handed over, in the policy year of that day; what is left of the approval stays reserved. Refusals
 * name every fault. A used code and a pharmacy that was not agreed also raise a flag, which is kept only where the
 * caller's transaction commits.
 */
export async function recordDispensing(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  given: DispensingInput,
  now: Date,
): Promise<Dispensed | Refused> {
  const input = { ...given, boxes: given.boxes.map((box) => ({ ...box, traceCode: asTraceCode(box.traceCode) })) };
  const approval = await getApprovalForUpdate(db, ctx, input.approvalId);
  const by = await getTerms(db, ctx, approval);
  const left = await packsLeft(db, ctx, approval);
  const faults = [...faultsOf(approval, input, left, now), ...faultsOfAmounts(by.terms, approval, input)];
  const used = await listCodesOut(
    db,
    ctx,
    input.boxes.map(({ traceCode }) => traceCode),
  );
  faults.push(...usedCodes(input, used));
  const boxes = input.boxes.map((box) => ({ ...box, id: uuidv7() }));
  const year = by.yearOf(input.on);
  if (faults.length === 0) {
    await lockLedger(db, ctx, approval, [approval.yearFrom, year.from]);
    used.push(...(await claimTraceCodes(db, ctx, boxes)));
    faults.push(...usedCodes(input, used));
  }
  if (faults.length > 0) {
    for (const traceCode of used)
      await raiseFlag(db, ctx, actor, 'trace-code-used', approval, input.pharmacy, traceCode, now);
    if (faults.some(({ code }) => code === 'pharmacy-not-agreed'))
      await raiseFlag(db, ctx, actor, 'pharmacy-not-agreed', approval, input.pharmacy, null, now);
    return refuse(...faults);
  }

  // Its own reservation first, so that it meets what it kept for itself.
  await releaseReservation(db, ctx, actor, approval, now);
  const { lines, packs } = linesOf(
    by.terms,
    input.boxes.map(({ price }) => price),
    approval.agreedPrice,
    input.paidElsewhere,
  );
  const quoted = quote(by.terms, await readLeft(db, ctx, approval, by.terms, year.from), lines, input.socialInsurance);
  const dispensingId = uuidv7();
  await insertDispensingRow(db, ctx, {
    id: dispensingId,
    approvalId: approval.id,
    personId: approval.personId,
    pharmacy: input.pharmacy,
    onDay: input.on,
    yearFrom: year.from,
    socialInsurance: input.socialInsurance,
    coldChainFee: input.coldChainFee,
    figures: quoted,
    recordedBy: actor.accountId,
    recordedAt: now,
  });
  for (const [i, line] of quoted.lines.entries())
    for (const [n, parts] of shareOfPacks(line, line.quantity).entries())
      await insertBoxRow(db, ctx, { ...boxes[packs[i]![n]!]!, dispensingId, ...parts });
  await writeEntry(db, ctx, actor, approval, dispensingId, settleEntry(year.from, quoted), now);
  await writeEntry(db, ctx, actor, approval, dispensingId, coldChainEntry(year.from, input.coldChainFee), now);
  await reserveRest(db, ctx, actor, approval, left - boxes.length, input.on, now);
  await audit(db, ctx, actor, 'settlement.dispensed', approval, now);
  return {
    dispensingId,
    figures: { ...quoted, sample: by.terms.sample, year },
    coldChainFee: input.coldChainFee,
    memberDue: quoted.member + input.coldChainFee,
    left: left - boxes.length,
  };
}

/** What stands in the way, all of it. */
function faultsOf(approval: Approval, input: DispensingInput, left: number, now: Date): Refusal[] {
  const faults: Refusal[] = [];
  const add = (code: Refusal['code'], field: string) => faults.push(refusal(code, field));
  if (approval.state === 'expired' || input.on > approval.validUntil) add('approval-expired', '/on');
  else if (approval.state !== 'reserved') add('approval-over', '/approvalId');
  else if (input.boxes.length > left) add('over-quantity', '/boxes');
  if (approval.pharmacy !== input.pharmacy) add('pharmacy-not-agreed', '/pharmacy');
  if (input.on < dayOf(approval.approvedAt)) add('before-approval', '/on');
  if (input.on > dayOf(now)) add('in-the-future', '/on');
  if (input.boxes.length === 0) add('no-boxes', '/boxes');
  const seen = new Set<string>();
  for (const [i, { traceCode, expiresOn }] of input.boxes.entries()) {
    if (!TRACE_CODE.test(traceCode)) add('bad-trace-code', `/boxes/${i}/traceCode`);
    if (seen.has(traceCode)) add('trace-code-twice', `/boxes/${i}/traceCode`);
    seen.add(traceCode);
    if (expiresOn < input.on) add('pack-expired', `/boxes/${i}/expiresOn`);
  }
  return faults;
}

function faultsOfAmounts(terms: Terms, approval: Approval, input: DispensingInput): Refusal[] {
  const { boxes, coldChainFee, paidElsewhere } = input;
  const amounts: [number, string][] = [
    [coldChainFee, '/coldChainFee'],
    [paidElsewhere, '/paidElsewhere'],
    ...boxes.map(({ price }, i): [number, string] => [price, `/boxes/${i}/price`]),
    [boxes.reduce((sum, { price }) => sum + price, 0), '/boxes'],
  ];
  const wrong = amounts.filter(([amount, field]) => !isFen(amount, field));
  if (wrong.length > 0) return wrong.map(([, field]) => refusal('amount-wrong', field));
  const settled = boxes.reduce(
    (sum, { price }) => sum + (terms.aboveAgreed === 'pharmacy' ? Math.min(price, approval.agreedPrice) : price),
    0,
  );
  return paidElsewhere > settled ? [refusal('elsewhere-too-much', '/paidElsewhere')] : [];
}

const isFen = (amount: number, field: string): boolean => {
  try {
    return asFen(amount, field) === amount;
  } catch {
    return false;
  }
};

const usedCodes = ({ boxes }: DispensingInput, used: readonly string[]): Refusal[] =>
  boxes.flatMap(({ traceCode }, i) =>
    used.includes(traceCode) ? [refusal('trace-code-used', `/boxes/${i}/traceCode`)] : [],
  );

/** The member or who collects for her has signed for it; without that the provider is not paid. */
export async function recordSigned(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { dispensingId, on }: { dispensingId: string; on: Day },
  now: Date,
): Promise<{ ok: true } | Refused> {
  const { approval, dispensing } = await getDispensing(db, ctx, dispensingId);
  if (dispensing.signedOn !== null) return refuse('already-signed');
  if (on < dispensing.onDay) return refuse(refusal('before-dispensing', '/on'));
  if (on > dayOf(now)) return refuse(refusal('in-the-future', '/on'));
  await insertReceiptRow(db, ctx, dispensingId, on, actor.accountId, now);
  await audit(db, ctx, actor, 'settlement.signed', approval, now);
  return { ok: true };
}

type Payment = { dispensingId: string; amount: number };
/** The pharmacy took the member's share, or a part of it. */
export const recordPaid = (db: Db, ctx: Ctx, actor: Actor, payment: Payment, now: Date) =>
  pay(db, ctx, actor, payment, 'paid', now);
/** The pharmacy gave back what she had paid for packs that came back. */
export const recordRefunded = (db: Db, ctx: Ctx, actor: Actor, payment: Payment, now: Date) =>
  pay(db, ctx, actor, payment, 'refunded', now);

async function pay(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { dispensingId, amount }: Payment,
  kind: 'paid' | 'refunded',
  now: Date,
): Promise<{ memberDue: number } | Refused> {
  const { approval, dispensing } = await getDispensing(db, ctx, dispensingId);
  await lockLedger(db, ctx, approval, [dispensing.yearFrom]);
  const due = memberDue(await readDispensing(db, ctx, approval.id, dispensingId));
  if (!isFen(amount, 'amount') || amount === 0) return refuse(refusal('amount-wrong', '/amount'));
  if (kind === 'paid' && amount > due) return refuse(refusal('more-than-due', '/amount'));
  if (kind === 'refunded' && amount > -due) return refuse(refusal('nothing-to-refund', '/amount'));
  const made = (kind === 'paid' ? paidEntry : refundedEntry)(dispensing.yearFrom, amount);
  await writeEntry(db, ctx, actor, approval, dispensingId, made, now);
  await audit(db, ctx, actor, `settlement.${kind}`, approval, now);
  return { memberDue: kind === 'paid' ? due - amount : due + amount };
}

/**
 * Takes packs back and reverses their own shares in the year in which they were settled; returning all of a dispensing
 * leaves nothing of it but the carriage. Their codes may be dispensed again. With `again` the approval gives the packs
 * once more while it is valid; without, they are given up.
 */
export async function returnBoxes(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: { dispensingId: string; boxes: readonly string[]; on: Day; cause: ReturnCause; again: boolean },
  now: Date,
): Promise<{ reversed: Parts; memberDue: number; left: number } | Refused> {
  const { approval, dispensing } = await getDispensing(db, ctx, input.dispensingId);
  if (input.on < dispensing.onDay) return refuse(refusal('before-dispensing', '/on'));
  if (input.on > dayOf(now)) return refuse(refusal('in-the-future', '/on'));
  const out = (await listBoxes(db, ctx, dispensing.id)).filter(({ returnedOn }) => returnedOn === null);
  const wanted = [...new Set(input.boxes.map(asTraceCode))];
  const missing = wanted.filter((code) => !out.some(({ traceCode }) => traceCode === code));
  if (wanted.length === 0) return refuse(refusal('no-boxes', '/boxes'));
  if (missing.length > 0)
    return refuse(...missing.map((code) => refusal('pack-not-there', `/boxes/${wanted.indexOf(code)}`)));
  // Given once more only while it is valid; an approval that ended stays ended.
  const open = approval.state === 'reserved' || approval.state === 'dispensed';
  const again = input.again && open && approval.validUntil >= dayOf(now);
  const by = await getTerms(db, ctx, approval);
  const nextYear = by.yearOf(again ? dayOf(now) : approval.yearFrom);
  await lockLedger(db, ctx, approval, [dispensing.yearFrom, approval.yearFrom, nextYear.from]);
  const back = out.filter(({ traceCode }) => wanted.includes(traceCode));
  for (const { id } of back) {
    await insertReturnRow(db, ctx, { boxId: id, on: input.on, cause: input.cause, again, by: actor.accountId, now });
    await freeTraceCode(db, ctx, id);
  }
  const reversed = sumParts(back);
  await writeEntry(db, ctx, actor, approval, dispensing.id, returnEntry(dispensing.yearFrom, reversed), now);
  const after = again ? approval : { ...approval, givenUp: approval.givenUp + back.length };
  const left = await packsLeft(db, ctx, after);
  if (open) {
    await releaseReservation(db, ctx, actor, approval, now);
    await reserveRest(db, ctx, actor, after, left, again ? dayOf(now) : approval.yearFrom, now);
  }
  await audit(db, ctx, actor, 'settlement.returned', approval, now);
  const due = memberDue(await readDispensing(db, ctx, approval.id, dispensing.id));
  return { reversed, memberDue: due, left };
}

/** The dispensing under its approval's lock. @throws Error when there is none: the caller names one of its own case */
async function getDispensing(db: Db, ctx: Ctx, id: string): Promise<{ approval: Approval; dispensing: Dispensing }> {
  const found = await findDispensing(db, ctx, id);
  if (!found) throw new Error(`No dispensing ${id}`);
  const approval = await getApprovalForUpdate(db, ctx, found.approvalId);
  // Again, now that nobody else can change it.
  return { approval, dispensing: (await findDispensing(db, ctx, id))! };
}
