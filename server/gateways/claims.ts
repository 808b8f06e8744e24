/** The insurer's claims system: takes a claim that was checked for completeness, and decides it. Yilu decides none. */
import { z } from 'zod';
import type { ClaimFile } from '#contract/claims.ts';
import { type GatewayTarget, signedPost } from './signed-post.ts';

export interface ClaimsGateway {
  /** Returns the claims system's own number, where it gives one. @throws GatewayFailed */
  handOver(claim: z.infer<typeof ClaimFile>, key: string): Promise<string | undefined>;
}

const Taken = z.object({ reference: z.string().trim().min(1).max(60) });

export const openHttpClaims = (target: GatewayTarget): ClaimsGateway => ({
  async handOver(claim, key) {
    return Taken.safeParse((await signedPost(target, claim, key)).body).data?.reference;
  },
});
