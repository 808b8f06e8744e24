import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSigning } from '#server/gateways/signing.ts';
import { isIntact, signDocument } from './sign.ts';

const folder = mkdtempSync(join(tmpdir(), 'yilu-sign-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = new Date('2026-11-18T02:00:00Z');
const bytes = Buffer.from('%PDF-1.7 …');
const hash = (of: Buffer) => createHash('sha256').update(of).digest('hex');

test('a signature holds for this document, signer and moment, and for no other', async () => {
  const signing = await openSigning({ mode: 'sandbox', signingFile: join(folder, 'authority.pem') });
  const signature = await signDocument({ signing }, { bytes, signer: '示例医生甲', at });
  expect(signature).toMatchObject({ sha256: hash(bytes), demonstration: true });
  expect(await isIntact(hash(bytes), signature)).toBe(true);
  expect(await isIntact(hash(Buffer.concat([bytes, Buffer.of(1)])), signature)).toBe(false);
  expect(await isIntact(hash(bytes), { ...signature, signer: '示例医生乙' })).toBe(false);
  expect(await isIntact(hash(bytes), { ...signature, at: '2026-11-19T02:00:00.000Z' })).toBe(false);
});

test('without an authority nothing is signed, and the reason is told', async () => {
  await expect(signDocument({ signing: null }, { bytes, signer: '示例医生甲', at })).rejects.toMatchObject({
    code: 'not-possible-now',
  });
});
