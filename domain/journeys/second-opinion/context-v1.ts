/** What a second-opinion case remembers between its events (sealed in the database). */
import type { PhaseContext } from '../phases/context-v1.ts';

/** The expert's report as the member reads it; what was asked and answered on it afterwards. */
export type Opinion = {
  question: string;
  recordsSeen: string;
  findings: string;
  opinion: string;
  treatment: string;
  followUp: string;
  limits: string;
  by: string;
  at: string;
  /** What was said when it was explained to her. */
  explained: string | null;
  asked: string | null;
  answered: string | null;
};
export type Context = PhaseContext & {
  /** The request was accepted; the records are being gathered. */
  gathering: boolean;
  /** The one list of what is missing, as it was told; a kind beyond it needs the supervisor. */
  recordsList: readonly string[] | null;
  /** The last that was said or done about the records; came: with the request itself. */
  records: 'wanted' | 'came' | 'handed-in' | 'listed' | 'complete';
  /** Of the expert offered; hers once the offer is accepted. */
  offeredExpert: string | null;
  /** Her key on the list of experts, from the booking on; by it a consent names her. */
  expert: string | null;
  opinion: Opinion | null;
};
