/** Rows of approvals, dispensings and boxes. Drugs are known by their row of the list. */
import type { Day } from '#domain/calendar/day.ts';
import type { Quote } from '#domain/money/quote.ts';
import type { SocialInsurance } from '#domain/money/terms.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;

export type ApprovalState = 'reserved' | 'dispensed' | 'expired' | 'released';
export type Approval = {
  id: string;
  number: string;
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
  pharmacy: string | null;
  quantity: number;
  givenUp: number;
  agreedPrice: number;
  socialInsurance: SocialInsurance;
  validUntil: Day;
  yearFrom: Day;
  state: ApprovalState;
  cause: string | null;
  approvedAt: Date;
};
const approvalColumns = `id, number, case_id as "caseId", person_id as "personId", policy_id as "policyId", plan, edition, service, round,
  drug, list_version as "listVersion", provider, pharmacy, quantity, given_up as "givenUp", agreed_price as "agreedPrice",
  social_insurance as "socialInsurance", valid_until as "validUntil", year_from as "yearFrom", state, cause, approved_at as "approvedAt"`;

const insertApproval = sql<never>(
  'settlement.insertApproval',
  `insert into drug_approvals (insurer, id, number, case_id, person_id, policy_id, plan, edition, service, round, drug, list_version,
     provider, quantity, agreed_price, social_insurance, valid_until, year_from, state, approved_by, approved_at, changed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'reserved', $19, $20, $20)`,
);
const updateApproval = sql<never>(
  'settlement.updateApproval',
  `update drug_approvals set pharmacy = $3, given_up = $4, valid_until = $5, year_from = $6, state = $7, cause = $8, changed_at = $9
    where insurer = $1 and id = $2`,
);
const selectApproval = sql<Approval>(
  'settlement.selectApproval',
  `select ${approvalColumns} from drug_approvals where insurer = $1 and id = $2`,
);
const lockApproval = sql<{ id: string }>(
  'settlement.lockApproval',
  'select id from drug_approvals where insurer = $1 and id = $2 for update',
);
const selectApprovalsOfCase = sql<Approval>(
  'settlement.approvalsOfCase',
  `select ${approvalColumns} from drug_approvals where insurer = $1 and case_id = $2 order by round limit 500`,
);

export const insertApprovalRow = (
  db: Db,
  ctx: Keys,
  a: Omit<Approval, 'pharmacy' | 'givenUp' | 'state' | 'cause'> & { approvedBy: string | null },
) =>
  query(db, insertApproval, [
    ctx.insurer,
    a.id,
    a.number,
    a.caseId,
    a.personId,
    a.policyId,
    a.plan,
    a.edition,
    a.service,
    a.round,
    a.drug,
    a.listVersion,
    a.provider,
    a.quantity,
    a.agreedPrice,
    a.socialInsurance,
    a.validUntil,
    a.yearFrom,
    a.approvedBy,
    a.approvedAt,
  ]);
export const updateApprovalRow = (db: Db, ctx: Keys, a: Approval, now: Date) =>
  query(db, updateApproval, [
    ctx.insurer,
    a.id,
    a.pharmacy,
    a.givenUp,
    a.validUntil,
    a.yearFrom,
    a.state,
    a.cause,
    now,
  ]);
export const findApproval = (db: Db, ctx: Keys, id: string) => queryOne(db, selectApproval, [ctx.insurer, id]);
/** Locks the approval; read in a second statement, so that it sees what the lock waited for. */
export async function findApprovalForUpdate(db: Db, ctx: Keys, id: string): Promise<Approval | undefined> {
  await query(db, lockApproval, [ctx.insurer, id]);
  return findApproval(db, ctx, id);
}
export const listApprovalsOfCase = (db: Db, ctx: Keys, caseId: string) =>
  query(db, selectApprovalsOfCase, [ctx.insurer, caseId]);

export type Dispensing = {
  id: string;
  approvalId: string;
  personId: string;
  pharmacy: string;
  onDay: Day;
  yearFrom: Day;
  socialInsurance: SocialInsurance;
  coldChainFee: number;
  figures: Quote;
  signedOn: Day | null;
  recordedAt: Date;
};
const dispensingColumns = `d.id, d.approval_id as "approvalId", d.person_id as "personId", d.pharmacy, d.on_day as "onDay",
  d.year_from as "yearFrom", d.social_insurance as "socialInsurance", d.cold_chain_fee as "coldChainFee", d.figures,
  r.signed_on as "signedOn", d.recorded_at as "recordedAt"
  from drug_dispensings d left join drug_receipts r on r.insurer = d.insurer and r.dispensing_id = d.id`;
