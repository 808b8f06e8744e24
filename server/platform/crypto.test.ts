import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import * as crypto from './crypto.ts';
import { decryptRange, decryptStream, encryptStream, streamKeyId } from './crypto-stream.ts';
import { makeKeyRing } from './keys.ts';

const k1 = randomBytes(32);
const oldRing = makeKeyRing('k1', new Map([['k1', k1]]));
const newRing = makeKeyRing('k2', new Map([['k1', k1], ['k2', randomBytes(32)]])); // biome-ignore format: one line
const place = { insurer: 'demo', table: 'persons', row: '1' };
const dataKey = crypto.newDataKey();

test('a sealed value opens to what was sealed and names its key', () => {
  const sealed = crypto.sealValue(dataKey, 'person-7', '张三', place);
  expect(crypto.sealedKeyId(sealed)).toBe('person-7');
  expect(crypto.openValue(dataKey, sealed, place).toString()).toBe('张三');
  expect(sealed.includes(Buffer.from('张三'))).toBe(false);
});

test('a value altered in any byte, cut at any length, or moved does not open', () => {
  const sealed = crypto.sealValue(dataKey, 'k', 'abc', place);
  for (let at = 0; at < sealed.length; at++) {
    const altered = Buffer.from(sealed);
    altered[at]! ^= 1;
    expect(() => crypto.openValue(dataKey, altered, place)).toThrow(crypto.CannotOpen);
    expect(() => crypto.openValue(dataKey, sealed.subarray(0, at), place)).toThrow(crypto.CannotOpen);
  }
  for (const moved of [{ insurer: 'other' }, { table: 'notes' }, { row: '2' }]) {
    expect(() => crypto.openValue(dataKey, sealed, { ...place, ...moved })).toThrow(crypto.CannotOpen);
  }
  expect(() => crypto.openValue(crypto.newDataKey(), sealed, place)).toThrow(crypto.CannotOpen);
});

test('a place whose parts hold the separator is refused', () => {
  expect(() => crypto.sealValue(dataKey, 'k', 'a', { ...place, row: '1|2' })).toThrow('hold no "|"');
});

test('a data key opens for its insurer and person only, and under an old key while both are in the ring', () => {
  const wrapped = crypto.wrapDataKey(oldRing, 'demo', 'p1', dataKey);
  expect(crypto.unwrapDataKey(newRing, 'demo', 'p1', wrapped)).toEqual(dataKey);
  expect(() => crypto.unwrapDataKey(newRing, 'demo', 'p2', wrapped)).toThrow(crypto.CannotOpen);
  expect(() => crypto.unwrapDataKey(newRing, 'other', 'p1', wrapped)).toThrow(crypto.CannotOpen);

  expect(crypto.needsRewrap(newRing, wrapped)).toBe(true);
  const rewrapped = crypto.wrapDataKey(newRing, 'demo', 'p1', crypto.unwrapDataKey(newRing, 'demo', 'p1', wrapped));
  expect(crypto.needsRewrap(newRing, rewrapped)).toBe(false);
  expect(() => crypto.unwrapDataKey(oldRing, 'demo', 'p1', rewrapped)).toThrow('no key "k2"');
});

test('a keyed hash differs by insurer, purpose and key, and all keys of a rotation are searched', () => {
  const hash = crypto.keyedHash(oldRing, 'demo', 'phone', '13800000000');
  expect(hash).toHaveLength(32);
  expect(crypto.keyedHash(oldRing, 'other', 'phone', '13800000000')).not.toEqual(hash);
  expect(crypto.keyedHash(oldRing, 'demo', 'name', '13800000000')).not.toEqual(hash);
  const both = crypto.keyedHashes(newRing, 'demo', 'phone', '13800000000');
  expect(both).toHaveLength(2);
  expect(both[1]).toEqual(hash);
});

test.each([
  [crypto.normalisePhone, '+86 138-0000-0000', '13800000000'],
  [crypto.normalisePhone, '008613800000000', '13800000000'],
  [crypto.normalisePhone, '８６１３８０００００００', '861380000000'],
  [crypto.normalisePhone, '010-8888 6666', '01088886666'],
  [crypto.normaliseIdNumber, ' 11010519491231002x', '11010519491231002X'],
  [crypto.normaliseName, '张 三', '张三'],
  [crypto.normaliseName, '阿依古丽•买买提', '阿依古丽·买买提'],
])('%o reads %s as %s', (normalise, raw, expected) => {
  expect(normalise(raw)).toBe(expected);
});

