/** A file in parts: what breaks off goes on where it was, for its own account, and ends as the very file. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UploadView } from '#contract/uploads.ts';
import { PART_BYTES } from '#contract/uploads.ts';
import type { Player } from '#server/sandbox/player.ts';
import { sweepUploads } from '#server/uploads/parts.ts';
import { member, openApp, type TestApp } from '#tests/with-app.ts';

let on: TestApp;
let ids: ReadonlyMap<string, { personId: string; policyId: string }>;
let owner: Player;
let other: Player;
let photo: Buffer;

beforeAll(async () => {
  on = await openApp();
  ids = await on.people([member('owner'), member('other')]);
  owner = await on.as('owner');
  other = await on.as('other');
  const raw = randomBytes(640 * 640 * 3);
  photo = await sharp(raw, { raw: { width: 640, height: 640, channels: 3 } })
    .png()
    .toBuffer();
});
afterAll(() => on.close());

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
const cut = (file: Buffer) =>
  Array.from({ length: Math.ceil(file.length / PART_BYTES) }, (_, n) =>
    file.subarray(n * PART_BYTES, (n + 1) * PART_BYTES),
  );
const digestOf = (file: Buffer) => sha256(Buffer.concat(cut(file).map(sha256))).toString('hex');
const begin = (who: Player, file: Buffer, change: object = {}) =>
  who.send('POST', '/uploads', {
    personId: ids.get('owner')!.personId,
    kind: 'diagnosis',
    fileName: '诊断.png',
    mediaType: 'image/png',
    bytes: file.length,
    digest: digestOf(file),
    ...change,
  });
const sendPart = (who: Player, id: string, n: number, bytes: Buffer, digest = sha256(bytes)) =>
  who.send('POST', `/uploads/${id}/parts/${n}`, bytes, {
    'content-type': 'application/octet-stream',
    'content-digest': `sha-256=:${digest.toString('base64')}:`,
  });
const stored = () => {
  const folder = join(on.config.dataDir, 'papers', 'uploads');
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
};

test('begun, broken off, chosen again: only what is missing is sent, and the end is the very file, once', async () => {
  const parts = cut(photo);
  expect(parts).toHaveLength(3);
  const { body } = await begin(owner, photo);
  const { id } = body as UploadView;
  expect(body).toEqual({ id, partBytes: PART_BYTES, parts: [], done: false });
  // At once, twice, out of order: harmless.
  const sent = await Promise.all([2, 0, 0, 2].map((n) => sendPart(owner, id, n, parts[n]!)));
  expect(sent.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
  expect((await owner.send('POST', `/uploads/${id}/finish`, {})).body).toMatchObject({ code: 'not-possible-now' });
  expect(stored().length).toBe(2);
  for (const path of stored()) expect(readFileSync(path).includes(photo.subarray(64, 96))).toBe(false);

  expect((await begin(owner, photo)).body).toMatchObject({ id, parts: [0, 2] });
  expect((await sendPart(owner, id, 1, parts[1]!)).status).toBe(204);
  const [one, two] = await Promise.all(
    [1, 2].map(() => owner.must<{ id: string }>('POST', `/uploads/${id}/finish`, {})),
  );
  expect(one!.id).toBe(two!.id);
  expect(await owner.must('POST', `/uploads/${id}/finish`, {})).toMatchObject({ id: one!.id, fileName: '诊断.png' });
  expect((await begin(owner, photo)).body).toMatchObject({ id, done: true });
  expect(stored()).toEqual([]);

  const original = await on.app.inject({
    url: `/api/papers/${one!.id}/original`,
    headers: { host: 'junlong.localhost', cookie: owner.cookie },
  });
  expect(sha256(original.rawPayload)).toEqual(sha256(photo));
});

test('what cannot be taken is said before a byte is sent, and a part that is not the file’s is not taken', async () => {
  expect(await begin(owner, photo, { bytes: 900 * 1024 * 1024 })).toMatchObject({ status: 413 });
  expect(await begin(owner, photo, { fileName: 'a.zip', mediaType: 'application/zip' })).toMatchObject({ status: 415 });
  expect(await begin(owner, photo, { kind: 'no-such-kind' })).toMatchObject({ status: 422 });
  const file = Buffer.concat([photo, Buffer.from([1])]);
  const { id } = (await begin(owner, file)).body as UploadView;
  const [first = Buffer.of()] = cut(file);
  expect((await sendPart(owner, id, 0, first, sha256(photo))).status).toBe(422);
  expect((await sendPart(owner, id, 0, first.subarray(1))).status).toBe(422);
  expect((await sendPart(owner, id, 3, first)).status).toBe(422);
  expect((await sendPart(owner, id, 0, Buffer.concat([first, first]))).status).toBe(413);
  expect((await begin(owner, file)).body).toMatchObject({ parts: [] });
  // Other parts than the ones it was begun with: the end notices, and nothing stays.
  for (const [n, part] of cut(file).entries())
    expect((await sendPart(owner, id, n, Buffer.alloc(part.length, 7))).status).toBe(204);
  expect((await owner.send('POST', `/uploads/${id}/finish`, {})).status).toBe(422);
  expect((await owner.send('POST', `/uploads/${id}/finish`, {})).status).toBe(404);
  expect(stored()).toEqual([]);
});

test('what a file says it is and is not is refused at the end, and its parts are gone', async () => {
  const text = Buffer.alloc(700_000, 'not a picture ');
  const { id } = (await begin(owner, text)).body as UploadView;
  for (const [n, part] of cut(text).entries()) expect((await sendPart(owner, id, n, part)).status).toBe(204);
  expect((await owner.send('POST', `/uploads/${id}/finish`, {})).status).toBe(415);
  expect(stored()).toEqual([]);
});

test('another account neither begins for her, nor touches what she sends, nor learns that it is there', async () => {
  const file = Buffer.concat([photo, randomBytes(8)]);
  expect((await begin(other, file)).status).toBe(404);
  expect((await begin(other, file, { personId: undefined, caseId: randomUUID() })).status).toBe(404);
  const { id } = (await begin(owner, file)).body as UploadView;
  expect((await sendPart(other, id, 0, cut(file)[0]!)).status).toBe(404);
  expect((await other.send('POST', `/uploads/${id}/finish`, {})).status).toBe(404);
  // Her own of the same file is one of her own.
  const own = await begin(other, file, { personId: ids.get('other')!.personId });
  expect((own.body as UploadView).id).not.toBe(id);
});

test('what nobody went on with for a day is gone, its files with it', async () => {
  const file = Buffer.concat([photo, randomBytes(16)]);
  const { id } = (await begin(owner, file)).body as UploadView;
  await sendPart(owner, id, 0, cut(file)[0]!);
  await sweepUploads(on.ctx);
  expect((await begin(owner, file)).body).toMatchObject({ id, parts: [0] });
  expect(await sweepUploads(on.ctx, new Date(Date.now() + 25 * 3_600_000))).toBeGreaterThan(0);
  expect(stored()).toEqual([]);
  expect((await sendPart(owner, id, 1, cut(file)[1]!)).status).toBe(404);
  for (let n = 0; n < 10; n += 1) expect((await begin(owner, randomBytes(700_000))).status).toBe(200);
  expect((await begin(owner, randomBytes(700_000))).status).toBe(429);
});
