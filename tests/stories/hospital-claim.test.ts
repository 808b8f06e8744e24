/** Online claims through HTTP [2.7.1, 2.7.3]: papers and account, one list of what is missing, handed over, answered. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { ask } from './hospital.ts';
import { replay } from './replay.ts';
import { handIn, inboxOf, newMember, policyBecomes, tryEvent } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-11-18T10:00:00+08:00' });
});
afterAll(() => on.close());

const ACCOUNT = '6222020000001234567';
const CLAIM = {
  what: 'outpatient',
  visitedOn: '2026-11-10',
  amount: 32_650,
  holder: '示例收款人',
  bank: '示例银行厦门分行',
  account: ACCOUNT,
};
const pointers = ({ body }: { body: unknown }) =>
  (body as { problems?: { pointer: string }[] }).problems?.map(({ pointer }) => pointer);

async function submitted(key: string) {
  const { persona, ids } = await newMember(on, key);
  const { player, id } = await ask(on, key, ids, 'claim');
  await player.event(id, 'fillClaim', CLAIM);
  for (const kind of ['invoice', 'visit-record']) await handIn(on, player, id, ids.personId, kind);
  await player.event(id, 'submitClaim');
  return { persona, ids, player, id, manager: await on.as('manager') };
}

test('[2.7.3] a claim from invoice to answer: the account is shown masked, the hospital sees nothing of it', async () => {
  const { ids } = await newMember(on, 'claims');
  const { player, id } = await ask(on, 'claims', ids, 'claim');
  const begun = await player.case(id);
  expect(begun).toMatchObject({ state: 'claim-collecting', turn: { who: 'member' }, use: { state: 'none' } });
  expect(begun.papers.filter(({ missing }) => missing).map(({ kind }) => kind)).toEqual(['invoice', 'visit-record']);
  expect(pointers(await tryEvent(player, id, 'submitClaim'))).toHaveLength(2);

  await player.event(id, 'fillClaim', CLAIM);
  for (const kind of ['invoice', 'visit-record']) await handIn(on, player, id, ids.personId, kind);
  const sent = await player.event(id, 'submitClaim');
  expect(sent).toMatchObject({ state: 'claim-checking', turn: { who: 'case-manager' } });
  const claim = sent.facts.find(({ group }) => group === '理赔信息')!;
  expect(claim.items).toContainEqual({ label: '银行账号', value: '**** 4567' });
  expect(claim.items).toContainEqual({ label: '发票合计', value: expect.stringContaining('326.50') });

  const manager = await on.as('manager');
  const seen = await manager.case(id);
  expect(JSON.stringify(seen)).not.toContain(ACCOUNT);
  expect(JSON.stringify(sent)).not.toContain(ACCOUNT);
  expect((await (await on.as('hospital-staff')).send('GET', `/cases/${id}`)).status).toBe(404);
  await manager.event(id, 'acceptClaim');

  // The file for the claims system has what it pays by, and taking it is on record.
  const file = await manager.must<Record<string, unknown>>('GET', `/cases/${id}/claim`);
  expect(file).toMatchObject({ number: seen.number, amount: 32_650, account: ACCOUNT, person: { name: '示例claims' } });
  expect((file.papers as unknown[]).length).toBe(2);
  const { rows } = await on.database.owner.query(
    `select 1 from yilu.audit where case_id = $1 and action = 'claim.taken'`,
    [id],
  );
  expect(rows).toHaveLength(1);
  expect((await player.send('GET', `/cases/${id}/claim`)).status).toBe(403);

  await manager.event(id, 'handOverClaim', { reference: 'LP-2026-0001' });
  expect((await inboxOf(on, player))[0]?.subject).toBe('理赔已递交');
  expect(pointers(await tryEvent(manager, id, 'recordAnswer', { outcome: 'paid', reason: '按条款赔付' }))).toEqual([
    '/amount',
  ]);
  await manager.event(id, 'recordAnswer', { outcome: 'paid', amount: 20_000, reason: '按条款赔付，免赔额已扣' });
  const answered = await player.case(id);
  expect(answered).toMatchObject({ state: 'answered', use: { state: 'none' } });
  expect(answered.facts.find(({ first }) => first)).toMatchObject({
    group: '理赔答复',
    items: [{ value: '赔付' }, { value: expect.stringContaining('200.00') }, { value: '按条款赔付，免赔额已扣' }],
  });
  expect(await player.event(id, 'rate', { stars: 4 })).toMatchObject({ state: 'completed' });
  const told = await replay(on.ctx, id);
  expect([told.refused, told.context]).toEqual([[], told.stored.context]);
});

test('what is missing is asked for in one list: by the house, and by the claims system', async () => {
  const { ids, player, id, manager } = await submitted('more');
  const invoice = (await manager.case(id)).papers.find(({ kind }) => kind === 'invoice')!.papers[0]!;
  await manager.event(id, 'judgePaper', { paper: invoice.id, verdict: 'rejected', reason: '拍糊了' });
  expect(pointers(await tryEvent(manager, id, 'acceptClaim'))).toEqual(['']);
  await manager.event(id, 'askClaimPapers', { kinds: ['invoice', 'diagnosis'], note: '请重拍发票，并附诊断证明' });
  const asked = await player.case(id);
  expect(asked.state).toBe('claim-collecting');
  expect(asked.papers.filter(({ missing }) => missing).map(({ kind }) => kind)).toEqual(['invoice', 'diagnosis']);
  expect((await inboxOf(on, player))[0]?.body).toContain('请重拍发票，并附诊断证明');
  const sharper = await sharp(on.picture).negate().png().toBuffer();
  for (const kind of ['invoice', 'diagnosis']) await handIn(on, player, id, ids.personId, kind, sharper);
  await player.event(id, 'submitClaim');
  await manager.event(id, 'acceptClaim');
  await manager.event(id, 'handOverClaim', { reference: 'LP-2026-0002' });
  await manager.event(id, 'recordAnswer', { outcome: 'more', reason: '请补检查报告' });
  const again = await player.case(id);
  expect(again.state).toBe('claim-collecting');
  expect(again.facts.filter(({ first }) => first).map(({ items }) => items.at(-1)?.value)).toContain('请补检查报告');
  // What she corrects replaces what she wrote, and the claim goes the same way again.
  await player.event(id, 'fillClaim', { ...CLAIM, amount: 40_000 });
  expect(await player.event(id, 'submitClaim')).toMatchObject({ state: 'claim-checking' });
});

test('[2.7.2.3, N.7] a policy that ends stops a claim that was not handed in, and none that was', async () => {
  const late = await submitted('ends-late');
  const { persona, ids } = await newMember(on, 'ends-early');
  const early = await ask(on, 'ends-early', ids, 'claim');
  const from = (await on.now()).toISOString();
  await policyBecomes(on, persona, 'suspended', from);
  await policyBecomes(on, late.persona, 'suspended', from);
  expect((await early.player.case(early.id)).state).toBe('closed-policy-ended');
  expect((await late.player.case(late.id)).state).toBe('claim-checking');
});

test('bad input is named at its field, and she may take the claim back until it is handed over', async () => {
  const { player, id, manager } = await submitted('bad-claim');
  await manager.event(id, 'askClaimPapers', { kinds: ['invoice'], note: '请核对' });
  const wrong = { ...CLAIM, visitedOn: '2027-01-01', amount: 0, account: '12' };
  expect(pointers(await tryEvent(player, id, 'fillClaim', wrong))).toEqual(['/visitedOn', '/amount', '/account']);
  expect(pointers(await tryEvent(player, id, 'fillClaim', { ...CLAIM, amount: '很多', pin: '1' }))).toEqual(
    expect.arrayContaining(['/amount', '/pin']),
  );
  await player.event(id, 'submitClaim');
  await manager.event(id, 'acceptClaim');
  expect(await player.event(id, 'withdraw')).toMatchObject({ state: 'closed-withdrawn' });
});
