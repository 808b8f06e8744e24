/** The signature under a report: over a statement of its SHA-256, the signer and the moment, by the signing authority. */
import { createHash } from 'node:crypto';
import { verifySignature } from '#server/gateways/signing.ts';
import type { Ctx } from '#server/platform/context.ts';
import { Problem } from '#server/platform/problem.ts';

export type Signature = {
  /** Hex of the document's SHA-256. */
  sha256: string;
  signer: string;
  /** ISO 8601, business time. */
  at: string;
  /** DER of the detached CMS over the statement, in base64. */
  cms: string;
  /** PEM of the certificate that issued the signer's. */
  authority: string;
  /** The number of the signer's certificate. */
  certificate: string;
  demonstration: boolean;
};
type Statement = Pick<Signature, 'sha256' | 'signer' | 'at'>;

/** @throws Problem not-possible-now where no signing authority is set up */
export async function signDocument(
  { signing }: Pick<Ctx, 'signing'>,
  { bytes, signer, at }: { bytes: Buffer; signer: string; at: Date },
): Promise<Signature> {
  if (!signing)
    throw new Problem('not-possible-now', {
      detail: {
        zh: '系统没有配置签名机构，意见书无法签发。请联系管理员。',
        en: 'No signing authority is set up, so that the opinion cannot be signed. Ask the administrator.',
      },
    });
  const statement = { sha256: createHash('sha256').update(bytes).digest('hex'), signer, at: at.toISOString() };
  const { cms, ...by } = await signing.sign({ document: bytesOf(statement), signer, at });
  return { ...statement, ...by, cms: cms.toString('base64') };
}

/** Is the document of this SHA-256 the one that was signed, by this signer, at this moment? */
export async function isIntact(sha256: string, signature: Signature): Promise<boolean> {
  if (sha256 !== signature.sha256) return false;
  const cms = Buffer.from(signature.cms, 'base64');
  const { state } = await verifySignature(bytesOf(signature), cms, signature.authority, new Date(signature.at));
  return state === 'intact';
}

const bytesOf = ({ sha256, signer, at }: Statement): Buffer => Buffer.from(JSON.stringify({ sha256, signer, at }));
