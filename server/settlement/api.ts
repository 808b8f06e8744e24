/**
 * What the journey of special drugs calls, in one place. Nothing here opens a transaction: the caller has locked policy,
 * entitlement, case and papers before, and these lock the approval and then the ledger. Refusals are returned, not thrown.
 */
export {
  type ApprovalInput,
  type ApprovalReleaseCause,
  agreePharmacy,
  expireApproval,
  extendApproval,
  type Figures,
  quoteApproval,
  RELEASE_CAUSES,
  releaseApproval,
  reserveApproval,
} from './approvals.ts';
export {
  asTraceCode,
  type Dispensed,
  type DispensingInput,
  RETURN_CAUSES,
  type ReturnCause,
  recordDispensing,
  recordPaid,
  recordRefunded,
  recordSigned,
  returnBoxes,
} from './dispensings.ts';
export { type Owed, owedInCase } from './owed.ts';
