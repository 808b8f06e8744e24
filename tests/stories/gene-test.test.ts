import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { BARCODE, collect, fileTest, playToSignature, proposePickUp, report, sign, takeIn } from './gene-test.ts';
import { replay } from './replay.ts';
import { inboxOf, newMember, warningOf } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

type Evidence = { document: string; signature: string; authority: string; signedAt: string };
type Disclosure = { recipient: string; recipientName: string; caseId: string; what: string[] };

test('[2.4.1] from a call to the hotline to the explanation: assessed, signed, collected, tested, released, explained, closed', async () => {
  const { persona, ids } = await newMember(on, 'whole');
  const { id, state } = await fileTest(on, persona, ids);
  expect(state).toBe('reviewing');
  const player = await on.as('whole');
  const manager = await playToSignature(on, id, 'whole', ids);
  const waiting = await player.case(id);
  expect(waiting).toMatchObject({ state: 'awaiting-signature', turn: { who: 'member' }, use: { state: 'held' } });
  await sign(on, player, id, persona.phone);
  expect((await player.case(id)).state).toBe('arranging-pick-up');

  const proposed = await proposePickUp(manager, id, '2026-07-03T09:00:00+08:00');
  expect(proposed).toMatchObject({ state: 'pick-up-proposed', turn: { until: '2026-07-03T09:00:00+08:00' } });
  expect(warningOf(await player.case(id), 'confirmPickUp')).toBe('取样约定后取消，计为已使用 1 次。');
  // What she confirms she is told at once: first of all when and where.
  const now = (await player.case(id)).facts.filter((group) => group.first);
  expect(now.map(({ group, items }) => [group, items.slice(0, 2).map(({ value }) => value)])).toEqual([
    ['取样安排', ['2026年7月3日（周五）09:00', '示例路 1 号 2 单元 301']],
  ]);
  expect(await player.event(id, 'confirmPickUp')).toMatchObject({
    state: 'booked',
    turn: { until: '2026-07-03T09:00:00+08:00', appointment: true },
    use: { state: 'held' },
  });

  await on.advanceTo('2026-07-03T09:30:00+08:00');
  const provider = await collect(on, id, '2026-07-03T09:10:00+08:00');
  expect((await provider.case(id)).state).toBe('sample-on-the-way');
  await provider.event(id, 'handOverSample', {
    barcode: BARCODE,
    temperature: 4,
    to: '示例冷链',
    handedAt: '2026-07-03T09:25:00+08:00',
  });
  const laboratory = await takeIn(on, id);
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'delivered', remaining: 0 });
  expect((await provider.send('GET', `/cases/${id}`)).status).toBe(404);

  await on.advanceTo('2026-07-08T10:00:00+08:00');
  expect(await report(laboratory, id)).toMatchObject({ state: 'reported' });
  expect((await player.case(id)).papers.map(({ kind }) => kind)).not.toContain('gene-report');
  await manager.event(id, 'releaseReport');
  const released = await player.case(id);
  const paper = released.papers.find(({ kind }) => kind === 'gene-report')!.papers[0]!;
  expect((await inboxOf(on, player)).some(({ subject }) => subject.includes('报告可以看了'))).toBe(true);
  expect((await on.app.inject({ url: paper.originalUrl })).statusCode).toBe(401);

  // The doctor hears of it with her consent only, and each telling is a disclosure she can see [2.4.1.6].
  const doctor = { doctor: '示例医生乙', hospital: '示例市人民医院肿瘤科' };
  const { version } = await manager.case(id);
  const early = await manager.send('POST', `/cases/${id}/events`, {
    type: 'sendReportToDoctor',
    version,
    ...doctor,
    how: 'handed-over',
  });
  expect(early.status).toBe(422);
  // Under the text for the collector's company it is no consent to the doctor: it names no report [2.4.1.6].
  const elsewhere = { personId: ids.personId, caseId: id, recipient: 'attending-doctor', purpose: 'gene-test' };
  const wrong = await player.send('POST', '/consents', { ...elsewhere, textVersion: 1 });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'not-acceptable', pointer: '/recipient' } });
  await player.must('POST', '/consents', {
    personId: ids.personId,
    caseId: id,
    recipient: 'attending-doctor',
    purpose: 'gene-test-doctor',
    textVersion: 1,
  });
  await manager.event(id, 'sendReportToDoctor', { ...doctor, how: 'handed-over' });
  await manager.event(id, 'explainToDoctor', { ...doctor, way: 'telephone', note: '可用药物两种' });
  expect(await manager.event(id, 'explainToApplicant', { to: 'tested-person', way: 'telephone' })).toMatchObject({
    state: 'completed',
    final: true,
    use: { state: 'spent', cause: 'delivered' },
  });
  const told = (await player.must<{ items: Disclosure[] }>('GET', '/disclosures')).items.filter(
    ({ recipient }) => recipient === 'attending-doctor',
  );
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({ recipientName: '主治医生', caseId: id, what: expect.arrayContaining(['检测报告']) });
  expect((await replay(on.ctx, id)).refused).toEqual([]);
});

test('[2.4.1.3] what she signed verifies with openssl, says who signed and 演示证书, and shows its check on the case', async () => {
  const { persona, ids } = await newMember(on, 'signs');
  const { id } = await fileTest(on, persona, ids);
  await playToSignature(on, id, 'signs', ids);
  const player = await on.as('signs');
  const before = await player.must<Record<string, unknown>>('GET', `/cases/${id}/informed-consent`);
  expect(before).toMatchObject({ state: 'to-sign', onScreen: true, mine: true, signature: null, version: 1 });
  await sign(on, player, id, persona.phone);
  expect(await player.must('GET', `/cases/${id}/informed-consent`)).toMatchObject({
    state: 'signed',
    signature: { by: persona.name, signer: 'tested-person', check: 'intact', demonstration: true },
  });
  const evidence = await player.must<Evidence>('GET', `/cases/${id}/informed-consent/evidence`);
  const folder = mkdtempSync(join(tmpdir(), 'yilu-evidence-'));
  try {
    const file = (name: string) => join(folder, name);
    writeFileSync(file('document'), Buffer.from(evidence.document, 'base64'));
    writeFileSync(file('signature'), Buffer.from(evidence.signature, 'base64'));
    writeFileSync(file('authority'), evidence.authority);
    const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
    const shown = openssl(
      ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', file('signature'), '-content', file('document')],
      ...['-CAfile', file('authority'), '-purpose', 'any', '-signer', file('signer')],
      ...['-attime', String(Math.floor(Date.parse(evidence.signedAt) / 1000))],
    );
    expect(shown).toContain(persona.name);
    expect(shown).toContain('临床个体化医疗肿瘤基因检测知情同意书');
    const subject = openssl('x509', '-in', file('signer'), '-noout', '-subject', '-nameopt', 'utf8,sep_comma_plus');
    expect(subject).toContain(persona.name);
    expect(subject).toContain('演示证书');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
