/** The desks' day: work lists, hand-over of one colleague's cases, reminders, and the phrases a team keeps. */
import { z } from 'zod';
import { CaseSummary } from './cases.ts';
import { DayText, Id, Moment } from './common.ts';

/** How the time to breach narrows a list, by the earliest due moment that runs; `none` where nothing runs. */
export const DueBand = z.enum(['late', 'today', 'later', 'none']);
export type DueBand = z.infer<typeof DueBand>;
/** A line of a desk; what a search found stands in no band. */
export const WorkItem = CaseSummary.extend({ waitingOn: z.string(), band: DueBand.nullable() });
/** One way to narrow the list, with how many rows it would leave beside what else is chosen. */
export const Choice = z.strictObject({ code: z.string(), label: z.string(), count: z.number().int() });
export const WorkList = z.strictObject({
  items: z.array(WorkItem),
  next: z.string().nullable(),
  desks: z.array(Choice),
  /** How many cases the desk holds, narrowed and in all; a search counts what it found. */
  total: z.number().int(),
  all: z.number().int(),
  choices: z.strictObject({
    due: z.array(Choice),
    step: z.array(Choice),
    turn: z.array(Choice),
    service: z.array(Choice),
  }),
});
export const WorkQuery = z.strictObject({
  desk: z.string().max(40).optional(),
  q: z.string().max(64).optional(),
  due: DueBand.optional(),
  step: z.string().max(64).optional(),
  turn: z.string().max(64).optional(),
  service: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});

/** All open cases of one case manager to one colleague or, in turn, to several. */
export const HandOver = z.strictObject({
  from: Id,
  to: z.array(Id).min(1).max(20),
  reason: z.string().trim().min(1).max(500).describe('told to each member'),
  until: DayText.optional().describe('the last day of the absence'),
});
/** What came of one case of many: a refused one is named, with why. */
export const CaseOutcome = z.strictObject({
  caseId: Id,
  number: z.string(),
  done: z.boolean(),
  /** To whom it was handed, or what was sent. */
  what: z.string().nullable(),
  why: z.string().nullable(),
});
export const CaseOutcomes = z.strictObject({ items: z.array(CaseOutcome) });
export const Remind = z.strictObject({ cases: z.array(Id).min(1).max(100) });

/** Where a phrase is offered: in words the member reads, in internal notes, in the record of a call. */
export const PhraseUse = z.enum(['member', 'note', 'call']);
export type PhraseUse = z.infer<typeof PhraseUse>;
export const PhraseInput = z.strictObject({
  title: z.string().trim().min(1).max(40),
  text: z.string().trim().min(1).max(500).describe('{number}, {service} and {next} are filled in from the case'),
  uses: z.array(PhraseUse).min(1).max(3),
});
export const PhraseChange = PhraseInput.extend({
  version: z.int().min(1),
  retired: z.boolean().default(false),
});
export const PhraseView = PhraseInput.extend({
  id: Id,
  version: z.number().int(),
  retired: z.boolean(),
  changedBy: z.string().nullable(),
  changedAt: Moment,
});
export const Phrases = z.strictObject({ items: z.array(PhraseView) });
/** A phrase with the case's words in it, ready to be put into a form. */
export const FilledPhrases = z.strictObject({
  items: z.array(z.strictObject({ id: Id, title: z.string(), text: z.string() })),
});
