import type { Field } from '../../../shared/form/fields.ts';
import { toPayload } from '../../../shared/form/values.ts';
import type { CreateCase, DecisionRequest, IllnessInput, RequestForm } from '../../../shared/types.ts';
import { DAYS, type Draft } from './draft.ts';

/** Which proofs go with a relation; the plan's form names the ordinary papers, the contract names these. */
export const PROOFS: Partial<Record<Draft['relation'], ('guardianship' | 'minority' | 'authorisation')[]>> = {
  guardian: ['guardianship', 'minority'],
  agent: ['authorisation'],
};

export interface Place {
  service: string;
  policyId: string;
  personId: string;
}

export type StepCode = 'illness' | 'wishes' | 'papers' | 'consent' | 'review';

/** The steps of this service's application: those that its form asks something in. */
export function stepsOf(form: RequestForm, fields: Field[], self: boolean): StepCode[] {
  const steps: StepCode[] = [];
  if (form.illnesses !== null || !self) steps.push('illness');
  if (fields.length > 0) steps.push('wishes');
  if (form.papers.length > 0) steps.push('papers');
  if (form.notices.length > 0 || form.consents.length > 0) steps.push('consent');
  steps.push('review');
  return steps;
}

export const consentKey = (consent: { recipient: string; purpose: string }) =>
  `${consent.recipient}/${consent.purpose}`;

export function illnessOf(draft: Draft): IllnessInput {
  const days = Object.fromEntries(
    DAYS.flatMap((day) => (draft.illness.days[day] ? [[day, draft.illness.days[day]]] : [])),
  );
  return { code: draft.illness.code, first: draft.illness.first, ...days };
}

/** The question whether this may be had, before anything is sent. */
export function toQuestion(place: Place, form: RequestForm, fields: Field[], draft: Draft): DecisionRequest {
  return {
    ...place,
    applicant: { relation: draft.relation, proofs: proofsOf(draft) },
    illness: form.illnesses === null ? null : illnessOf(draft),
    form: toPayload(fields, draft.values),
  };
}

/** The request itself. */
export function toRequest(place: Place, form: RequestForm, fields: Field[], draft: Draft): CreateCase {
  return {
    ...toQuestion(place, form, fields, draft),
    papers: form.papers.flatMap(({ kind }) => {
      const paper = draft.papers[kind];
      return paper ? [{ kind, paperId: paper.id }] : [];
    }),
    consents: form.consents
      .filter((consent) => draft.consents.includes(consentKey(consent)))
      .map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices
      .filter(({ id }) => draft.acknowledged.includes(id))
      .map(({ id, version }) => ({ id, version })),
  };
}

function proofsOf(draft: Draft): NonNullable<DecisionRequest['applicant']>['proofs'] {
  return (PROOFS[draft.relation] ?? []).flatMap((kind) => {
    const paper = draft.papers[kind];
    return paper ? [{ kind, paperId: paper.id }] : [];
  });
}
