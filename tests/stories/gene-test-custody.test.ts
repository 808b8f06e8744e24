/** The sample from hand to hand, the laboratory's licence, its desk, and what is refused with its reason. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Player } from '#server/sandbox/player.ts';
import { samplePdf } from '#server/sandbox/sample-pdf.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import {
  assess,
  BARCODE,
  collect,
  fileTest,
  playToPickUp,
  proposePickUp,
  providerId,
  report,
  takeIn,
  uploadReport,
} from './gene-test.ts';
import { accept } from './outpatient.ts';
import { allowedTypes, clockOf, codeOf, importRows, inboxOf, newMember, tryEvent } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

type Problems = { problems?: { pointer: string; message: string }[] };
const refused = async (player: Player, id: string, type: string, payload: Record<string, unknown>) => {
  const { status, body } = await tryEvent(player, id, type, payload);
  return [status, ...((body as Problems).problems ?? []).map(({ pointer }) => pointer)];
};
/** Providers as the operators' list has them, one row of it changed. */
const providers = (laboratory: readonly string[]) =>
  importRows(on, 'providers', [
    ['服务商代码', '服务商名称', '类别', '许可有效期至'],
    ['shangyong', '上海商涌科技有限公司', '健康服务', ''],
    ['huiyi', '惠医（天津）健康科技有限公司', '药事服务', '2028-12-31'],
    ['hongai', '厦门弘爱医院', '医院', '2028-12-31'],
    laboratory,
  ]);

test('[2.4.1.4] lost by the courier: nothing is spent, everybody is told, and another sample is collected in the same case', async () => {
  const { id, player, manager } = await playToPickUp(on, await newMember(on, 'lost'), '2026-07-02T09:00:00+08:00');
  await on.advanceTo('2026-07-02T09:30:00+08:00');
  const provider = await collect(on, id, '2026-07-02T09:05:00+08:00');
  await provider.event(id, 'reportSampleLost', { what: '冷链箱在途中丢失' });
  const lost = await player.case(id);
  expect(lost).toMatchObject({ state: 'sampling-again', turn: { who: 'case-manager' }, use: { state: 'held' } });
  expect(clockOf(await manager.case(id), 'pick-up').state).toMatch(/running|soon/);
  const laboratory = await on.as('laboratory');
  for (const reader of [player, manager, laboratory, await on.as('supervisor')])
    expect((await inboxOf(on, reader)).filter(({ caseId }) => caseId === id).length).toBeGreaterThan(0);
  expect((await inboxOf(on, player)).some(({ body }) => body.includes('不计使用'))).toBe(true);
  // The first sample's barcode is over with it: the next one has its own.
  await proposePickUp(manager, id, '2026-07-02T15:00:00+08:00');
  await player.event(id, 'confirmPickUp');
  await on.advanceTo('2026-07-02T15:30:00+08:00');
  await collect(on, id, '2026-07-02T15:05:00+08:00', 'YILU-0002');
  expect(await refused(laboratory, id, 'receiveSample', { barcode: BARCODE, temperature: 5, fit: 'yes' })).toEqual([
    422,
    '/barcode',
  ]);
  await takeIn(on, id, 'YILU-0002');
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'delivered' });
});

test('[2.4.1.4] an unfit sample is collected again; whoever would rather stop then pays nothing for it', async () => {
  const { id, player } = await playToPickUp(on, await newMember(on, 'unfit'), '2026-07-03T09:00:00+08:00');
  await on.advanceTo('2026-07-03T09:30:00+08:00');
  await collect(on, id, '2026-07-03T09:05:00+08:00');
  const laboratory = await on.as('laboratory');
  expect(await refused(laboratory, id, 'receiveSample', { barcode: BARCODE, temperature: 21, fit: 'no' })).toEqual([
    422,
    '/why',
  ]);
  expect(
    await laboratory.event(id, 'receiveSample', { barcode: BARCODE, temperature: 21, fit: 'no', why: '温度超出范围' }),
  ).toMatchObject({ state: 'sampling-again' });
  const waiting = await player.case(id);
  expect(waiting.use.state).toBe('held');
  expect(waiting.facts.filter(({ first }) => first)).toEqual([
    { group: '为什么要重新取样', first: true, items: [{ label: '不合格的原因', value: '温度超出范围' }] },
  ]);
  // A note of the house is no reason.
  await (await on.as('manager')).event(id, 'addNote', { note: '已致电' });
  expect((await player.case(id)).facts.filter(({ first }) => first)).toHaveLength(1);
  expect(await player.event(id, 'withdraw')).toMatchObject({
    state: 'closed-not-sampled',
    use: { state: 'released', cause: 'sample-lost', remaining: 1 },
  });
});

