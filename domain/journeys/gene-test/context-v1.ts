/** What a gene-test case remembers between its events (sealed in the database). */
import type { PhaseContext } from '../phases/context-v1.ts';

export type PickUp = { at: string; address: string; collector: string; phone: string };
export type Context = PhaseContext & {
  /** Code of the laboratory that tests; its staff see the case once the member has consented. */
  laboratory: string | null;
  /** The case manager's assessment [2.4.1.2]. */
  assessment: { sampleType: string; sampleFrom: string; why: string } | null;
  /** A signed paper original that one member of staff has recorded and another has to confirm [2.4.1.3]. */
  paperConsent: { paper: string; by: string } | null;
  pickUp: PickUp | null;
  sample: { barcode: string; collectedAt: string } | null;
  /** A fit sample was taken in: the use is spent [2.4.4]; what is cancelled later costs no further one. */
  delivered: boolean;
  /** The file of the report that the laboratory has put to the case. */
  reportPaper: string | null;
  applicantTold: boolean;
  /** Told, or left out as the tested person wishes. */
  doctorSettled: boolean;
};

/** The kinds of paper that the journey itself speaks of; a plan with this journey has them. */
export const PAPERS = { consent: 'informed-consent', report: 'gene-report' } as const;
/** As whom the attending doctor stands in a consent and in a disclosure. */
export const ATTENDING_DOCTOR = 'attending-doctor';
