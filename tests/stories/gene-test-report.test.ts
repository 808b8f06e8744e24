/** Who reads a report, who signs and how, on screen and on paper. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import { type Player, passCheck } from '#server/sandbox/player.ts';
import { WORKERS } from '#server/sandbox/workers.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import {
  agreeToLaboratory,
  assess,
  collect,
  fileTest,
  type Person,
  playToPickUp,
  playToSignature,
  report,
  sign,
  takeIn,
} from './gene-test.ts';
import { accept } from './outpatient.ts';
import { allowedTypes, codeOf, newMember, openMinorFor, someone, tryEvent } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

async function toRelease(
  person: Person,
  at: string,
  reportAt: string,
): Promise<{ id: string; player: Player; manager: Player; paper: string }> {
  const played = await playToPickUp(on, person, at);
  await on.advanceTo(at.replace(':00:00+', ':30:00+'));
  await collect(on, played.id, at);
  await on.advanceTo(reportAt);
  await report(await takeIn(on, played.id), played.id);
  const view = await played.manager.case(played.id);
  return { ...played, paper: view.papers.find(({ kind }) => kind === 'gene-report')!.papers[0]!.id };
}

test('[2.4.1.6] role by report: the patient, whom she allows and her case manager read it, and nobody else does, before and after the release', async () => {
  const husband = someone('reader-husband', { sex: 'M' });
  const wife = someone('reader-wife', { holder: 'reader-husband' });
  const found = await on.people([husband, wife]);
  const { id, player, manager, paper } = await toRelease(
    { persona: wife, ids: found.get('reader-wife')! },
    '2026-07-02T09:00:00+08:00',
    '2026-07-09T10:00:00+08:00',
  );
  const his = await on.as('reader-husband');
  const opens = async (reader: Player): Promise<string> => {
    const statuses = [];
    for (const kind of ['preview', 'original']) {
      const answer = await reader.raw(`/papers/${paper}/${kind}`);
      statuses.push(answer);
    }
    const seen = await reader.send('GET', `/cases/${id}`);
    const listed = seen.status === 200 && JSON.stringify(seen.body).includes(paper);
    return `${statuses.join(' ')}${listed ? ' listed' : ''}`;
  };
  const others = WORKERS.filter(({ key }) => key !== 'manager').map(({ key }) => key);
  const desk = await on.as('desk');
  await passCheck(desk, wife, found.get('reader-wife')!.personId);
  expect((await desk.send('GET', `/cases/${id}`)).status).toBe(200);
  const table = async () => {
    const rows: Record<string, string> = {};
    for (const key of others) rows[key] = await opens(key === 'desk' ? desk : await on.as(key));
    return rows;
  };
  const closed = Object.fromEntries(others.map((key) => [key, expect.stringMatching(/^40[34] 40[34]$/)]));
  expect(await opens(manager)).toBe('200 200 listed');
  expect([await opens(player), await opens(his)]).toEqual(['404 404', '404 404']);
  expect(await table()).toEqual(closed);

  await manager.event(id, 'releaseReport');
  expect([await opens(player), await opens(manager), await opens(his)]).toEqual([
    '200 200 listed',
    '200 200 listed',
    '404 404',
  ]);
  expect(await table()).toEqual(closed);
  await manager.event(id, 'explainToApplicant', {
    to: 'tested-person',
    way: 'telephone',
    note: '解读：有一种可用药物',
  });
  for (const key of ['reviewer', 'supervisor', 'operations'])
    expect(JSON.stringify(await (await on.as(key)).case(id)), key).not.toContain('有一种可用药物');
  expect(JSON.stringify(await player.case(id))).toContain('有一种可用药物');

  // In another matter he is nobody; in this one he reads what she reads, until she takes it back.
  const to = { toPhone: husband.phone, toName: husband.name, until: '2026-12-31' };
  await player.must('POST', '/delegations', { ...to, matter: 'outpatient-access' });
  expect(await opens(his)).toBe('404 404');
  const given = await player.must<{ id: string }>('POST', '/delegations', { ...to, matter: 'gene-test' });
  expect(await opens(his)).toBe('200 200 listed');
  await player.must('DELETE', `/delegations/${given.id}`);
  expect(await opens(his)).toBe('404 404');
  expect(
    (
      await player.must<{ items: { kind: string }[] }>('GET', `/papers?personId=${found.get('reader-wife')!.personId}`)
    ).items.map(({ kind }) => kind),
  ).not.toContain('gene-report');
});

test('[2.4.1.6] a case manager who hands the case over reads the report no longer; her colleague does', async () => {
  const { id, manager, paper } = await toRelease(
    await newMember(on, 'handed-on'),
    '2026-07-10T09:00:00+08:00',
    '2026-07-13T10:00:00+08:00',
  );
  const second = await on.as('manager2');
  expect(await second.raw(`/papers/${paper}/original`)).toBe(404);
  const { items } = await manager.must<{ items: { id: string; name: string }[] }>('GET', '/staff?role=case-manager');
  await manager.event(id, 'reassign', { to: items.find(({ name }) => name.includes('云帆'))!.id, reason: '休假' });
  expect([await manager.raw(`/papers/${paper}/original`), await second.raw(`/papers/${paper}/original`)]).toEqual([
    404, 200,
  ]);
});

test('[2.4.1.3] a wrong code is counted and signs nothing; the fifth makes it void; another version is not signed unread', async () => {
  const { persona, ids } = await newMember(on, 'codes');
  const { id } = await fileTest(on, persona, ids);
  await playToSignature(on, id, 'codes', ids);
  const player = await on.as('codes');
  const path = `/cases/${id}/informed-consent/signature`;
  await player.must('POST', `/cases/${id}/informed-consent/code`);
  const tries = [];
  for (let i = 0; i < 5; i++) tries.push(await player.send('POST', path, { code: '000000', version: 1 }));
  expect(new Set(tries.map(codeOf))).toEqual(new Set(['422 wrong-credentials']));
  expect(JSON.stringify(tries.at(-1)!.body)).toContain('已失效');
  expect(codeOf(await player.send('POST', path, { code: '12ab', version: 1 }))).toBe('400 invalid-request');
  expect(codeOf(await player.send('POST', path, { code: '123456', version: 2 }))).toBe('409 stale');
  expect((await player.case(id)).state).toBe('awaiting-signature');
  await sign(on, player, id, persona.phone);
  expect(codeOf(await player.send('POST', path, { code: '123456', version: 1 }))).toBe('409 not-possible-now');
  // Nobody but the system says that it was signed.
  expect(codeOf(await tryEvent(player, id, 'consentSigned', { by: 'tested-person' }))).toBe('409 not-possible-now');
});

test('[2.4.1.3] what was signed cannot be changed unseen: a document altered by whoever owns database and keys shows as altered', async () => {
  const { persona, ids } = await newMember(on, 'tampered');
  const { id } = await fileTest(on, persona, ids);
  await playToSignature(on, id, 'tampered', ids);
  const player = await on.as('tampered');
  await sign(on, player, id, persona.phone);
  type Row = { id: string; sealed: Buffer };
  const { rows } = await on.database.owner.query<Row>('select id, sealed from yilu.signatures where case_id = $1', [
    id,
  ]);
  const row = rows[0]!;
  const key = await getPersonKey(on.ctx.pool, on.ctx, ids.personId);
  const kept = openWith<{ document: string }>(key, on.ctx, 'signatures', row.id, row.sealed);
  const text = Buffer.from(kept.document, 'base64').toString('utf8').replace('不用于科研', '可用于科研');
  const sealed = sealWith(key, on.ctx, 'signatures', row.id, {
    ...kept,
    document: Buffer.from(text).toString('base64'),
  });
  await expect(on.ctx.pool.query('update signatures set sealed = $1', [sealed])).rejects.toMatchObject({
    code: '42501',
  });
  await on.database.owner.query('update yilu.signatures set sealed = $1 where id = $2', [sealed, row.id]);
  expect(await player.must('GET', `/cases/${id}/informed-consent`)).toMatchObject({
    signature: { check: 'altered', checkLabel: '签名与内容不符：内容或签名被改动过' },
  });
  // Staff read the check, the name masked; the document itself with its number goes to her and to a supervisor.
  const manager = await on.as('manager');
  const seen = JSON.stringify(await manager.must('GET', `/cases/${id}/informed-consent`));
  expect([seen.includes('altered'), seen.includes(persona.name)]).toEqual([true, false]);
  expect((await manager.send('GET', `/cases/${id}/informed-consent/evidence`)).status).toBe(403);
  expect((await (await on.as('supervisor')).send('GET', `/cases/${id}/informed-consent/evidence`)).status).toBe(200);
});

test('[2.4.1.3] on paper: the scanned original recorded by one and confirmed by another member of staff; without an authority it is the only way', async () => {
  const { persona, ids } = await newMember(on, 'on-paper');
  const { id } = await fileTest(on, persona, ids);
  const manager = await playToSignature(on, id, 'on-paper', ids);
  const player = await on.as('on-paper');
  const { signing } = on.ctx;
  Object.assign(on.ctx, { signing: null });
  try {
    expect(await player.must('GET', `/cases/${id}/informed-consent`)).toMatchObject({
      state: 'to-sign',
      onScreen: false,
    });
    const answer = await player.send('POST', `/cases/${id}/informed-consent/code`);
    expect(codeOf(answer)).toBe('409 not-possible-now');
    expect(JSON.stringify(answer.body)).toContain('纸质');
  } finally {
    Object.assign(on.ctx, { signing });
  }
  const papers = async () => (await manager.case(id)).papers.flatMap((need) => need.papers);
  const diagnosis = (await papers()).find(({ kind }) => kind === 'diagnosis')!;
  expect(codeOf(await tryEvent(manager, id, 'recordPaperConsent', { paper: diagnosis.id }))).toBe('422 not-acceptable');
  await manager.attach(id, 'informed-consent', on.picture);
  const scan = (await papers()).find(({ kind }) => kind === 'informed-consent')!;
  await manager.event(id, 'recordPaperConsent', { paper: scan.id });
  expect(allowedTypes(await manager.case(id))).not.toContain('confirmPaperConsent');
  expect(codeOf(await tryEvent(manager, id, 'confirmPaperConsent'))).toBe('409 not-possible-now');
  const supervisor = await on.as('supervisor');
  expect((await supervisor.event(id, 'rejectPaperConsent', { reason: '签名看不清' })).state).toBe('awaiting-signature');
  await manager.event(id, 'recordPaperConsent', { paper: scan.id });
  expect((await supervisor.event(id, 'confirmPaperConsent')).state).toBe('arranging-pick-up');
  expect(await player.must('GET', `/cases/${id}/informed-consent`)).toMatchObject({
    state: 'on-paper',
    signature: null,
  });
});

test("[2.6.5.1.2] a minor's guardian calls, follows and signs; the signature says so", async () => {
  const mother = someone('gene-mother');
  const child = someone('gene-child', { bornOn: '2015-05-05', holder: 'gene-mother', noAccount: true });
  const found = await on.people([mother, child]);
  const [ids, hers] = [found.get('gene-child')!, found.get('gene-mother')!];
  const desk = await on.as('desk');
  await passCheck(desk, mother, hers.personId);
  await passCheck(desk, child, ids.personId);
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await desk.upload(ids.personId, kind, on.picture) });
  const { id } = await fileTest(on, child, ids, { applicant: { relation: 'guardian', proofs } });
  await openMinorFor(on, ['reviewer', 'manager'], { personId: ids.personId, caseId: id });
  const player = await on.as('gene-mother');
  await accept(on, id);
  expect((await player.case(id)).state).toBe('assessing');
  const manager = await on.as('manager');
  await assess(manager, id);
  await agreeToLaboratory(player, id, ids);
  await manager.event(id, 'explain', {});
  await sign(on, player, id, mother.phone);
  expect(await player.must('GET', `/cases/${id}/informed-consent`)).toMatchObject({
    signature: { by: mother.name, signer: 'guardian', check: 'intact' },
  });
});
