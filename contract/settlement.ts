/** Direct settlement: what a case's drugs come to, and a provider's statement of a month. Amounts are whole 分. */
import { z } from 'zod';
import type { DifferenceCode, LineAct, LineState } from '#domain/money/statement.ts';
import { DayText, Id, Moment } from './common.ts';

const Fen = z.int();
export const MonthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month as YYYY-MM');

const SettlementStep = z.strictObject({ code: z.string(), text: z.string(), amount: Fen });
const SettlementLine = z.strictObject({
  quantity: z.int(),
  price: Fen,
  agreed: Fen,
  charged: Fen,
  insurer: Fen,
  elsewhere: Fen,
  waived: Fen,
  deductible: Fen,
  member: Fen,
  /** From the price to what the member pays, a sentence each. */
  steps: z.array(SettlementStep),
});
const PurchaseDispensing = z.strictObject({
  id: Id,
  on: DayText,
  pharmacy: z.string(),
  insurer: Fen,
  member: Fen,
  /** Insured carriage, at the member's cost. */
  coldChainFee: Fen,
  /** What came back: the member's share of it is owed no more. */
  returned: Fen,
  paid: Fen,
  /** Below zero: the pharmacy owes it to the member. */
  memberDue: Fen,
  signedOn: DayText.nullable(),
  lines: z.array(SettlementLine),
  boxes: z.array(
    z.strictObject({ traceCode: z.string(), batch: z.string(), expiresOn: DayText, returnedOn: DayText.nullable() }),
  ),
});
export const Purchase = z.strictObject({
  id: Id,
  number: z.string(),
  round: z.int(),
  drug: z.string(),
  state: z.enum(['reserved', 'dispensed', 'expired', 'released']),
  stateLabel: z.string(),
  pharmacy: z.string().nullable(),
  quantity: z.int(),
  left: z.int(),
  agreedPrice: Fen,
  validUntil: DayText,
  /** What the packs that are left would come to now; null: none are. */
  expected: z.strictObject({ insurer: Fen, member: Fen, lines: z.array(SettlementLine) }).nullable(),
  dispensings: z.array(PurchaseDispensing),
});
export const CaseSettlement = z.strictObject({
  clause: z.string().nullable(),
  printed: z.string().nullable(),
  coldChainPrinted: z.string().nullable(),
  /** The figures are invented: shown beside every one of them. */
  sampleLabel: z.string().nullable(),
  /** What this policy year and the lifetime leave; null for who is not of the house and not the member. */
  budget: z
    .strictObject({
      yearFrom: DayText,
      yearTo: DayText,
      deductible: Fen,
      deductibleLeft: Fen,
      annualLimit: Fen.nullable(),
      annualLeft: Fen.nullable(),
      lifetimeLimit: Fen.nullable(),
      lifetimeLeft: Fen.nullable(),
    })
    .nullable(),
  purchases: z.array(Purchase),
});
export type CaseSettlement = z.infer<typeof CaseSettlement>;

export const DIFFERENCES = [
  'quantity',
  'price-above-agreed',
  'amount',
  'duplicate-code',
  'not-dispensed',
  'expired-approval',
  'unsigned',
  'returned',
  'not-invoiced',
] as const satisfies readonly DifferenceCode[];
export const LINE_STATES = [
  'matched',
  'open',
  'disputed',
  'settled',
  'withdrawn',
] as const satisfies readonly LineState[];
export const LINE_ACTS = ['dispute', 'correct', 'withdraw', 'settle'] as const satisfies readonly LineAct[];
export const STATEMENT_ACTS = ['add-invoice', 'prepare', 'approve', 'send-back'] as const;
export type StatementAct = (typeof STATEMENT_ACTS)[number];
export const SEND_BACK_REASONS = ['figures', 'differences', 'papers'] as const;

/** One line of the three-way match: approval, dispensing and invoice beside each other. */
export const StatementLine = z.strictObject({
  key: Id,
  approval: z.strictObject({ number: z.string(), agreedPrice: Fen, validUntil: DayText, state: z.string() }).nullable(),
  dispensed: z
    .strictObject({
      on: DayText,
      pharmacy: z.string(),
      price: Fen,
      insurer: Fen,
      signedOn: DayText.nullable(),
      returnedOn: DayText.nullable(),
    })
    .nullable(),
  invoiced: z
    .strictObject({
      invoice: z.string(),
      approval: z.string(),
      quantity: z.int(),
      price: Fen,
      amount: Fen,
      corrected: z.boolean(),
    })
    .nullable(),
  traceCode: z.string(),
  differences: z.array(z.strictObject({ code: z.enum(DIFFERENCES), text: z.string() })),
  state: z.enum(LINE_STATES),
  stateLabel: z.string(),
  /** What the insurer pays the provider for it this month; below zero: takes back. */
  payable: Fen,
  allowed: z.array(z.enum(LINE_ACTS)),
});
export type StatementLine = z.infer<typeof StatementLine>;

export const StatementSummary = z.strictObject({
  id: Id,
  provider: z.string(),
  providerName: z.string(),
  month: MonthText,
  state: z.enum(['open', 'prepared', 'approved']),
  stateLabel: z.string(),
  lines: z.int(),
  differences: z.int(),
  invoiced: Fen,
  payable: Fen,
  preparedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: Moment.nullable(),
});
export type StatementSummary = z.infer<typeof StatementSummary>;
export const StatementView = StatementSummary.extend({
  version: z.int(),
  invoices: z.array(z.strictObject({ number: z.string(), receivedAt: Moment, receivedBy: z.string(), lines: z.int() })),
  items: z.array(StatementLine),
  /** Why the approver sent it back, while it is open again. */
  sentBack: z.string().nullable(),
  allowed: z.array(z.enum(STATEMENT_ACTS)),
  /** What stands in the way of an act that is not allowed yet. */
  reasons: z.array(z.string()),
});
export type StatementView = z.infer<typeof StatementView>;

export const OpenStatement = z.strictObject({ provider: z.string().min(1).max(40), month: MonthText });
/** `correct` gives the invoice's figures anew; `withdraw` takes its line back. */
export const ActOnLine = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('dispute') }),
  z.strictObject({ act: z.literal('settle') }),
  z.strictObject({ act: z.literal('withdraw') }),
  z.strictObject({
    act: z.literal('correct'),
    quantity: z.int().min(1).max(1000),
    price: z.int().min(0).max(10_000_000_000),
    amount: z.int().min(0).max(10_000_000_000),
  }),
]);
export const SendBack = z.strictObject({ reason: z.enum(SEND_BACK_REASONS) });
export const InvoiceReport = z.strictObject({
  applied: z.boolean(),
  rows: z.int(),
  faults: z.array(z.strictObject({ line: z.int().nullable(), column: z.string().nullable(), message: z.string() })),
});
export const SettlementFlag = z.strictObject({
  id: Id,
  code: z.string(),
  text: z.string(),
  approval: z.string(),
  pharmacy: z.string(),
  traceCode: z.string().nullable(),
  raisedAt: Moment,
});
export type SettlementFlag = z.infer<typeof SettlementFlag>;
export const CloseFlag = z.strictObject({ outcome: z.enum(['mistake', 'misuse']) });
