/** Somebody asks to be called back, and the service desk's list of whom to call. */
import { z } from 'zod';
import { CALL_PARTS } from '#domain/call-backs/windows.ts';
import { DayText, Id, Moment } from './common.ts';

export const CALL_OUTCOMES = ['helped', 'passed-on', 'no-longer-needed', 'not-reached'] as const;
const about = {
  caseId: Id.optional(),
  decisionId: Id.optional(),
  complaintId: Id.optional(),
  service: z.string().max(64).optional(),
};
export const AskCallBack = z.strictObject({
  ...about,
  day: DayText,
  part: z.enum(CALL_PARTS),
  /** Another number than the one on file. */
  phone: z
    .string()
    .trim()
    .regex(/^\+?\d{5,20}$/, { error: 'digits only, 5 to 20 of them' })
    .optional(),
  words: z.string().trim().max(500).optional(),
});
export type AskCallBack = z.infer<typeof AskCallBack>;
export const CallBackView = z.strictObject({
  id: Id,
  state: z.enum(['waiting', 'taken', 'closed', 'withdrawn']),
  askedAt: Moment,
  from: Moment,
  to: Moment,
  day: DayText,
  part: z.enum(CALL_PARTS),
  phone: z.string(),
  words: z.string(),
  /** What it is about, in words. */
  about: z.string().nullable(),
  caseId: Id.nullable(),
  decisionId: Id.nullable(),
  complaintId: Id.nullable(),
  service: z.string().nullable(),
  tries: z.number().int(),
  nextTryAt: Moment.nullable(),
  outcome: z.enum(CALL_OUTCOMES).nullable(),
});
export type CallBackView = z.infer<typeof CallBackView>;
/** What she asked for lately, the number on file (masked) and what can be chosen now. */
export const MyCallBacks = z.strictObject({
  items: z.array(CallBackView),
  phone: z.string().nullable(),
  windows: z.array(
    z.strictObject({ day: DayText, part: z.enum(CALL_PARTS), from: Moment, to: Moment, today: z.boolean() }),
  ),
  hours: z.strictObject({ opens: z.string(), closes: z.string() }),
  hotline: z.string(),
});
export const CallBackRow = CallBackView.extend({
  personId: Id,
  person: z.string(),
  takenBy: z.string().nullable(),
  mine: z.boolean(),
  /** `late`: the time that suited her is over and nobody has called. */
  urgency: z.enum(['late', 'now', 'later']),
  calls: z.array(z.strictObject({ at: Moment, by: z.string(), reached: z.boolean(), note: z.string().nullable() })),
});
/** A member of the video queue who asked to be called: the next free doctor does it, from the video board. */
export const VideoCallBack = z.strictObject({ caseId: Id, number: z.string(), since: Moment });
export const CallBackDesk = z.strictObject({ items: z.array(CallBackRow), video: z.array(VideoCallBack) });
export const CallBackDoes = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('take') }),
  z.strictObject({
    act: z.literal('missed'),
    note: z.string().trim().max(500).optional(),
    nextTryAt: Moment.optional(),
  }),
  z.strictObject({
    act: z.literal('close'),
    outcome: z.enum(CALL_OUTCOMES).exclude(['not-reached']),
    note: z.string().trim().max(500).optional(),
  }),
]);
export type CallBackDoes = z.infer<typeof CallBackDoes>;
