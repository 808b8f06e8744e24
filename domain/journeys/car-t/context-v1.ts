/** What a CAR-T case remembers between its events (sealed in the database). */
import type { PhaseContext } from '../phases/context-v1.ts';

export type Finding = 'fit' | 'unfit';
/** One expert's vote; `by` is her key on the list of experts. */
export type Vote = { by: string; finding: Finding; why: string; at: string };
/** A trial as it stood on the list when it was told. */
export type Trial = { name: string; registration: string; hospital: string; city: string; contact: string };
/** The one number from apheresis to infusion, and what it was given to. */
export type Chain = { number: string; collectedAt: string; lot: string | null };

export type Context = PhaseContext & {
  /** Keys of the experts who are to judge; empty before and after, so that nobody keeps what she no longer needs. */
  panel: readonly string[];
  votes: readonly Vote[];
  /** Kinds of records that the panel asked for and that have not come yet; empty outside that wait. */
  wanted: readonly string[];
  /** Lists that the panel has sent her. */
  panelLists: number;
  /** Told when she was not fit; also after a face-to-face assessment that was not passed. */
  told: { said: string; trials: readonly Trial[]; noTrial: string | null } | null;
  /** She attended: the use is spent [2.6.4.5]. */
  assessed: boolean;
  /** Brand of the product that the assessment settled on. */
  product: string | null;
  chain: Chain | null;
  /** Key of the pharmacy on the list of A.5; its staff see the case once she has consented. */
  pharmacy: string | null;
  pharmacyName: string | null;
  /** Where a mismatch of the number stopped everything. */
  stoppedIn: string | null;
  /** Where people's decision interrupted the case, and where it goes on. */
  resumeIn: string | null;
  /** The policy ended while the treatment stood still. */
  policyOpen: boolean;
  /** How far operations honour the treatment after the policy's end; null while it is in force. */
  honoured: 'all' | 'to-discharge' | null;
};

/** `mine` reads the shared machine's context with the types of this kind. */
export const mine = (context: unknown) => context as Context;