test('a key check tells a wrong ring from a right one', () => {
  const check = crypto.makeKeyCheck(oldRing, 'demo');
  expect(crypto.matchesKeyCheck(newRing, 'demo', check)).toBe(true);
  expect(crypto.matchesKeyCheck(newRing, 'other', check)).toBe(false);
  expect(crypto.matchesKeyCheck(makeKeyRing('k1', new Map([['k1', randomBytes(32)]])), 'demo', check)).toBe(false);
});

const frame = 64 * 1024;

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

const pieces = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

test.each([0, 1, frame - 1, frame, frame + 1, 3 * frame, 1_000_003])(
  'a file of %i bytes comes back, however it is cut on the way',
  async (size) => {
    const plain = randomBytes(size);
    const sealed = await collect(encryptStream(dataKey, 'person-7', place, pieces(plain, 10_007)));
    expect(streamKeyId(sealed)).toBe('person-7');
    for (const cut of [7777, 65_536, sealed.length]) {
      expect((await collect(decryptStream(dataKey, place, pieces(sealed, cut)))).equals(plain)).toBe(true);
    }
  },
);

test('an encrypted file that is cut, reordered, lengthened, altered or moved does not open', async () => {
  const sealed = await collect(encryptStream(dataKey, 'k', place, [randomBytes(3 * frame)]));
  const head = 3 + 16;
  const at = (index: number) => sealed.subarray(head + index * (frame + 16), head + (index + 1) * (frame + 16));
  const start = sealed.subarray(0, head);
  const altered = Buffer.from(sealed);
  altered[head + 5]! ^= 1;
  const bad = {
    'last frame missing': Buffer.concat([start, at(0), at(1)]),
    'cut inside a frame': sealed.subarray(0, sealed.length - 5),
    'nothing but the head': start,
    'cut inside the head': sealed.subarray(0, 9),
    'two frames swapped': Buffer.concat([start, at(1), at(0), at(2)]),
    'a frame doubled': Buffer.concat([start, at(0), at(0), at(1), at(2)]),
    'something appended': Buffer.concat([sealed, Buffer.alloc(40)]),
    'one bit altered': altered,
  };
  for (const [what, bytes] of Object.entries(bad)) {
    await expect(collect(decryptStream(dataKey, place, [bytes])), what).rejects.toThrow(crypto.CannotOpen);
  }
  await expect(collect(decryptStream(dataKey, { ...place, row: '2' }, [sealed]))).rejects.toThrow(crypto.CannotOpen);
});

test('any part of an encrypted file is read by itself, each frame proven', async () => {
  const plain = randomBytes(3 * frame + 500);
  const sealed = await collect(encryptStream(dataKey, 'person', place, [plain]));
  const read = async (from: number, to: number) => [sealed.subarray(from, to)];
  const part = (from: number, to: number, of = read) =>
    collect(decryptRange(dataKey, place, of, { from, to, length: plain.length }));
  for (const [from, to] of [
    [0, 1],
    [0, plain.length],
    [frame - 1, frame + 1],
    [frame, 2 * frame],
    [3 * frame, plain.length],
    [10, 10],
  ] as const)
    expect((await part(from, to)).equals(plain.subarray(from, to)), `${from}-${to}`).toBe(true);
  await expect(part(0, plain.length + 1)).rejects.toThrow(RangeError);
  const altered = Buffer.from(sealed);
  altered[altered.length - 20]! ^= 1;
  await expect(part(3 * frame, plain.length, async (from, to) => [altered.subarray(from, to)])).rejects.toThrow(
    crypto.CannotOpen,
  );
  // Cut off at a frame's end: the one before was not the last.
  const cut = sealed.subarray(0, sealed.length - 516);
  await expect(part(2 * frame, plain.length, async (from, to) => [cut.subarray(from, to)])).rejects.toThrow(
    crypto.CannotOpen,
  );
});
