import type { BenefitCard } from '../../shared/types.ts';

interface Place {
  service: string;
  policyId: string;
  personId: string;
}

/** The card of a service of a policy for a person; undefined when the reader has no such card. */
export function findCard(cards: BenefitCard[], { service, policyId, personId }: Place): BenefitCard | undefined {
  return cards.find((card) => card.service === service && card.policyId === policyId && card.person.id === personId);
}

/** What the same person may use now, besides this service. */
export function otherUsable(cards: BenefitCard[], personId: string, service: string): BenefitCard[] {
  return cards.filter((card) => card.person.id === personId && card.service !== service && card.usable);
}