test("[2.4.1.5] the laboratory's licence ends between pick-up and report: the report is refused with the reason, nothing is lost, and it goes on once the list is renewed", async () => {
  const { id, player } = await playToPickUp(on, await newMember(on, 'licence'), '2026-07-06T09:00:00+08:00');
  await on.advanceTo('2026-07-06T09:30:00+08:00');
  await collect(on, id, '2026-07-06T09:05:00+08:00');
  const laboratory = await takeIn(on, id);
  await providers(['sample-lab', '示例医学检验实验室', '检测机构', '2026-07-06']);
  await uploadReport(laboratory, id);
  const payload = { barcode: BARCODE, number: 'R-1', issuedOn: '2026-07-06' };
  await on.advanceTo('2026-07-07T09:00:00+08:00');
  const answer = await tryEvent(laboratory, id, 'report', payload);
  expect(codeOf(answer)).toBe('422 not-acceptable');
  expect(JSON.stringify(answer.body)).toContain('许可');
  expect(await laboratory.case(id)).toMatchObject({ state: 'testing' });
  // Nor is it chosen for another test, and no pick-up is arranged for it.
  const other = await newMember(on, 'unlicensed');
  const next = await fileTest(on, other.persona, other.ids);
  await accept(on, next.id);
  const manager = await on.as('manager');
  await expect(assess(manager, next.id)).rejects.toThrow('laboratory');
  await providers(['sample-lab', '示例医学检验实验室', '检测机构', '2028-12-31']);
  expect(await laboratory.event(id, 'report', payload)).toMatchObject({ state: 'reported' });
  expect((await player.case(id)).state).toBe('reported');
});

test('[2.4.1.5] bad input is refused with the field and loses nothing: another barcode, no report, an empty file, events out of order', async () => {
  const { id, manager, player } = await playToPickUp(on, await newMember(on, 'bad'), '2026-07-08T09:00:00+08:00');
  const [provider, laboratory] = [await on.as('provider'), await on.as('laboratory')];
  expect(
    codeOf(await tryEvent(laboratory, id, 'receiveSample', { barcode: BARCODE, temperature: 4, fit: 'yes' })),
  ).toBe('409 not-possible-now');
  const early = { barcode: BARCODE, temperature: 4, collector: '示例取样员', collectedAt: '2026-07-07T08:05:00+08:00' };
  expect(await refused(provider, id, 'collectSample', early)).toEqual([422, '/collectedAt']);
  await on.advanceTo('2026-07-08T09:30:00+08:00');
  const bad = { ...early, collectedAt: '2026-07-08T09:05:00+08:00' };
  expect(await refused(provider, id, 'collectSample', { ...bad, barcode: '示例' })).toEqual([422, '/barcode']);
  expect(await refused(provider, id, 'collectSample', { ...bad, collectedAt: '2026-07-08T19:05:00+08:00' })).toEqual([
    422,
    '/collectedAt',
  ]);
  expect(await refused(provider, id, 'collectSample', { ...bad, temperature: 'cold' })).toEqual([422, '/temperature']);
  await collect(on, id, '2026-07-08T09:05:00+08:00');
  const handOver = { temperature: 4, to: '示例冷链', handedAt: '2026-07-08T09:20:00+08:00' };
  expect(await refused(provider, id, 'handOverSample', { ...handOver, barcode: 'OTHER-01' })).toEqual([
    422,
    '/barcode',
  ]);
  expect(
    await refused(provider, id, 'handOverSample', {
      ...handOver,
      barcode: BARCODE,
      handedAt: '2026-07-08T08:00:00+08:00',
    }),
  ).toEqual([422, '/handedAt']);
  await takeIn(on, id);
  expect(
    codeOf(await tryEvent(laboratory, id, 'report', { barcode: BARCODE, number: 'R-2', issuedOn: '2026-07-08' })),
  ).toBe('409 not-possible-now');
  await expect(laboratory.attach(id, 'gene-report', Buffer.alloc(0), 'empty.pdf')).rejects.toThrow('422');
  await expect(laboratory.attach(id, 'gene-report', on.picture, 'report.png')).rejects.toThrow('415');
  await expect(laboratory.attach(id, 'gene-report', Buffer.from('%PDF-1.4 broken'), 'broken.pdf')).rejects.toThrow(
    '422',
  );
  await expect(laboratory.attach(id, 'diagnosis', samplePdf('not a report'), 'a.pdf')).rejects.toThrow('422');
  await uploadReport(laboratory, id);
  expect(
    await refused(laboratory, id, 'report', { barcode: 'YILU-9999', number: 'R-2', issuedOn: '2026-07-08' }),
  ).toEqual([422, '/barcode']);
  expect(await refused(laboratory, id, 'report', { barcode: BARCODE, number: 'R-2', issuedOn: '2026-07-09' })).toEqual([
    422,
    '/issuedOn',
  ]);
  expect(codeOf(await tryEvent(manager, id, 'releaseReport'))).toBe('409 not-possible-now');
  expect(
    codeOf(await tryEvent(player, id, 'report', { barcode: BARCODE, number: 'R-2', issuedOn: '2026-07-08' })),
  ).toBe('409 not-possible-now');
  expect((await player.case(id)).state).toBe('testing');
  await laboratory.event(id, 'report', { barcode: BARCODE, number: 'R-2', issuedOn: '2026-07-08' });
  // The case manager finds it wrong: it goes back with the reason, and another file is needed.
  expect((await manager.event(id, 'returnReport', { reason: '姓名写错' })).state).toBe('testing');
  expect((await inboxOf(on, laboratory)).some(({ body }) => body.includes('姓名写错'))).toBe(true);
  expect(allowedTypes(await laboratory.case(id))).not.toContain('report');
});

