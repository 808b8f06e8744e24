/** The informed consent of a case: what is to be signed, by whom, and what was signed. */
import { z } from 'zod';
import { Moment } from './common.ts';

export const InformedConsentView = z.strictObject({
  /** none: not yet, or not any more; to-sign: it waits for a signature; on-paper: a scanned original that two people checked. */
  state: z.enum(['none', 'to-sign', 'signed', 'on-paper']),
  title: z.string(),
  version: z.int(),
  text: z.string(),
  laboratory: z.string(),
  clause: z.string(),
  printed: z.string(),
  /** There is a signing authority; without one it is signed on paper only. */
  onScreen: z.boolean(),
  /** Whether the caller is the one who signs; if not, who is. */
  mine: z.boolean(),
  signer: z.string(),
  signature: z
    .strictObject({
      by: z.string(),
      signer: z.enum(['tested-person', 'guardian']),
      at: Moment,
      version: z.int(),
      certificate: z.string(),
      demonstration: z.boolean(),
      /** What holding the document against its signature shows now. */
      check: z.enum(['intact', 'altered', 'unknown-authority']),
      checkLabel: z.string(),
    })
    .nullable(),
});
export type InformedConsentView = z.infer<typeof InformedConsentView>;
export const SignConsent = z.strictObject({
  code: z.string().regex(/^\d{6}$/, 'six digits'),
  /** The version that was shown. */
  version: z.int().min(1),
});
/** Enough for anybody to verify without us: base64 of the document and of the detached CMS, PEM of the authority. */
export const SignatureEvidence = z.strictObject({
  document: z.string(),
  signature: z.string(),
  authority: z.string(),
  signedAt: Moment,
});
