/** Complaints, and with them appeals: what is filed, what the complainant sees, what the desk sees and does. */
import { z } from 'zod';
import { ANSWER_NORMS } from '#domain/complaints/clocks.ts';
import {
  COMPLAINANT_ACTS,
  COMPLAINT_EVENTS,
  COMPLAINT_KINDS,
  COMPLAINT_OUTCOMES,
  COMPLAINT_RELATIONS,
  COMPLAINT_STATES,
  HANDLER_ACTS,
} from '#domain/complaints/rules.ts';
import { ClockView, DayText, Id, Moment } from './common.ts';
import { MinorClosed } from './people.ts';

const words = z.string().trim().min(5).max(2000);
/** Who complains, where it is not the caller's own account: on the telephone and by letter. */
export const Complainant = z.strictObject({
  relation: z.enum(COMPLAINT_RELATIONS),
  name: z.string().trim().min(1).max(50).optional(),
  phone: z.string().trim().min(5).max(20).optional(),
  /** What was shown: letter of authorisation, death certificate and kinship. */
  proof: z.string().trim().min(2).max(200).optional(),
});
export const FileComplaint = z.strictObject({
  kind: z.enum(COMPLAINT_KINDS),
  text: words,
  /** Whose matter it is; of a case or decision it follows from that, else the caller's own. */
  personId: Id.optional(),
  caseId: Id.optional(),
  decisionId: Id.optional(),
  service: z.string().max(64).optional(),
  /** Only from the service desk, which files for a caller. */
  complainant: Complainant.optional(),
});
/** A letter that came: the days count from its receipt. The person is found by policy number and name, exactly. */
export const FileLetter = z.strictObject({
  kind: z.enum(COMPLAINT_KINDS).exclude(['decision']),
  text: words,
  policyNo: z.string().trim().min(1).max(64),
  personName: z.string().trim().min(1).max(50),
  caseNumber: z.string().trim().max(32).optional(),
  receivedOn: DayText,
  complainant: Complainant.default({ relation: 'self' }),
});
export const ComplaintFiled = z.strictObject({ id: Id, number: z.string(), due: Moment });

const labelled = { label: z.string() };
export const ComplaintEntry = z.strictObject({
  id: Id,
  type: z.enum(COMPLAINT_EVENTS),
  ...labelled,
  at: Moment,
  /** Who, in words: a colleague's name, or the side that spoke. */
  by: z.string(),
  /** What was said; null where nothing was, or where the caller does not read it. */
  text: z.string().nullable(),
  round: z.number().int(),
  /** Whose statement it is, in words. */
  of: z.string().nullable(),
});
export const ComplaintAnswer = z.strictObject({
  round: z.number().int(),
  outcome: z.enum(COMPLAINT_OUTCOMES),
  outcomeLabel: z.string(),
  text: z.string().nullable(),
  at: Moment,
});
export const ComplaintSummary = z.strictObject({
  id: Id,
  number: z.string(),
  kind: z.enum(COMPLAINT_KINDS),
  kindLabel: z.string(),
  state: z.enum(COMPLAINT_STATES),
  stateLabel: z.string(),
  open: z.boolean(),
  round: z.number().int(),
  serviceName: z.string().nullable(),
  caseId: Id.nullable(),
  caseNumber: z.string().nullable(),
  decisionId: Id.nullable(),
  /** Masked for staff. */
  person: z.string(),
  filedAt: Moment,
  clock: ClockView,
});
/** As the complainant reads it. The service desk within a check reads where it stands and not the words. */
export const ComplaintView = ComplaintSummary.extend({
  text: z.string().nullable(),
  handler: z.string().nullable(),
  answers: z.array(ComplaintAnswer),
  /** Until when she may ask for a review; null: not, or not any more. */
  reviewUntil: Moment.nullable(),
  history: z.array(ComplaintEntry),
  acts: z.array(z.enum(COMPLAINANT_ACTS)),
  hotline: z.string(),
});
export type ComplaintView = z.infer<typeof ComplaintView>;
export const ComplaintList = z.strictObject({ items: z.array(ComplaintSummary) });
export const ComplainantDoes = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('add'), text: words }),
  z.strictObject({ act: z.literal('withdraw'), text: z.string().trim().max(500).optional() }),
  z.strictObject({ act: z.literal('review'), text: words }),
]);
export type ComplainantDoes = z.infer<typeof ComplainantDoes>;

/** One of the desk's list. */
export const ComplaintRowView = ComplaintSummary.extend({
  relationLabel: z.string(),
  channelLabel: z.string(),
  handler: z.string().nullable(),
  mine: z.boolean(),
  /** The caller took part in what it is about and does not handle it. */
  tookPart: z.boolean(),
  breached: z.boolean(),
});
export const ComplaintFile = ComplaintRowView.extend({
  text: z.string(),
  norm: z.enum(ANSWER_NORMS),
  complainant: z.strictObject({
    relation: z.enum(COMPLAINT_RELATIONS),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    proof: z.string().nullable(),
  }),
  decidedBy: z.string().nullable(),
  answers: z.array(ComplaintAnswer),
  /** The time of the first answer, when this is its review. */
  firstClock: ClockView.nullable(),
  history: z.array(ComplaintEntry),
  acts: z.array(z.enum(HANDLER_ACTS)),
  /** Nobody reads a message of ours: the answer goes out by letter or telephone, and that is written down. */
  tellBy: z.boolean(),
  extensionAsked: z.boolean(),
  /** Who could take it: no one of them took part. Filled for a supervisor. */
  handlers: z.array(z.strictObject({ id: Id, name: z.string() })),
  /** A minor's: nothing that was said is shown until a supervisor agreed that the caller reads it. */
  closed: MinorClosed.nullable(),
});
export type ComplaintFile = z.infer<typeof ComplaintFile>;
export const HandlerDoes = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('take') }),
  z.strictObject({ act: z.literal('assign'), to: Id }),
  z.strictObject({ act: z.literal('ask'), text: words }),
  z.strictObject({ act: z.literal('note'), text: words }),
  z.strictObject({ act: z.literal('state'), of: z.enum(['staff', 'provider']), text: words }),
  z.strictObject({ act: z.literal('extend'), text: words }),
  z.strictObject({ act: z.literal('ask-extension'), text: words }),
  z.strictObject({
    act: z.literal('answer'),
    outcome: z.enum(COMPLAINT_OUTCOMES),
    text: words,
    told: z.enum(['letter', 'telephone']).optional(),
  }),
]);
export type HandlerDoes = z.infer<typeof HandlerDoes>;
