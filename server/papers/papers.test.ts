import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '#server/platform/context.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { canOpenPaper, isThePerson } from './access.ts';
import { actor, form, type Ground, openGround, type TestApp } from './ground.test-helper.ts';
import { paperRoutes } from './routes.ts';
import { sweepStrayFiles } from './sweep.job.ts';

// Over 300 lines: one story of a paper from upload to opening, on one server.
let ground: Ground;
let app: TestApp;
let member: { personId: string; policyId: string; actor: Actor };

beforeAll(async () => {
  ground = await openGround();
  app = await ground.openApp((scope) => paperRoutes(scope, { mayUsePerson: isThePerson, canOpenPaper }));
  member = await ground.addPerson();
});
afterAll(async () => {
  await app.close();
  await ground.close();
});

type File = { name: string; type: string; data: Buffer };
const jpg = (data: Buffer, name = '诊断证明.jpg'): File => ({ name, type: 'image/jpeg', data });
const pdf = (data: Buffer | string, name = '病理.pdf'): File => ({
  name,
  type: 'application/pdf',
  data: Buffer.from(data),
});
const photo = (seed: number, size = 300) =>
  sharp({ create: { width: size, height: size, channels: 3, background: { r: seed, g: 90, b: 30 } } });

/** A PDF without a cross-reference table, which readers rebuild; one object a page. */
const pdfOf = (pages: number, note = '') =>
  `%PDF-1.4\n%${note}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[${Array.from({ length: pages }, (_, i) => `${i + 3} 0 R`).join(' ')}]/Count ${pages}>>endobj\n${Array.from({ length: pages }, (_, i) => `${i + 3} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj`).join('\n')}\ntrailer<</Root 1 0 R>>\n%%EOF`;

async function upload(file: File, set: { kind?: string; as?: Actor; personId?: string } = {}) {
  const { payload, headers } = form([
    ['personId', set.personId ?? member.personId],
    ['kind', set.kind ?? 'diagnosis'],
    ['file', file],
  ]);
  return app.inject({
    method: 'POST',
    url: '/api/papers',
    payload,
    headers: { ...headers, 'x-actor': JSON.stringify(set.as ?? member.actor) },
  });
}
const get = (url: string, as: Actor = member.actor) => app.inject({ url, headers: { 'x-actor': JSON.stringify(as) } });

/** Refused, nothing on file and nothing in the storage. */
async function refused(file: File, status: number, why: string, kind?: string) {
  const before = ground.files();
  const rows = await count();
  const answer = await upload(file, kind ? { kind } : {});
  expect([answer.statusCode, answer.json().errors?.[0]?.code ?? answer.json().detail]).toEqual([status, why]);
  expect(ground.files()).toEqual(before);
  expect(await count()).toBe(rows);
}
const count = async () =>
  (await ground.database.owner.query('select count(*)::int as n from papers')).rows[0].n as number;
const audited = async (subject: string) =>
  (
    await ground.database.owner.query('select action from audit where subject = $1 order by xid, id', [subject])
  ).rows.map((row) => row.action);

test('a photo is received, counted and hashed, and listed with the papers of the person', async () => {
  const data = await photo(1).jpeg().toBuffer();
  const answer = await upload(jpg(data));
  expect(answer.statusCode).toBe(201);
  const paper = answer.json();
  expect(paper).toMatchObject({
    kind: 'diagnosis',
    kindName: '诊断证明',
    fileName: '诊断证明.jpg',
    bytes: data.length,
    type: 'jpg',
    verdict: 'received',
    previewUrl: `/api/papers/${paper.id}/preview`,
  });
  expect(paper.sha256).toMatch(/^[0-9a-f]{64}$/);
  const listed = (await get(`/api/papers?personId=${member.personId}`)).json();
  expect(listed.items.map((item: { id: string }) => item.id)).toContain(paper.id);
  expect(await audited(`paper:${paper.id}`)).toEqual(['paper.uploaded']);
});

