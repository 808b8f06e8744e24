/** Images of a second opinion through HTTP: handed in as an archive, looked at one by one by the expert with consent. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { ImageList } from '#contract/images.ts';
import { type PaperFault, paperWords } from '#server/papers/words.ts';
import { dicomSlice, sampleStudy, zipOf } from '#server/sandbox/sample-images.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { namedManager } from './inpatient.ts';
import { consentToExpert, playToAppointment, playToGathering } from './second-opinion.ts';
import { codeOf } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

const SLOT = { visitAt: '2026-07-06T09:30:00+08:00', answerBy: '2026-07-03T18:00:00+08:00' };
type Images = z.infer<typeof ImageList>;

test('[2.5.2.1] the expert looks at the images one at a time, with consent only; each look is in the audit and among the disclosures', async () => {
  const asked = await playToAppointment(on, 'images', SLOT);
  const { player, id, ids } = asked;
  const paperId = await player.upload(ids.personId, 'imaging', sampleStudy(), 'CT.zip');
  await player.must('POST', `/cases/${id}/papers`, { kind: 'imaging', paperId });
  const expert = await on.as('expert');
  expect(codeOf(await expert.send('GET', `/papers/${paperId}/images`))).toBe('404 not-found');
  await consentToExpert(asked);
  const list = await expert.must<Images>('GET', `/papers/${paperId}/images`);
  expect(list.items.map(({ modality, description, images }) => [modality, description, images.length])).toEqual([
    ['CT', '胸部平扫', 5],
    ['CT', '压缩序列', 1],
  ]);
  expect(list.items[0]?.images.map(({ n, shown }) => [n, shown])).toEqual([1, 2, 3, 4, 5].map((n) => [n, true]));
  const third = await expert.file(`/papers/${paperId}/images/3`);
  expect(third.equals(dicomSlice({ instance: 3, position: 10 }))).toBe(true);
  // What the viewer cannot paint is named and had with the archive.
  const compressed = list.items[1]!.images[0]!;
  expect(compressed.shown).toBe(false);
  expect(codeOf(await expert.send('GET', `/papers/${paperId}/images/${compressed.n}`))).toBe('404 not-found');
  expect((await expert.file(`/papers/${paperId}/original`)).equals(sampleStudy())).toBe(true);
  expect(codeOf(await expert.send('GET', `/papers/${paperId}/images/7`))).toBe('404 not-found');
  expect(codeOf(await expert.send('GET', `/papers/${paperId}/preview`))).toBe('404 not-found');
  const { rows } = await on.database.owner.query<{ details: { image?: number } }>(
    `select details from yilu.audit where subject = $1 and action = 'paper.previewed'`,
    [`paper:${paperId}`],
  );
  expect(rows.map(({ details }) => details.image)).toContain(3);
  const shared = await player.must<{ items: { recipientName: string; what: string[] }[] }>('GET', '/disclosures');
  expect(
    shared.items.some(({ recipientName, what }) => recipientName.includes('示例医生甲') && what.includes('病历和材料')),
  ).toBe(true);
});

test('[2.5.2.1] an archive that is none of these is refused with the reason, and nothing stays behind', async () => {
  const { player, id, ids } = await playToGathering(on, 'bad-images', { without: ['medical-record'] });
  const slice = { name: 'CT/1', content: dicomSlice({ instance: 1, position: 0 }) };
  const bomb = { name: 'CT/zeros', content: Buffer.alloc(1024), says: 2 ** 31 + 1 };
  const bad: readonly (readonly [PaperFault, Buffer])[] = [
    ['archive-path', zipOf([slice, { ...slice, name: '../../evil' }])],
    ['archive-nested', zipOf([slice, { name: 'x', content: zipOf([slice]) }])],
    ['archive-size', zipOf([slice, bomb])],
    ['archive-entries', zipOf(Array.from({ length: 2001 }, (_, i) => ({ name: `${i}`, content: Buffer.of(1) })))],
    ['broken-dicom', zipOf([{ name: 'x', content: slice.content.subarray(0, 180) }])],
    ['broken-archive', sampleStudy().subarray(0, -30)],
  ];
  for (const [fault, archive] of bad)
    await expect(player.upload(ids.personId, 'imaging', archive, 'CT.zip'), fault).rejects.toThrow(
      paperWords(fault, 'zh'),
    );
  // An archive is taken as images only.
  await expect(player.upload(ids.personId, 'medical-record', sampleStudy(), 'CT.zip')).rejects.toThrow('415');
  const { items } = await player.must<{ items: { kind: string }[] }>('GET', `/papers?personId=${ids.personId}`);
  expect(items.map(({ kind }) => kind)).not.toContain('imaging');
  expect((await player.case(id)).state).toBe('gathering');
  const manager = await namedManager(on, id);
  await player.attach(id, 'imaging', sampleStudy(2), 'CT.zip');
  const [paper] = (await manager.case(id)).papers.find(({ kind }) => kind === 'imaging')!.papers;
  expect((await manager.must<Images>('GET', `/papers/${paper!.id}/images`)).items).toHaveLength(2);
});
