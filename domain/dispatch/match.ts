/** Which doctor is asked to take which waiting member. Pure: the shell runs it under one lock and writes what it says. */
import { type Credential, type DoctorDemand, isValidAt } from './credential.ts';

export type Waiting = {
  readonly caseId: string;
  readonly since: Date;
  /** Her doctor dropped, or an agreed time has come: before those who have not been served yet. */
  readonly again: boolean;
  /** Who declined her last, or let the offer lapse. */
  readonly notDoctor: string | null;
  readonly demand: DoctorDemand;
};
export type Doctor = {
  readonly key: string;
  readonly onDuty: boolean;
  /** Her page has been heard of within the last beats. */
  readonly present: boolean;
  /** Something is offered to her, she is in a call, or writes its note. */
  readonly busy: boolean;
  /** Calls taken since she came on duty. */
  readonly load: number;
  /** Offers in a row that she did not answer. */
  readonly missed: number;
  readonly lastOfferAt: Date | null;
  readonly credential: Credential | null;
};
export type Match = { readonly caseId: string; readonly doctor: string };

/** Who is next: those who wait again first, then the longest waiting. */
export const inTurn = (
  one: Pick<Waiting, 'again' | 'since' | 'caseId'>,
  other: Pick<Waiting, 'again' | 'since' | 'caseId'>,
): number =>
  Number(other.again) - Number(one.again) ||
  one.since.getTime() - other.since.getTime() ||
  (one.caseId < other.caseId ? -1 : 1);

/** Who answers, who took the fewest calls, who was asked longest ago. */
const byLoad = (one: Doctor, other: Doctor): number =>
  one.missed - other.missed ||
  one.load - other.load ||
  (one.lastOfferAt?.getTime() ?? 0) - (other.lastOfferAt?.getTime() ?? 0) ||
  (one.key < other.key ? -1 : 1);

/**
 * Offers of this moment: no member and no doctor twice; only doctors on duty, present and free whose credential is valid
 * at this very minute [2.1.2]; the longest waiting first; load shared; never to whoever declined this member last.
 * Whoever is free and may take a waiting member is not left idle, unless each such member is one she just declined.
 */
export function matchDoctors(waiting: readonly Waiting[], doctors: readonly Doctor[], now: Date): Match[] {
  const free = doctors.filter(({ onDuty, present, busy }) => onDuty && present && !busy).sort(byLoad);
  const matches: Match[] = [];
  for (const { caseId, notDoctor, demand } of [...waiting].sort(inTurn)) {
    if (free.length === 0) break;
    const at = free.findIndex(({ key, credential }) => key !== notDoctor && isValidAt(credential, demand, now));
    if (at < 0) continue;
    matches.push({ caseId, doctor: free[at]!.key });
    free.splice(at, 1);
  }
  return matches;
}
