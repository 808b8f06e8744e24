/** The provider's system that opens a service for a person: one signed POST, repeated until it acknowledges. */
import type { Config } from '#server/platform/config.ts';
import { GatewayFailed, type GatewayTarget, signedPost } from './signed-post.ts';

export type OpeningRequest = {
  number: string;
  name: string;
  phone: string;
  /** The last day of the policy. */
  until: string;
};
export interface OpeningGateway {
  /** Returns once it is open; sent again under the same key, it opens once. @throws GatewayFailed, also while it is only taken */
  open(request: OpeningRequest, key: string): Promise<void>;
}

/** POST {number, name, phone, until}: 200 and 201 acknowledge, 202 has taken it and is asked again under the same key. */
export const openHttpOpening = (target: GatewayTarget): OpeningGateway => ({
  async open(request, key) {
    const { status } = await signedPost({ timeoutMs: 5_000, ...target }, request, key);
    if (status === 202) throw new GatewayFailed('taken', true);
  },
});

/** The sandbox's stand-in: acknowledges at once. */
export const sandboxOpening: OpeningGateway = { open: async () => {} };

/** null: the provider has no system here; its desk acknowledges. */
export function openOpening({ gateways, mode }: Pick<Config, 'gateways' | 'mode'>): OpeningGateway | null {
  if (gateways.opening) return openHttpOpening(gateways.opening);
  return mode === 'sandbox' ? sandboxOpening : null;
}
