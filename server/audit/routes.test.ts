import { afterAll, beforeAll, expect, test } from 'vitest';
import { actor, type Ground, openGround, type TestApp, testNow } from '#server/papers/ground.test-helper.ts';
import { inTransaction } from '#server/platform/db.ts';
import { recordAudit } from './record.ts';
import { auditRoutes } from './routes.ts';
import { sealPending } from './sealer.ts';

let ground: Ground;
let app: TestApp;
const auditor = actor('auditor');
const reviewer = actor('reviewer');

beforeAll(async () => {
  ground = await openGround();
  app = await ground.openApp(auditRoutes);
});
afterAll(async () => {
  await app.close();
  await ground.close();
});

const get = async (query: string) => {
  const answer = await app.inject({ url: `/api/audit?${query}`, headers: { 'x-actor': JSON.stringify(auditor) } });
  return { status: answer.statusCode, ...answer.json() };
};
const record = (action: string, more: { caseId?: string; personId?: string; now?: Date } = {}, who = reviewer) =>
  inTransaction(ground.ctx.pool, (db) =>
    recordAudit(db, ground.ctx, {
      actor: who,
      action,
      subject: 'case:x',
      details: { by: 'phone', hits: 2 },
      now: testNow,
      ...more,
    }),
  );

test('the auditor finds what was done by person, case, actor, day and action, alone and together, and the search is recorded', async () => {
  const member = await ground.addPerson();
  const caseId = await ground.addCase(member);
  const number = (await ground.db.query<{ number: string }>('select number from cases where id = $1', [caseId]))
    .rows[0]!.number;
  await record('case.read', { caseId, personId: member.personId });
  await record('paper.previewed', { caseId, personId: member.personId });
  await record('case.read', { now: new Date('2026-11-17T15:59:59Z') });
  await record('case.read', {}, member.actor);

  const found = async (query: string) =>
    (await get(query)).items.filter((item: { action: string }) => item.action !== 'audit.searched').length;
  expect(await found('')).toBe(4);
  expect(await found(`person=${member.personId}`)).toBe(2);
  expect(await found(`case=${number}`)).toBe(2);
  expect(await found('case=none')).toBe(0);
  expect(await found(`actor=${reviewer.accountId}`)).toBe(3);
  expect(await found('actor=system')).toBe(0);
  expect(await found('day=2026-11-17')).toBe(1);
  expect(await found('day=2026-11-18')).toBe(3);
  expect(await found('action=case.read')).toBe(3);
  expect(
    await found(
      `person=${member.personId}&case=${number}&actor=${reviewer.accountId}&day=2026-11-18&action=paper.previewed`,
    ),
  ).toBe(1);

  const [entry] = (await get(`case=${number}&action=paper.previewed`)).items;
  expect(entry).toMatchObject({
    actorRole: 'reviewer',
    action: 'paper.previewed',
    actionLabel: '预览材料',
    caseNumber: number,
    person: '林**',
    sealed: false,
    details: expect.arrayContaining([{ label: '方式', value: '电话' }]),
  });
  const searches = await ground.database.owner.query(
    `select count(*)::int as n from audit where action = 'audit.searched' and person_id = $1`,
    [member.personId],
  );
  expect(searches.rows[0].n).toBe(2);
});

test('pages follow each other without a gap, newest first, and what cannot be searched says how', async () => {
  for (let i = 0; i < 5; i++) await record('person.revealed', { now: new Date(testNow.getTime() + i * 1000) });
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const page: { items: { id: string; at: string }[]; next: string | null } = await get(
      `action=person.revealed&limit=2${next ? `&cursor=${next}` : ''}`,
    );
    seen.push(...page.items.map((item) => item.at));
    next = page.next;
  }
  expect(seen).toEqual([4, 3, 2, 1, 0].map((second) => `2026-11-18T10:00:0${second}+08:00`));
  expect(
    (await get('day=2026-02-30&actor=me&person=1&cursor=x')).errors.map((one: { pointer: string }) => one.pointer),
  ).toEqual(['/person', '/actor', '/day', '/cursor']);
  expect((await get('limit=101')).status).toBe(400);
});

test('verifying answers with the verdict and is itself recorded', async () => {
  const verify = async () =>
    (
      await app.inject({
        method: 'POST',
        url: '/api/audit/verify',
        headers: { 'x-actor': JSON.stringify(auditor) },
        payload: {},
      })
    ).json();
  const id = await record('case.read');
  for (let tries = 0; tries < 400 && (await sealPending(ground.ctx)) === 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 25));
  expect(await verify()).toMatchObject({ ok: true, firstFault: null });
  await ground.database.owner.query(`update audit set action = 'x' where id = $1`, [id]);
  expect(await verify()).toMatchObject({ ok: false, firstFault: { id } });
  const rows = await ground.database.owner.query(
    `select details->>'ok' as ok from audit where action = 'audit.verified' order by xid`,
  );
  expect(rows.rows.map((row) => row.ok)).toEqual(['true', 'false']);
});
