/** The keyed hashes that hold the audit together. Whoever owns the database but not the keys can make none of them. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '#server/platform/keys.ts';

/** Everything of an audit row that its HMAC covers: all but the transaction, which the link covers. */
export type AuditFields = {
  insurer: string;
  id: string;
  at: Date;
  machineAt: Date;
  actorAccount: string | null;
  actorRole: string;
  actorProvider: string | null;
  action: string;
  subject: string;
  caseId: string | null;
  personId: string | null;
  details: Readonly<Record<string, unknown>>;
};

/** What the first link follows. */
export const chainStart = Buffer.alloc(32);

export function rowHmac(ring: KeyRing, keyId: string, row: AuditFields): Buffer {
  // jsonb does not keep the order of its keys, so they are sorted; an array keeps every part apart from its neighbour.
  const details = Object.entries(row.details).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [
    row.insurer,
    row.id,
    row.at.toISOString(),
    row.machineAt.toISOString(),
    row.actorAccount,
    row.actorRole,
    row.actorProvider,
    row.action,
    row.subject,
    row.caseId,
    row.personId,
    details,
  ];
  return hmac(ring, keyId, row.insurer, 'row', JSON.stringify(parts));
}

export type LinkFields = {
  insurer: string;
  n: number;
  auditId: string;
  xid: string;
  rowHmac: Buffer;
  prevHash: Buffer;
};

export function linkHash(ring: KeyRing, keyId: string, link: LinkFields): Buffer {
  const parts = [link.n, link.auditId, link.xid, link.rowHmac.toString('hex'), link.prevHash.toString('hex')];
  return hmac(ring, keyId, link.insurer, 'link', JSON.stringify(parts));
}

export type SealFields = { insurer: string; n: number; hash: Buffer; at: Date };

export function sealHmac(ring: KeyRing, keyId: string, seal: SealFields): Buffer {
  return hmac(
    ring,
    keyId,
    seal.insurer,
    'seal',
    JSON.stringify([seal.n, seal.hash.toString('hex'), seal.at.toISOString()]),
  );
}

export function sameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function hmac(ring: KeyRing, keyId: string, insurer: string, part: string, text: string): Buffer {
  return createHmac('sha256', ring.derive(keyId, `audit/${insurer}/${part}`))
    .update(text)
    .digest();
}
