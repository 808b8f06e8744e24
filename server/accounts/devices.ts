import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { hashToken } from './cookies.ts';

const find = sql<{ known: boolean }>(
  'devices.find',
  `select true as known from known_devices where insurer = $1 and account_id = $2 and device_hash = $3`,
);
const upsert = sql<never>(
  'devices.upsert',
  `insert into known_devices (insurer, account_id, device_hash, first_seen_at, last_seen_at) values ($1, $2, $3, $4, $4)
   on conflict (insurer, account_id, device_hash) do update set last_seen_at = $4`,
);
const forget = sql<never>('devices.forget', `delete from known_devices where insurer = $1 and account_id = $2`);

/** Has this device passed the identity step of this account? */
export async function isKnownDevice(db: Db, ctx: Ctx, accountId: string, token: string): Promise<boolean> {
  return (await queryOne(db, find, [ctx.insurer, accountId, hashToken(token)])) !== undefined;
}
export async function rememberDevice(db: Db, ctx: Ctx, accountId: string, token: string, machine: Date): Promise<void> {
  await query(db, upsert, [ctx.insurer, accountId, hashToken(token), machine]);
}
/** After the number changed every device proves itself again. */
export async function forgetDevices(db: Db, ctx: Ctx, accountId: string): Promise<void> {
  await query(db, forget, [ctx.insurer, accountId]);
}