test('the same file as the same kind is the same paper, as another kind another one, also when sent twice at once', async () => {
  const data = await photo(2).png().toBuffer();
  const file = { name: 'a.png', type: 'image/png', data };
  const [one, two] = await Promise.all([upload(file), upload({ ...file, name: 'b.png' })]);
  expect([one.statusCode, two.statusCode]).toEqual([201, 201]);
  expect(one.json().id).toBe(two.json().id);
  const files = await vi.waitFor(async () => {
    expect(ground.files().length).toBe(await count());
    return ground.files().length;
  });
  expect((await upload(file)).json().id).toBe(one.json().id);
  await vi.waitFor(() => expect(ground.files().length).toBe(files));
  expect((await upload(file, { kind: 'pathology' })).json().id).not.toBe(one.json().id);
});

test('an Idempotency-Key answers the same upload as the first time and refuses another file, which leaves nothing', async () => {
  const send = async (data: Buffer) => {
    const { payload, headers } = form([
      ['personId', member.personId],
      ['kind', 'diagnosis'],
      ['file', jpg(data)],
    ]);
    const key = { 'x-actor': JSON.stringify(member.actor), 'idempotency-key': 'one-key' };
    return app.inject({ method: 'POST', url: '/api/papers', payload, headers: { ...headers, ...key } });
  };
  const data = await photo(9).jpeg().toBuffer();
  const one = await send(data);
  const files = ground.files();
  const two = await send(data);
  expect([one.statusCode, two.statusCode, two.json().id]).toEqual([201, 201, one.json().id]);
  expect((await send(await photo(10).jpeg().toBuffer())).json().code).toBe('key-reused');
  // What is not kept goes once the answer is out.
  await vi.waitFor(() => expect(ground.files()).toEqual(files));
});

test('what lies on the disk is not readable, and neither the file nor its name is in the database', async () => {
  const data = Buffer.from(pdfOf(1, 'Lin Xiaoman, hepatocellular carcinoma'));
  const { id } = (await upload(pdf(data, '林小满的病理.pdf'))).json();
  const stored = readFileSync(ground.files().find((path) => path.endsWith(id))!);
  expect(stored.includes('carcinoma')).toBe(false);
  expect(stored.includes('%PDF')).toBe(false);
  const row = (await ground.database.owner.query('select * from papers where id = $1', [id])).rows[0];
  expect(JSON.stringify({ ...row, sealed: row.sealed.toString('utf8') })).not.toContain('病理.');
  const back = await get(`/api/papers/${id}/original`);
  expect(back.rawPayload.equals(data)).toBe(true);
});

test('a picture is shown re-encoded and upright, without EXIF', async () => {
  const tagged = await photo(3)
    .resize(200, 100)
    .jpeg()
    .withExif({ IFD0: { Copyright: 'ward 7 bed 12' }, IFD3: { GPSLatitude: '31/1 13/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const withExif = await sharp(
    await photo(3)
      .resize(200, 100)
      .jpeg()
      .withExif({ IFD0: { Copyright: 'ward 7 bed 12', Orientation: '6' } })
      .toBuffer(),
  ).metadata();
  expect(withExif.exif).toBeDefined();
  const { id } = (await upload(jpg(tagged))).json();
  const preview = await get(`/api/papers/${id}/preview`);
  expect(preview.headers).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const meta = await sharp(preview.rawPayload).metadata();
  expect([meta.format, meta.exif, meta.width, meta.height]).toEqual(['webp', undefined, 100, 200]);
  expect(preview.rawPayload.includes('ward 7')).toBe(false);
  expect((await get(`/api/papers/${id}/preview?page=2`)).statusCode).toBe(404);
  expect(await audited(`paper:${id}`)).toEqual(['paper.uploaded', 'paper.previewed']);
});

test('the original comes only as an attachment in a sandbox, never cached, and a PDF is never shown by the browser itself', async () => {
  const { id } = (await upload(pdf(pdfOf(2, 'x'), "报告'(1).pdf"))).json();
  for (const part of ['original', 'preview']) {
    const answer = await get(`/api/papers/${id}/${part}`);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    });
    expect(answer.headers['content-disposition']).toBe(
      'attachment; filename="paper.pdf"; filename*=UTF-8\'\'%E6%8A%A5%E5%91%8A%27%281%29.pdf',
    );
  }
  expect(await audited(`paper:${id}`)).toEqual(['paper.uploaded', 'paper.downloaded', 'paper.previewed']);
});

