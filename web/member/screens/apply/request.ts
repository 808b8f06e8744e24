import type { Field } from '../../../shared/form/fields.ts';
import { toPayload } from '../../../shared/form/values.ts';
import type { CreateCase, DecisionRequest, IllnessInput, RequestForm } from '../../../shared/types.ts';
import { DAYS, type Draft } from './draft.ts';

export type Proof = 'guardianship' | 'minority' | 'incapacity' | 'authorisation';

/** The proofs that may go with a relation. They are asked for beside it, and never again among the papers. */
export const PROOFS: Partial<Record<Draft['relation'], Proof[]>> = {
  guardian: ['guardianship', 'minority', 'incapacity'],
  agent: ['authorisation'],
};

/** What of its proofs a relation still lacks: a guardian proves guardianship and one of minority and incapacity. */
export function missingProofs(draft: Draft): Proof[] {
  const proofs = PROOFS[draft.relation] ?? [];
  const either = proofs.includes('minority') && Boolean(draft.papers.minority ?? draft.papers.incapacity);
  return proofs.filter((kind) => !draft.papers[kind] && !(either && kind !== 'guardianship'));
}

/** The papers that the step of papers asks for. */
export const papersOf = (form: RequestForm, draft: Draft) =>
  form.papers.filter(({ kind }) => !(PROOFS[draft.relation] as string[] | undefined)?.includes(kind));

/** The consents asked for now: those of the item that is chosen. Nobody consents for a capable adult: she is asked herself, later. */
export const consentsOf = (form: RequestForm, { values }: Pick<Draft, 'values'>) =>
  form.needsOwnConsent
    ? []
    : form.consents.filter(({ items }) => items === null || items.includes(String(values.item ?? '')));

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
  if (form.notices.length > 0 || (!form.needsOwnConsent && form.consents.length > 0)) steps.push('consent');
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
    papers: papersOf(form, draft).flatMap(({ kind }) => {
      const paper = draft.papers[kind];
      return paper ? [{ kind, paperId: paper.id }] : [];
    }),
    consents: consentsOf(form, draft)
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
