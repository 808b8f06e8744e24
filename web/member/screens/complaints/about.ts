import { useSearchParams } from 'react-router';
import { m } from '../../../shared/paraglide/messages.js';
import { useBenefits, useCase } from '../../data/queries.ts';

/** What help is asked about, as the address says: a case, a decision, a service of somebody, or nothing yet. */
export type About = {
  caseId?: string;
  decisionId?: string;
  service?: string;
  personId?: string;
  /** In words. */
  what: string | null;
};

/** Reads `?case=`, `?decision=` and `?service=&policyId=&personId=`. */
export function useAbout(): About {
  const [search] = useSearchParams();
  const caseId = search.get('case') ?? undefined;
  const decisionId = search.get('decision') ?? undefined;
  const service = search.get('service') ?? undefined;
  const personId = search.get('personId') ?? undefined;
  const policyId = search.get('policyId');
  const found = useCase(caseId ?? '', caseId !== undefined).data;
  const cards = useBenefits().data?.items ?? [];
  if (caseId) return { caseId, what: found ? `${found.serviceName} ${found.number}` : null };
  if (decisionId) return { decisionId, what: m.decision_title() };
  if (!service) return { what: null };
  const card =
    cards.find((one) => one.service === service && (!policyId || one.policyId === policyId)) ??
    cards.find((one) => one.service === service);
  return { service, ...(personId ? { personId } : {}), what: card?.name ?? null };
}

/** The part of a request body that names it. */
export const namedIn = ({ caseId, decisionId, service }: About) => ({
  ...(caseId ? { caseId } : {}),
  ...(decisionId ? { decisionId } : {}),
  ...(service ? { service } : {}),
});