test('a file that is not what it says is refused: programs, other formats, broken and empty ones', async () => {
  const exe = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), Buffer.alloc(6000, 7)]);
  await refused(jpg(exe), 415, 'unknown-type');
  await refused(pdf(Buffer.concat([Buffer.from('MZ\n'), Buffer.from(pdfOf(1))])), 415, 'unknown-type');
  await refused(jpg(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), exe])), 422, 'broken-image');
  await refused(pdf('<html><script>alert(1)</script>'), 415, 'unknown-type');
  await refused(
    { name: 'a.svg', type: 'image/svg+xml', data: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    415,
    'unknown-type',
  );
  await refused(jpg(await photo(4).webp().toBuffer()), 415, 'unknown-type');
  await refused(jpg(await photo(4).gif().toBuffer()), 415, 'unknown-type');
  await refused(jpg(await photo(4).png().toBuffer()), 415, 'not-what-it-says');
  await refused({ name: 'a.pdf', type: 'image/jpeg', data: await photo(4).jpeg().toBuffer() }, 415, 'not-what-it-says');
  await refused(jpg(Buffer.alloc(0)), 422, 'empty');
  const cut = await sharp({
    create: {
      width: 900,
      height: 900,
      channels: 3,
      background: '#333',
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer();
  await refused(jpg(cut.subarray(0, cut.length / 2)), 422, 'broken-image');
  await refused(pdf('%PDF-1.4\nnot much of a document'), 422, 'broken-pdf');
  await refused(pdf(pdfOf(51)), 422, 'pages');
});

test('an image of too many pixels is refused before it is decoded', async () => {
  const bomb = await sharp({
    create: { width: 11_000, height: 10_000, channels: 3, background: '#fff' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  expect(bomb.length).toBeLessThan(2_000_000);
  await refused({ name: 'b.png', type: 'image/png', data: bomb }, 422, 'huge-image');
});

test('a file of 200 MB is refused while it arrives, without being held in memory', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const before = ground.files();
  const head = Buffer.concat([(await photo(5).jpeg().toBuffer()).subarray(0, 5000)]);
  const { payload, headers } = form([
    ['personId', member.personId],
    ['kind', 'diagnosis'],
    ['file', jpg(head)],
  ]);
  const start = payload.subarray(0, payload.indexOf(head) + head.length);
  const memory = process.memoryUsage().rss;
  let peak = memory;
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk;
      if (heard.includes('too-large')) resolve(heard);
    });
    socket.on('error', reject);
    const length = 200 * 1024 * 1024;
    socket.write(
      `POST /api/papers HTTP/1.1\r\nhost: x\r\nx-actor: ${JSON.stringify({ ...member.actor, name: 'm' })}\r\ncontent-type: ${headers['content-type']}\r\ncontent-length: ${length}\r\n\r\n`,
    );
    socket.write(start);
    const chunk = Buffer.alloc(256 * 1024, 1);
    let sent = start.length;
    const more = () => {
      while (sent < length && !socket.destroyed) {
        sent += chunk.length;
        peak = Math.max(peak, process.memoryUsage().rss);
        if (!socket.write(chunk)) return socket.once('drain', more);
      }
    };
    more();
  });
  expect(answer).toMatch(/^HTTP\/1.1 413/);
  expect(ground.files()).toEqual(before);
  expect((peak - memory) / 1e6).toBeLessThan(100);
});

