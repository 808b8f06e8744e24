import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, queryOne, sql } from '#server/platform/db.ts';
import { chainStart, linkHash, type SealFields, sealHmac } from './hashes.ts';

type SealerCtx = Pick<Ctx, 'insurer' | 'pool' | 'keyRing'> & {
  readonly config: { readonly sealLog?: string | undefined };
};
type Tail = { n: number; xid: string; audit_id: string; hash: Buffer };

// One sealer an insurer at a time, in whichever worker: the lock first, what it protects in later statements.
const lockChain = sql<{ pg_advisory_xact_lock: unknown }>(
  'audit.lockChain',
  `select pg_advisory_xact_lock(hashtextextended('yilu audit ' || $1, 0))`,
);
const readTail = sql<Tail>(
  'audit.readTail',
  'select n, xid::text as xid, audit_id, hash from audit_links where insurer = $1 order by n desc limit 1',
);
// A transaction below the snapshot's xmin has ended, and none that begins later gets a number below it: the order
// (transaction, id) of what is chained here can never be broken by a row that appears afterwards.
const listUnchained = sql<{ id: string; xid: string; hmac: Buffer }>(
  'audit.listUnchained',
  // `a.xid` in the order: the bare name would be the output column, which is text and puts 10000 before 9999.
  `select a.id, a.xid::text as xid, a.hmac from audit a
    where a.insurer = $1 and (a.xid, a.id) > ($2::text::xid8, $3::uuid) and a.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by a.xid, a.id limit $4`,
);
const insertLinks = sql<never>(
  'audit.insertLinks',
  `insert into audit_links (insurer, n, audit_id, xid, key_id, prev_hash, hash)
   select $1, n, audit_id, xid::xid8, $2, prev_hash, hash
     from unnest($3::bigint[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[]) as t (n, audit_id, xid, prev_hash, hash)`,
);
const insertSeal = sql<never>(
  'audit.insertSeal',
  'insert into audit_seals (insurer, n, hash, at, key_id, hmac) values ($1, $2, $3, $4, $5, $6)',
);

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Chains the rows that no older transaction can precede any more, seals the end of the chain and appends the seal to
 * `config.sealLog`; does nothing when nothing is there. The worker calls it each second for every insurer.
 * @param batch how many rows at most; the next call takes the rest
 * @returns how many rows were chained
 */
export async function sealPending(ctx: SealerCtx, batch = 5000): Promise<number> {
  const sealed = await inTransaction(ctx.pool, async (db) => {
    await query(db, lockChain, [ctx.insurer]);
    const tail = await queryOne(db, readTail, [ctx.insurer]);
    const rows = await query(db, listUnchained, [ctx.insurer, tail?.xid ?? '0', tail?.audit_id ?? nobody, batch]);
    if (rows.length === 0) return undefined;
    return { rows: rows.length, ...(await chain(db, ctx, tail, rows)) };
  });
  if (!sealed) return 0;
  // After the commit: a seal in the file that the database never had would look like a cut-off tail. A seal lost to a
  // crash in between is covered by the next one.
  if (ctx.config.sealLog !== undefined) await appendSeal(ctx.config.sealLog, sealed.line);
  return sealed.rows;
}

async function chain(
  db: Db,
  ctx: SealerCtx,
  tail: Tail | undefined,
  rows: { id: string; xid: string; hmac: Buffer }[],
): Promise<{ line: string }> {
  const keyId = ctx.keyRing.current;
  let prevHash: Buffer = tail?.hash ?? chainStart;
  let n = tail?.n ?? 0;
  const links = rows.map((row) => {
    n += 1;
    const hash = linkHash(ctx.keyRing, keyId, {
      insurer: ctx.insurer,
      n,
      auditId: row.id,
      xid: row.xid,
      rowHmac: row.hmac,
      prevHash,
    });
    const link = { n, auditId: row.id, xid: row.xid, prevHash, hash };
    prevHash = hash;
    return link;
  });
  await query(db, insertLinks, [
    ctx.insurer,
    keyId,
    links.map((link) => link.n),
    links.map((link) => link.auditId),
    links.map((link) => link.xid),
    links.map((link) => link.prevHash),
    links.map((link) => link.hash),
  ]);
  const seal: SealFields = { insurer: ctx.insurer, n, hash: prevHash, at: machineNow() };
  const hmac = sealHmac(ctx.keyRing, keyId, seal);
  await query(db, insertSeal, [seal.insurer, seal.n, seal.hash, seal.at, keyId, hmac]);
  return {
    line: JSON.stringify({
      insurer: seal.insurer,
      n,
      hash: seal.hash.toString('hex'),
      at: seal.at,
      key: keyId,
      hmac: hmac.toString('hex'),
    }),
  };
}

async function appendSeal(path: string, line: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const end = size === 0 ? '\n' : (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString();
    // A line that a stopped machine left unfinished must not swallow this one.
    await file.appendFile(end === '\n' ? `${line}\n` : `\n${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