test('[2.4.1.3] laboratory staff have a small desk: only their work, only what consent covers, each look a disclosure', async () => {
  const person = await newMember(on, 'desk-of-lab');
  const laboratory = await on.as('laboratory');
  const seenIds = async () =>
    (await laboratory.must<{ items: { id: string }[] }>('GET', '/worklist?desk=all')).items.map((one) => one.id);
  const filed = await fileTest(on, person.persona, person.ids);
  await accept(on, filed.id);
  await assess(await on.as('manager'), filed.id);
  expect(await seenIds()).not.toContain(filed.id);
  const { id, manager, player } = await playToPickUp(
    on,
    await newMember(on, 'seen-by-lab'),
    '2026-07-09T09:00:00+08:00',
  );
  await manager.event(id, 'addNote', { note: '内部备注：家里困难' });
  expect(await seenIds()).toContain(id);
  const text = JSON.stringify(await laboratory.case(id));
  for (const hidden of ['内部备注', '1980', '示例路 1 号', 'diagnosis', '示例取样员'])
    expect(text.includes(hidden), hidden).toBe(false);
  expect(text).toContain('肿瘤组织');
  expect((await laboratory.case(id)).papers).toEqual([]);
  for (const path of ['/benefits', '/clocks', '/disclosures', `/papers?personId=${person.ids.personId}`, '/desk/find'])
    expect((await laboratory.send('GET', path)).status, path).toBeGreaterThanOrEqual(403);
  type Shown = { recipient: string; caseId: string; what: string[] };
  const shown = (await player.must<{ items: Shown[] }>('GET', '/disclosures')).items.filter(
    ({ caseId, recipient }) => caseId === id && recipient === 'sample-lab',
  );
  expect(shown.length).toBeGreaterThan(0);
  expect(new Set(shown.flatMap(({ what }) => what)).has('病历和材料')).toBe(false);
  // A collector sees the address, never the illness.
  const collectorSees = JSON.stringify(await (await on.as('provider')).case(id));
  expect(collectorSees).toContain('示例路 1 号');
  expect(collectorSees).not.toContain('恶性肿瘤');
});

test('[2.4.1.5] taken back from the laboratory in the test: another laboratory needs another consent and signature; the use stays spent', async () => {
  const { id, manager, player } = await playToPickUp(
    on,
    await newMember(on, 'taken-back'),
    '2026-07-09T14:00:00+08:00',
  );
  await on.advanceTo('2026-07-09T14:30:00+08:00');
  await collect(on, id, '2026-07-09T14:05:00+08:00');
  const laboratory = await takeIn(on, id);
  expect((await manager.event(id, 'takeBack', { reason: '设备停用' })).state).toBe('assessing');
  expect((await laboratory.send('GET', `/cases/${id}`)).status).toBe(404);
  expect((await inboxOf(on, laboratory)).some(({ caseId, body }) => caseId === id && body.includes('删除'))).toBe(true);
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'delivered' });
  const notOne = await tryEvent(manager, id, 'assess', {
    laboratory: await providerId(manager, 'shangyong'),
    sampleType: 'blood',
    sampleFrom: '2026-07-10',
    why: '换一家',
  });
  expect(codeOf(notOne)).toBe('422 not-acceptable');
  await report(await on.as('laboratory'), id).then(
    () => expect.unreachable(),
    (error: Error) => expect(error.message).toContain('404'),
  );
});