test('an upload that breaks off leaves nothing behind', async () => {
  const before = ground.files();
  const data = await sharp({
    create: {
      width: 900,
      height: 900,
      channels: 3,
      background: '#333',
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer();
  const { payload, headers } = form([
    ['personId', member.personId],
    ['kind', 'diagnosis'],
    ['file', jpg(data)],
  ]);
  for (const cut of [payload.length - 20, payload.length - 60, Math.floor(payload.length / 2), 400]) {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/papers',
      payload: payload.subarray(0, cut),
      headers: { ...headers, 'x-actor': JSON.stringify(member.actor) },
    });
    expect([cut, answer.statusCode]).toEqual([cut, 400]);
  }
  expect(ground.files()).toEqual(before);
});

test('a form without a file, with a second one, with the file first, or with another field says what to do', async () => {
  const file = jpg(await photo(6).jpeg().toBuffer());
  const send = async (fields: Parameters<typeof form>[0]) => {
    const { payload, headers } = form(fields);
    const answer = await app.inject({
      method: 'POST',
      url: '/api/papers',
      payload,
      headers: { ...headers, 'x-actor': JSON.stringify(member.actor), 'accept-language': 'en' },
    });
    return [answer.statusCode, answer.json().detail ?? answer.json().pointer];
  };
  const before = ground.files();
  expect(
    await send([
      ['personId', member.personId],
      ['kind', 'diagnosis'],
    ]),
  ).toEqual([400, 'No file arrived. Choose a file and send it again.']);
  expect(
    await send([
      ['file', file],
      ['personId', member.personId],
      ['kind', 'diagnosis'],
    ]),
  ).toEqual([400, 'Put personId and kind before the file.']);
  expect(
    await send([
      ['personId', member.personId],
      ['kind', 'diagnosis'],
      ['file', file],
      ['file', file],
    ]),
  ).toEqual([400, 'Send one file at a time.']);
  expect(
    await send([
      ['personId', member.personId],
      ['kind', 'diagnosis'],
      ['case', 'x'],
      ['file', file],
    ]),
  ).toEqual([400, '/case']);
  expect(
    await send([
      ['personId', member.personId],
      ['kind', 'horoscope'],
      ['file', file],
    ]),
  ).toEqual([422, 'No plan of this person knows this kind of paper.']);
  expect(ground.files()).toEqual(before);
  const json = await app.inject({
    method: 'POST',
    url: '/api/papers',
    payload: { personId: member.personId },
    headers: { 'x-actor': JSON.stringify(member.actor) },
  });
  expect(json.statusCode).toBe(415);
});

test("somebody else's papers do not exist for the caller", async () => {
  const other = await ground.addPerson('周远');
  const { id } = (await upload(jpg(await photo(7).jpeg().toBuffer()))).json();
  expect((await upload(jpg(await photo(8).jpeg().toBuffer()), { as: other.actor })).statusCode).toBe(404);
  expect((await get(`/api/papers?personId=${member.personId}`, other.actor)).statusCode).toBe(404);
  for (const who of [
    other.actor,
    actor('reviewer'),
    actor('case-manager'),
    actor('provider', { provider: 'shangyong' }),
    actor('supervisor'),
  ]) {
    expect((await get(`/api/papers/${id}/original`, who)).statusCode).toBe(404);
    expect((await get(`/api/papers/${id}/preview`, who)).statusCode).toBe(404);
  }
  expect(await audited(`paper:${id}`)).toEqual(['paper.uploaded']);
});

test('a file that was altered, swapped or lost in the storage is noticed and not shown', async () => {
  const a = (await upload(pdf(pdfOf(1, 'a'.repeat(200_000)), 'a.pdf'))).json().id;
  const b = (await upload(pdf(pdfOf(1, 'b'.repeat(200_000)), 'b.pdf'))).json().id;
  const path = (id: string) => ground.files().find((file) => file.endsWith(id))!;
  const [keptA, keptB] = [readFileSync(path(a)), readFileSync(path(b))];
  writeFileSync(path(a), keptB);
  expect((await get(`/api/papers/${a}/original`)).statusCode).toBe(500);
  const flipped = Buffer.from(keptA);
  flipped[100] = flipped[100]! ^ 1;
  writeFileSync(path(a), flipped);
  expect((await get(`/api/papers/${a}/original`)).statusCode).toBe(500);
  writeFileSync(path(a), keptA);
  expect((await get(`/api/papers/${a}/original`)).statusCode).toBe(200);
  const late = Buffer.from(keptB);
  late[late.length - 30] = late[late.length - 30]! ^ 1;
  writeFileSync(path(b), late);
  await expect(get(`/api/papers/${b}/original`)).rejects.toThrow();
});

test('a file that a killed process left without a paper goes after a day, and no other', async () => {
  const before = ground.files();
  const stray = before[0]!.replace(/[^/]+$/, uuidv7());
  writeFileSync(stray, 'left over');
  expect(await sweepStrayFiles(ground.ctx)).toBe(0);
  expect(await sweepStrayFiles(ground.ctx, new Date(Date.now() + 25 * 3_600_000))).toBe(1);
  expect(ground.files()).toEqual(before);
  expect(await sweepStrayFiles({ ...ground.ctx, insurer: 'nobody' })).toBe(0);
});
