/** What a case of charity aid remembers between its events (sealed in the database). */
import type { Programme } from '../../aid/programme.ts';
import type { Move } from '../../aid/standing.ts';
import type { PhaseContext } from '../phases/context-v1.ts';

export type Context = PhaseContext & {
  /** The drug as on the list of drugs, once the assistant has read it off the prescription. */
  drug: { key: string; name: string } | null;
  /** The version of the programme that this round goes by: the newest as published counts [2.6.2.7.2]. */
  programme: Programme | null;
  /** The ledger of the person's boxes, oldest first; each entry is also a row of its own. */
  moves: Move[];
  /** Our own verdict on the file of this round has been told [2.6.2.9.1]. */
  reviewed: boolean;
  /** The window of a turn passed and she was not called often enough yet. */
  windowOver: boolean;
  /** The last moment of the turn that runs, as `collectBy`; null outside a turn. */
  turn: { collectBy: string } | null;
  cause: string | null;
};
