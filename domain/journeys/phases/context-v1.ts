/**
 * What a case of any kind that asks, reviews and books remembers between its events (sealed in the database). A kind adds
 * its own fields. Shared by the charts, v1: released, never edited.
 */
import type { Rules } from '../journey.ts';

export type Offer = {
  hospitalId: string;
  hospital: string;
  department: string;
  expert: string;
  rank: string;
  visitAt: string;
  answerBy: string;
  escort: { name: string; phone: string; meetingPlace: string; hours: string } | null;
  /** What else this kind's offer says, by field of its `offerSlot`; empty where nothing. */
  more?: Readonly<Record<string, string>>;
};
export type PhaseContext = {
  rules: Rules;
  outcome: 'granted' | 'review';
  /** Rules a reviewer may cite to refuse: those of the last decision taken on the facts, and what only a person can judge. */
  refusableRules: string[];
  /** The reviewer verified the facts, and the decision taken on them did not refuse. */
  verified: 'no' | 'stands' | 'refused';
  /** Lists of missing papers the reviewer has sent; the request's automatic one does not count. */
  reviewerLists: number;
  pendingList: { kinds: string[]; note: string } | null;
  askedAt: string | null;
  entering: 'own-consent' | 'papers' | 'review' | 'plan';
  calls: { day: string; reached: boolean }[];
  pursuitOver: boolean;
  provider: string | null;
  carePath: { hospital: string; department: string; expert: string; why: string; examinations: string } | null;
  offer: Offer | null;
  /** The member changed after the booking: the use is spent and she is served once more [2.2.9]. */
  changed: boolean;
  escortAbsent: boolean;
  summary: { said: string; nextSteps: string; at: string } | null;
};
export type Input = {
  rules: Rules;
  outcome: 'granted' | 'review';
  rulesOfDecision: string[];
  needsOwnConsent: boolean;
  missingPapers: string[];
  /** The plan's provider, where it names one; the case may come to another. */
  provider?: string | null;
  /** Yes/no facts of the request that the plan's promises ask for. */
  given: Readonly<Record<string, boolean>>;
  /** Rows of lists that the request's form names, as of its day. */
  refs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  now: string;
};
