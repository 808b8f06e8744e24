/** What a video consultation remembers between its events (sealed in the database). */
import type { PhaseContext } from '../phases/context-v1.ts';

/** The doctor's note; there is no field for a prescription. */
export type Note = {
  complaint: string;
  advice: string;
  seekCare: string;
  redFlags: string;
  at: string;
};
export type Context = PhaseContext & {
  /** Asked to be opened for a year, not for a doctor [2.1.6]. */
  opening: boolean;
  /** When the provider's system acknowledged the opening, and the last moment it is valid. */
  openedAt: string | null;
  openUntil: string | null;
  /** Since when she waits in the queue; the place is by this moment. */
  waitsSince: string | null;
  /** She goes before those who have not been served: her doctor dropped, or an agreed moment has come. */
  again: boolean;
  /** From when she may ask to be called back. */
  callBackFrom: string | null;
  callBack: boolean;
  byTelephone: boolean;
  /** Her doctor's key on the list, and how the member reads her. */
  doctor: string | null;
  by: { name: string; hospital: string; department: string; rank: string } | null;
  /** The accepted offer: the room of the call. */
  room: string | null;
  acceptedAt: string | null;
  /** Another time, offered or agreed [2.1.8.3]. */
  appointmentAt: string | null;
  appointmentWhy: string | null;
  /** Until when she may answer to it. */
  answerBy: string | null;
  /** Until when she may come back after her doctor waited in vain. */
  missedUntil: string | null;
  note: Note | null;
  /** Until when one question may be asked. */
  followUpUntil: string | null;
  asked: string | null;
  answered: string | null;
  stars: number | null;
};
