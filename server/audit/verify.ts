import { stat } from 'node:fs/promises';
import type { z } from 'zod';
import type { AuditVerdict as AuditVerdictSchema } from '#contract/operations.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { type AuditFields, chainStart, linkHash, rowHmac, sameHash, sealHmac } from './hashes.ts';
import { readSealLog } from './seal-log.ts';

export type AuditVerdict = z.infer<typeof AuditVerdictSchema>;
type Fault = NonNullable<AuditVerdict['firstFault']>;
type VerifyCtx = Pick<Ctx, 'insurer' | 'pool' | 'keyRing'>;

type Row = {
  insurer: string;
  id: string;
  xid: string;
  at: Date;
  machine_at: Date;
  actor_account: string | null;
  actor_role: string;
  actor_provider: string | null;
  action: string;
  subject: string;
  case_id: string | null;
  person_id: string | null;
  details: Record<string, unknown>;
  key_id: string;
  hmac: Buffer;
};
type Link = { n: number; audit_id: string; xid: string; key_id: string; prev_hash: Buffer; hash: Buffer };
type Seal = { n: number; at: Date; hash: Buffer; key_id: string; hmac: Buffer };

const rowColumns = `a.insurer, a.id, a.xid::text as xid, a.at, a.machine_at, a.actor_account, a.actor_role, a.actor_provider,
  a.action, a.subject, a.case_id, a.person_id, a.details, a.key_id, a.hmac`;
// No joins: each statement reads one index between bounds, so that no plan, also one made before the first ANALYZE,
// reads the whole audit for each batch.
const listLinks = sql<Link>(
  'audit.listLinks',
  `select n, audit_id, xid::text as xid, key_id, prev_hash, hash from audit_links
    where insurer = $1 and n > $2 and n <= $3 order by n`,
);
const findNextLink = sql<{ n: number | null }>(
  'audit.nextLink',
  'select min(n) as n from audit_links where insurer = $1 and n > $2',
);
const listSeals = sql<Seal>(
  'audit.listSeals',
  'select n, at, hash, key_id, hmac from audit_seals where insurer = $1 and n > $2 and n <= $3',
);
const listRowsById = sql<Row>(
  'audit.listRowsById',
  `select ${rowColumns} from audit a where a.insurer = $1 and a.id = any($2::uuid[])`,
);
const listLinked = sql<{ audit_id: string }>(
  'audit.listLinked',
  'select audit_id from audit_links where insurer = $1 and audit_id = any($2::uuid[])',
);
const findLooseSeal = sql<{ n: number }>(
  'audit.findLooseSeal',
  `select s.n from audit_seals s
    where s.insurer = $1 and not exists (select 1 from audit_links l where l.insurer = s.insurer and l.n = s.n)
    order by s.n limit 1`,
);
const listRows = sql<Row>(
  'audit.listRows',
  `select ${rowColumns} from audit a
    where a.insurer = $1 and (a.xid, a.id) > ($2::text::xid8, $3::uuid) order by a.xid, a.id limit $4`,
);
const listHashes = sql<{ n: number; hash: Buffer }>(
  'audit.listHashes',
  'select n, hash from audit_links where insurer = $1 and n = any($2::bigint[])',
);

const batch = 2000;
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Checks every row, link and seal of one insurer's audit, also while it is being written, and names the first row that
 * was altered, taken out or put in. With `sealLog` (the file of seals kept outside the database) it also finds a tail
 * that was cut off together with its seals. Changes nothing; memory does not grow with the audit.
 */
export async function verifyAudit(ctx: VerifyCtx, options: { sealLog?: string } = {}): Promise<AuditVerdict> {
  // What is in the file by now is in the database already; seals appended while we read are left out.
  const fileEnd = options.sealLog === undefined ? 0 : (await stat(options.sealLog)).size;
  const chain = await checkChain(ctx);
  const count = { checked: chain.n, sealed: chain.sealedTo };
  if (chain.fault) return { ok: false, ...count, unsealed: 0, firstFault: chain.fault };

  const cut =
    (await checkLooseSeals(ctx)) ??
    (options.sealLog === undefined ? undefined : await checkFile(ctx, options.sealLog, fileEnd));
  if (cut) return { ok: false, ...count, unsealed: 0, firstFault: cut };

  const loose = await checkUnlinked(ctx, chain.last);
  count.checked += loose.count;
  return { ok: !loose.fault, ...count, unsealed: loose.count, firstFault: loose.fault ?? null };
}

type Chain = { n: number; sealedTo: number; last: { xid: string; id: string }; fault?: Fault };

async function checkChain(ctx: VerifyCtx): Promise<Chain> {
  const db = ctx.pool as Db;
  const chain: Chain = { n: 0, sealedTo: 0, last: { xid: '0', id: nobody } };
  let prevHash: Buffer = chainStart;
  for (;;) {
    const bounds = [ctx.insurer, chain.n, chain.n + batch];
    const links = await query(db, listLinks, bounds);
    const ids = links.map((link) => link.audit_id);
    const rows = new Map((await query(db, listRowsById, [ctx.insurer, ids])).map((row) => [row.id, row]));
    const seals = new Map((await query(db, listSeals, bounds)).map((seal) => [seal.n, seal]));
    for (const link of links) {
      const row = rows.get(link.audit_id);
      const seal = seals.get(link.n);
      const fault = checkLink(ctx, { link, row, seal, n: chain.n + 1, prevHash });
      if (fault) return { ...chain, fault };
      prevHash = link.hash;
      chain.n = link.n;
      chain.last = { xid: link.xid, id: link.audit_id };
      if (seal) chain.sealedTo = link.n;
    }
    if (links.length === batch) continue;
    const [next] = await query(db, findNextLink, [ctx.insurer, chain.n]);
    if (next?.n === null || next === undefined) return chain;
    // Either links came while we read, and the walk goes on, or there is a gap wider than a batch.
    if (next.n > chain.n + 1) return { ...chain, fault: missingLink(chain.n + 1, next.n) };
  }
}

