/** Whom a consent may name: each text of a plan speaks of one kind of recipient, and of nobody else [2.6.5.2.3]. Pure. */
import type { Plan } from '../plan/schema.ts';

/** The case that the consent is for, and who serves it now. */
export type ServedCase = {
  readonly service: string;
  readonly laboratory: string | null;
  readonly expert: string | null;
  readonly pharmacy: string | null;
  /** Experts who judge it together. */
  readonly panel: readonly string[];
};

/**
 * May this recipient be agreed to under the plan's text for the purpose? In a case only under a text of its own service;
 * every other party is the one that the case names. Who has a text of her own does not come in under a provider's.
 */
export function mayReceive(
  plan: Pick<Plan, 'services' | 'providers' | 'informedConsents'>,
  purpose: string,
  recipient: string,
  served: ServedCase | null,
): boolean {
  const services = served ? [plan.services[served.service]] : Object.values(plan.services);
  const ownTexts = new Set(Object.values(plan.services).flatMap(({ consents }) => consents.map(({ to }) => to)));
  for (const { laboratory } of plan.informedConsents) ownTexts.add(laboratory);
  return services.some((service) => {
    const isProvider =
      plan.providers.some(({ code }) => code === recipient) &&
      (recipient === service?.provider?.default || !ownTexts.has(recipient));
    return (service?.consents ?? []).some((consent) => {
      if (consent.purpose !== purpose) return false;
      if (consent.to === 'provider') return isProvider;
      if (consent.to === 'laboratory' || consent.to === 'pharmacy') return served?.[consent.to] === recipient;
      if (consent.to === 'expert')
        return served !== null && (served.expert === recipient || served.panel.includes(recipient));
      return consent.to === recipient;
    });
  });
}
