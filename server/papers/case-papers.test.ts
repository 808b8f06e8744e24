import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { giveConsent, withdrawConsent } from '#server/consents/consents.ts';
import { listDisclosures } from '#server/consents/disclosures.ts';
import type { Actor } from '#server/platform/context.ts';
import { inTransaction } from '#server/platform/db.ts';
import { canOpenPaper, isThePerson } from './access.ts';
import { attachPaper, listCasePapers, setVerdict } from './case-papers.ts';
import { actor, form, type Ground, openGround, type TestApp, testNow } from './ground.test-helper.ts';
import { paperRoutes } from './routes.ts';

let ground: Ground;
let app: TestApp;
let member: { personId: string; policyId: string; actor: Actor };
const reviewer = actor('reviewer');
const provider = actor('provider', { provider: 'shangyong' });
const now = testNow;

beforeAll(async () => {
  ground = await openGround();
  app = await ground.openApp((scope) => paperRoutes(scope, { mayUsePerson: isThePerson, canOpenPaper }));
  member = await ground.addPerson();
});
afterAll(async () => {
  await app.close();
  await ground.close();
});

async function addPaper(who = member, kind = 'diagnosis'): Promise<string> {
  const [r, g, b] = crypto.getRandomValues(new Uint8Array(3)) as unknown as [number, number, number];
  const data = await sharp({ create: { width: 40, height: 40, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer();
  const { payload, headers } = form([
    ['personId', who.personId],
    ['kind', kind],
    ['file', { name: 'p.png', type: 'image/png', data }],
  ]);
  const answer = await app.inject({
    method: 'POST',
    url: '/api/papers',
    payload,
    headers: { ...headers, 'x-actor': JSON.stringify(who.actor) },
  });
  return answer.json().id as string;
}
const open = async (id: string, as: Actor) =>
  (await app.inject({ url: `/api/papers/${id}/preview`, headers: { 'x-actor': JSON.stringify(as) } })).statusCode;
const attach = (caseId: string, paperId: string, kind = 'diagnosis') =>
  inTransaction(ground.ctx.pool, (db) => attachPaper(db, ground.ctx, { caseId, kind, paperId, by: member.actor, now }));
const verdict = (caseId: string, paperId: string, set: 'accepted' | 'rejected', reason: string | null) =>
  inTransaction(ground.ctx.pool, (db) =>
    setVerdict(db, ground.ctx, { caseId, paperId, verdict: set, reason, by: reviewer, now }),
  );
const listed = async (caseId: string) =>
  (await listCasePapers(ground.db, ground.ctx, caseId)).map((one) => [one.paper.id, one.kind, one.verdict, one.reason]);

test('a rejected paper carries its reason; the next one of the kind replaces it, and the history keeps both', async () => {
  const caseId = await ground.addCase(member, {});
  const [first, second] = [await addPaper(), await addPaper()];
  await attach(caseId, first);
  await attach(caseId, first);
  await expect(verdict(caseId, first, 'rejected', ' ')).rejects.toMatchObject({ code: 'not-acceptable' });
  await verdict(caseId, first, 'rejected', '看不清印章');
  expect(await listed(caseId)).toEqual([[first, 'diagnosis', 'rejected', '看不清印章']]);
  await attach(caseId, second);
  await verdict(caseId, second, 'accepted', null);
  expect(await listed(caseId)).toEqual([
    [first, 'diagnosis', 'replaced', null],
    [second, 'diagnosis', 'accepted', null],
  ]);
  const history = await ground.database.owner.query(
    'select verdict, sealed from paper_verdicts where case_id = $1 and paper_id = $2 order by id',
    [caseId, first],
  );
  expect(history.rows.map((row) => row.verdict)).toEqual(['received', 'rejected', 'replaced']);
  expect(history.rows[1].sealed.includes('印章')).toBe(false);
});

test("only the person's own papers, of a kind that the case's plan knows, go into a case", async () => {
  const caseId = await ground.addCase(member);
  const stranger = await ground.addPerson('周远');
  await expect(attach(caseId, await addPaper(stranger))).rejects.toMatchObject({ code: 'not-found' });
  await expect(attach(caseId, caseId)).rejects.toMatchObject({ code: 'not-found' });
  await expect(attach(caseId, await addPaper(), 'horoscope')).rejects.toMatchObject({ code: 'not-acceptable' });
  await expect(verdict(caseId, await addPaper(), 'accepted', null)).rejects.toMatchObject({ code: 'not-found' });
  expect(await listed(caseId)).toEqual([]);
});

test('a paper serves in a later case too, with a verdict of its own there', async () => {
  const [one, two] = [await ground.addCase(member), await ground.addCase(member)];
  const paper = await addPaper();
  await attach(one, paper);
  await verdict(one, paper, 'accepted', null);
  await attach(two, paper);
  expect(await listed(two)).toEqual([[paper, 'diagnosis', 'received', null]]);
});

test('staff open the papers of the cases assigned to them, others do not find them', async () => {
  const caseId = await ground.addCase(member, { reviewer: reviewer.accountId! });
  const paper = await addPaper();
  expect(await open(paper, reviewer)).toBe(404);
  await attach(caseId, paper);
  expect(await open(paper, reviewer)).toBe(200);
  expect(await open(paper, actor('reviewer'))).toBe(404);
  expect(await open(paper, { ...reviewer, role: 'case-manager' })).toBe(404);
});

test('a provider opens a paper only of its own case and under a live consent; withdrawing it stops that at once, and the member sees what was opened', async () => {
  const caseId = await ground.addCase(member, { provider: 'shangyong' });
  const paper = await addPaper();
  await attach(caseId, paper);
  expect(await open(paper, provider)).toBe(404);
  const plan = ground.ctx.plans.find((one) => one.plan === 'zhenai21')!;
  const give = (recipient: string) =>
    inTransaction(ground.ctx.pool, (db) =>
      giveConsent(db, ground.ctx, {
        personId: member.personId,
        caseId,
        plan,
        recipient,
        purpose: 'outpatient-visit',
        textVersion: 1,
        by: member.actor,
        how: 'portal',
        now,
      }),
    );
  await give('huiyi');
  expect(await open(paper, provider)).toBe(404);
  const consent = await give('shangyong');
  expect(await open(paper, provider)).toBe(200);
  expect(await open(paper, provider)).toBe(200);
  expect(await open(paper, actor('provider', { provider: 'huiyi' }))).toBe(404);
  const shared = await listDisclosures(ground.db, ground.ctx, member.personId, 10);
  expect(shared).toMatchObject([
    { recipient: 'shangyong', groups: ['papers'], fields: ['papers.diagnosis'], consentId: consent.id, caseId },
  ]);
  const opened = await ground.database.owner.query(
    `select count(*)::int as n from audit where subject = $1 and action = 'paper.previewed'`,
    [`paper:${paper}`],
  );
  expect(opened.rows[0].n).toBe(2);

  await inTransaction(ground.ctx.pool, (db) =>
    withdrawConsent(db, ground.ctx, { consent, by: member.actor, how: 'portal', now, onWithdrawn: async () => {} }),
  );
  expect(await open(paper, provider)).toBe(404);
});