const missingLink = (n: number, next: number): Fault => ({
  kind: 'missing',
  id: `link:${n}`,
  message: `Link ${n} of the chain is missing; the next one there is ${next}.`,
});

type Checked = { link: Link; row: Row | undefined; seal: Seal | undefined; n: number; prevHash: Buffer };

function checkLink(ctx: VerifyCtx, { link, row, seal, n, prevHash }: Checked): Fault | undefined {
  if (link.n !== n) return missingLink(n, link.n);
  const id = link.audit_id;
  if (!row) return { kind: 'missing', id, message: `Row ${id} (link ${n}) is missing from the audit.` };
  if (row.xid !== link.xid || !isAuthentic(ctx, row))
    return { kind: 'altered', id, message: `Row ${id} (link ${n}) was altered.` };
  const fields = { insurer: ctx.insurer, n, auditId: id, xid: link.xid, rowHmac: row.hmac, prevHash };
  const authentic = known(ctx, link.key_id) && sameHash(linkHash(ctx.keyRing, link.key_id, fields), link.hash);
  if (!authentic || !sameHash(link.prev_hash, prevHash)) {
    const message = `Link ${n} of the chain was altered, or one before it was replaced.`;
    return { kind: 'altered', id: `link:${n}`, message };
  }
  if (!seal) return undefined;
  const sealed = { insurer: ctx.insurer, n, hash: seal.hash, at: seal.at };
  const ours = known(ctx, seal.key_id) && sameHash(sealHmac(ctx.keyRing, seal.key_id, sealed), seal.hmac);
  if (ours && sameHash(seal.hash, link.hash)) return undefined;
  return { kind: 'altered', id: `seal:${n}`, message: `The seal over link ${n} was altered.` };
}

async function checkLooseSeals(ctx: VerifyCtx): Promise<Fault | undefined> {
  const [seal] = await query(ctx.pool as Db, findLooseSeal, [ctx.insurer]);
  if (!seal) return undefined;
  return {
    kind: 'cut-off',
    id: `link:${seal.n}`,
    message: `A seal says that the chain reached link ${seal.n}, which is no longer there: its tail was cut off.`,
  };
}

async function checkFile(ctx: VerifyCtx, path: string, end: number): Promise<Fault | undefined> {
  for await (const seals of readSealLog(path, end, ctx.insurer)) {
    const found = await query(ctx.pool as Db, listHashes, [ctx.insurer, seals.map((seal) => seal.n)]);
    const hashes = new Map(found.map((row) => [row.n, row.hash]));
    for (const seal of seals) {
      const authentic =
        known(ctx, seal.keyId) &&
        sameHash(sealHmac(ctx.keyRing, seal.keyId, { ...seal, insurer: ctx.insurer }), seal.hmac);
      if (!authentic)
        return { kind: 'altered', id: `file:${seal.line}`, message: `Line ${seal.line} of the seal file was altered.` };
      const hash = hashes.get(seal.n);
      if (!hash)
        return {
          kind: 'cut-off',
          id: `link:${seal.n}`,
          message: `The seal file says that the chain reached link ${seal.n} at ${seal.at.toISOString()}, which is not there: its tail was cut off.`,
        };
      if (!sameHash(hash, seal.hash))
        return {
          kind: 'altered',
          id: `link:${seal.n}`,
          message: `Link ${seal.n} is not the one that was sealed at ${seal.at.toISOString()}: the chain was cut off and grew again.`,
        };
    }
  }
  return undefined;
}

async function checkUnlinked(ctx: VerifyCtx, last: Chain['last']): Promise<{ count: number; fault?: Fault }> {
  let at = { xid: '0', id: nobody };
  let count = 0;
  for (;;) {
    const rows = await query(ctx.pool as Db, listRows, [ctx.insurer, at.xid, at.id, batch]);
    const ids = rows.map((row) => row.id);
    const linked = new Set((await query(ctx.pool as Db, listLinked, [ctx.insurer, ids])).map((link) => link.audit_id));
    for (const row of rows) {
      const { id } = row;
      at = { xid: row.xid, id };
      if (linked.has(id)) continue;
      count += 1;
      const before = BigInt(row.xid) < BigInt(last.xid) || (row.xid === last.xid && id <= last.id);
      if (before)
        return {
          count,
          fault: {
            kind: 'inserted',
            id,
            message: `Row ${id} stands before the end of the chain without a link: it was put in later, or its link was taken out.`,
          },
        };
      if (!isAuthentic(ctx, row))
        return {
          count,
          fault: {
            kind: 'inserted',
            id,
            message: `Row ${id} was not written by this program, or was altered before it was chained.`,
          },
        };
    }
    if (rows.length < batch) return { count };
  }
}

function isAuthentic(ctx: VerifyCtx, row: Row): boolean {
  const fields: AuditFields = {
    insurer: row.insurer,
    id: row.id,
    at: row.at,
    machineAt: row.machine_at,
    actorAccount: row.actor_account,
    actorRole: row.actor_role,
    actorProvider: row.actor_provider,
    action: row.action,
    subject: row.subject,
    caseId: row.case_id,
    personId: row.person_id,
    details: row.details,
  };
  return known(ctx, row.key_id) && sameHash(rowHmac(ctx.keyRing, row.key_id, fields), row.hmac);
}

const known = (ctx: VerifyCtx, keyId: string): boolean => ctx.keyRing.ids.includes(keyId);
