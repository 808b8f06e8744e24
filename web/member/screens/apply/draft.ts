import type { Values } from '../../../shared/form/values.ts';
import type { ApplicantInput, PaperView } from '../../../shared/types.ts';
import type { ChosenRow } from '../../form/FormFields.tsx';

export const DAYS = ['firstSymptomOn', 'firstAbnormalOn', 'firstVisitOn', 'diagnosedOn'] as const;
export type IllnessDay = (typeof DAYS)[number];

/** What has been filled in so far. */
export interface Draft {
  step: number;
  relation: ApplicantInput['relation'];
  illness: { code: string; first: boolean; days: Partial<Record<IllnessDay, string>> };
  values: Values;
  labels: Record<string, ChosenRow>;
  /** Papers by kind. */
  papers: Record<string, Pick<PaperView, 'id' | 'fileName' | 'kindName'>>;
  acknowledged: string[];
  consents: string[];
}

export function emptyDraft(self: boolean): Draft {
  return {
    step: 0,
    relation: self ? 'self' : 'policyholder',
    illness: { code: '', first: true, days: {} },
    values: {},
    labels: {},
    papers: {},
    acknowledged: [],
    consents: [],
  };
}
