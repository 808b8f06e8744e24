/** What a case's sealed context holds: the chart's own context and the request as it was made. */

import type { z } from 'zod';
import type { ApplicantInput, IllnessInput } from '#contract/cases.ts';
import type { SignedReport } from '#server/opinions/report.ts';

export type VerifiedIllness = IllnessInput & {
  hospital?: { name: string; grade: number; class?: string; public: boolean; source: string };
  sourcePaperId: string;
};
export type CaseMemory = {
  chart: Record<string, unknown>;
  act: 'open' | 'use';
  /** Yes/no facts of the request that promises' starts ask for. */
  given: Record<string, boolean>;
  request: {
    illness: IllnessInput | null;
    illnessHospital: string | null;
    applicant: z.infer<typeof ApplicantInput>;
    /** The hospital and department the member names [2.2.1.1], with the version of the list row. */
    wish: { hospitalId: string; hospital: string; department: string; city: string; listVersion: number } | null;
    form: Record<string, unknown>;
    acknowledged: { id: string; version: number }[];
  };
  verified: VerifiedIllness | null;
  decisionId: string | null;
  /** Kinds asked for by the reviewer beyond the plan's list. */
  askedKinds: string[];
  /** Words to the member of the last asking or refusal. */
  words: { asked: string | null; refused: string | null; refusedRule: string | null };
  /** What the member shows at the pharmacy's counter; of one purchase. */
  pickUpCode?: string | null;
  /** The expert's report as a signed file. */
  report?: SignedReport;
};
