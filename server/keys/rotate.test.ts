import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount, emailHashes } from '#server/accounts/accounts.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { findAccountByEmail } from '#server/accounts/queries.ts';
import { recordAudit } from '#server/audit/record.ts';
import { verifyAudit } from '#server/audit/verify.ts';
import { actor, type Ground, openGround, testNow } from '#server/papers/ground.test-helper.ts';
import { findPerson, findPersonsByHash } from '#server/persons/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type KeyRing, makeKeyRing } from '#server/platform/keys.ts';
import { bindOpenid, findBindingByOpenid } from '#server/wechat/bindings.ts';
import { rotateKeys } from './rotate.ts';

const keys = new Map([
  ['k1', Buffer.alloc(32, 1)],
  ['k2', Buffer.alloc(32, 2)],
]);
let ground: Ground;
const under = (keyRing: KeyRing): Ctx => ({ ...ground.ctx, keyRing });
const [old, both, fresh] = [
  makeKeyRing('k1', new Map([['k1', keys.get('k1')!]])),
  makeKeyRing('k2', keys),
  makeKeyRing('k2', new Map([['k2', keys.get('k2')!]])),
];

beforeAll(async () => {
  ground = await openGround({ keyRing: old });
});
afterAll(() => ground.close());

test('after a rotation everything opens and is found with the new key alone, and a second one finds nothing to do', async () => {
  const member = await ground.addPerson('林小满');
  const person = (await findPerson(ground.db, ground.ctx, member.personId))!;
  const staff = await createAccount(
    ground.db,
    under(old),
    { kind: 'staff', name: '审核员', email: 'r@example.com', password: 'correct horse battery', roles: ['reviewer'] },
    testNow,
  );
  const account = await createAccount(
    ground.db,
    under(old),
    { kind: 'member', personId: member.personId, phone: person.phone, roles: ['member'] },
    testNow,
  );

  const bound = { id: account, personId: member.personId };
  await bindOpenid(ground.db, under(old), actor('member'), bound, 'openid-1', testNow);
  expect((await findBindingByOpenid(ground.db, under(fresh), 'openid-1'))?.accountId).toBeUndefined();

  const found = async (ring: KeyRing) => ({
    person: await findPersonsByHash(ground.db, under(ring), 'id', person.idNumber),
    staff: (await findAccountByEmail(ground.db, 'test', emailHashes(under(ring), 'r@example.com')))?.id,
  });
  // While both keys are in the ring, rows under either are found and opened.
  expect(await found(both)).toEqual({ person: [member.personId], staff });
  expect(await found(fresh)).toEqual({ person: [], staff: undefined });

  expect(await rotateKeys(under(both))).toEqual({ dataKeys: 1, persons: 1, accounts: 3, sealed: 1 });
  expect(await found(fresh)).toEqual({ person: [member.personId], staff });
  expect((await findPerson(ground.db, under(fresh), member.personId))?.name).toBe('林小满');
  expect((await findBindingByOpenid(ground.db, under(fresh), 'openid-1'))?.accountId).toBe(account);
  expect([...(await nameAccounts(ground.db, under(fresh), [staff, account])).values()].sort()).toEqual([
    '审核员',
    '林**',
  ]);
  expect(await rotateKeys(under(both))).toEqual({ dataKeys: 0, persons: 0, accounts: 0, sealed: 0 });
});

test('what was audited under the old key still verifies with both, and the rotation is in the audit', async () => {
  await recordAudit(ground.db, under(old), {
    actor: actor('reviewer'),
    action: 'case.read',
    subject: 'case:1',
    now: testNow,
  });
  expect(await verifyAudit(under(both))).toMatchObject({ ok: true });
  const rows = await ground.database.owner.query(
    `select details from audit where action = 'keys.rotated' order by xid`,
  );
  expect(rows.rows[0].details).toEqual({ dataKeys: 1, persons: 1, accounts: 3, sealed: 1 });
});

test('no column of the migrated database holds a value of the old key that rotation does not know of', async () => {
  const columns = await ground.database.owner.query<{ t: string; c: string }>(
    `select table_name as t, column_name as c from information_schema.columns where table_schema = 'yilu' and data_type = 'bytea'
      and table_name not in ('audit', 'audit_links', 'audit_seals')`,
  );
  const left: string[] = [];
  for (const { t, c } of columns.rows) {
    const found = await ground.database.owner.query(
      `select 1 from ${t} where ${c} is not null and length(${c}) > 4 and get_byte(${c}, 0) = 1 and substr(${c}, 3, get_byte(${c}, 1)) = 'k1'::bytea limit 1`,
    );
    if (found.rowCount) left.push(`${t}.${c}`);
  }
  expect(left).toEqual([]);
});