const insertDispensing = sql<never>(
  'settlement.insertDispensing',
  `insert into drug_dispensings (insurer, id, approval_id, person_id, pharmacy, on_day, year_from, social_insurance, cold_chain_fee,
     figures, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);
const selectDispensing = sql<Dispensing>(
  'settlement.selectDispensing',
  `select ${dispensingColumns} where d.insurer = $1 and d.id = $2`,
);
const selectDispensingsOfApproval = sql<Dispensing>(
  'settlement.dispensingsOfApproval',
  `select ${dispensingColumns} where d.insurer = $1 and d.approval_id = $2 order by d.recorded_at, d.id limit 500`,
);
const insertReceipt = sql<never>(
  'settlement.insertReceipt',
  'insert into drug_receipts (insurer, dispensing_id, signed_on, recorded_by, recorded_at) values ($1, $2, $3, $4, $5)',
);

export const insertDispensingRow = (
  db: Db,
  ctx: Keys,
  d: Omit<Dispensing, 'signedOn'> & { recordedBy: string | null },
) =>
  query(db, insertDispensing, [
    ctx.insurer,
    d.id,
    d.approvalId,
    d.personId,
    d.pharmacy,
    d.onDay,
    d.yearFrom,
    d.socialInsurance,
    d.coldChainFee,
    JSON.stringify(d.figures),
    d.recordedBy,
    d.recordedAt,
  ]);
export const findDispensing = (db: Db, ctx: Keys, id: string) => queryOne(db, selectDispensing, [ctx.insurer, id]);
export const listDispensings = (db: Db, ctx: Keys, approvalId: string) =>
  query(db, selectDispensingsOfApproval, [ctx.insurer, approvalId]);
export const insertReceiptRow = (db: Db, ctx: Keys, id: string, on: Day, by: string | null, now: Date) =>
  query(db, insertReceipt, [ctx.insurer, id, on, by, now]);

/** One box with its share of what was settled. */
export type Box = {
  id: string;
  dispensingId: string;
  traceCode: string;
  batch: string;
  expiresOn: Day;
  price: number;
  charged: number;
  insurer: number;
  elsewhere: number;
  waived: number;
  member: number;
  deductible: number;
  returnedOn: Day | null;
  again: boolean | null;
};
const boxColumns = `b.id, b.dispensing_id as "dispensingId", b.trace_code as "traceCode", b.batch, b.expires_on as "expiresOn", b.price,
  b.charged, b.insurer_share as "insurer", b.elsewhere, b.waived, b.member_share as "member", b.deductible,
  t.returned_on as "returnedOn", t.again
  from drug_boxes b left join drug_box_returns t on t.insurer = b.insurer and t.box_id = b.id`;
const insertBox = sql<never>(
  'settlement.insertBox',
  `insert into drug_boxes (insurer, id, dispensing_id, trace_code, batch, expires_on, price, charged, insurer_share, elsewhere, waived,
     member_share, deductible) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
);
const selectBoxes = sql<Box>(
  'settlement.boxesOfDispensing',
  `select ${boxColumns} where b.insurer = $1 and b.dispensing_id = $2 order by b.id limit 1000`,
);
const selectBoxesOfApproval = sql<Box>(
  'settlement.boxesOfApproval',
  `select ${boxColumns} join drug_dispensings d on d.insurer = b.insurer and d.id = b.dispensing_id
    where b.insurer = $1 and d.approval_id = $2 order by b.id limit 1000`,
);
const insertReturn = sql<never>(
  'settlement.insertReturn',
  'insert into drug_box_returns (insurer, box_id, returned_on, cause, again, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)',
);
// In order of the codes, so that two dispensings that share several never wait for each other.
const claimCodes = sql<{ traceCode: string }>(
  'settlement.claimCodes',
  `insert into trace_codes (insurer, trace_code, box_id)
   select $1, n.code, n.box from unnest($2::text[], $3::uuid[]) n (code, box) order by n.code
   on conflict (insurer, trace_code) do nothing returning trace_code as "traceCode"`,
);
const selectCodesOut = sql<{ traceCode: string }>(
  'settlement.codesOut',
  'select trace_code as "traceCode" from trace_codes where insurer = $1 and trace_code = any($2) order by trace_code',
);
const freeCode = sql<never>('settlement.freeCode', 'delete from trace_codes where insurer = $1 and box_id = $2');

export const insertBoxRow = (db: Db, ctx: Keys, b: Omit<Box, 'returnedOn' | 'again'>) =>
  query(db, insertBox, [
    ctx.insurer,
    b.id,
    b.dispensingId,
    b.traceCode,
    b.batch,
    b.expiresOn,
    b.price,
    b.charged,
    b.insurer,
    b.elsewhere,
    b.waived,
    b.member,
    b.deductible,
  ]);
export const listBoxes = (db: Db, ctx: Keys, dispensingId: string) =>
  query(db, selectBoxes, [ctx.insurer, dispensingId]);
export const listBoxesOfApproval = (db: Db, ctx: Keys, approvalId: string) =>
  query(db, selectBoxesOfApproval, [ctx.insurer, approvalId]);
export const insertReturnRow = (
  db: Db,
  ctx: Keys,
  r: { boxId: string; on: Day; cause: string; again: boolean; by: string | null; now: Date },
) => query(db, insertReturn, [ctx.insurer, r.boxId, r.on, r.cause, r.again, r.by, r.now]);
/**
 * Marks the codes as out, each for its box, and returns those that were out already: with any of them nothing is marked.
 * Waits for another transaction that is marking the same code.
 */
export async function claimTraceCodes(
  db: Db,
  ctx: Keys,
  boxes: readonly { id: string; traceCode: string }[],
): Promise<string[]> {
  const values = [ctx.insurer, boxes.map(({ traceCode }) => traceCode), boxes.map(({ id }) => id)];
  const claimed = new Set((await query(db, claimCodes, values)).map(({ traceCode }) => traceCode));
  const used = boxes.filter(({ traceCode }) => !claimed.has(traceCode)).map(({ traceCode }) => traceCode);
  if (used.length > 0) for (const { id } of boxes) await freeTraceCode(db, ctx, id);
  return used;
}
export const freeTraceCode = (db: Db, ctx: Keys, boxId: string) => query(db, freeCode, [ctx.insurer, boxId]);
/** Which of the codes stand for a box that is out. */
export const listCodesOut = async (db: Db, ctx: Keys, codes: readonly string[]): Promise<string[]> =>
  (await query(db, selectCodesOut, [ctx.insurer, codes])).map(({ traceCode }) => traceCode);
