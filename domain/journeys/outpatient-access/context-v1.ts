/** What an outpatient case remembers between its events (sealed in the database). */
import type { PhaseContext } from '../shared/context-v1.ts';

export type Context = PhaseContext & {
  carePath: { hospital: string; department: string; expert: string; why: string; examinations: string } | null;
};
