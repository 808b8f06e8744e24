import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSigning, verifySignature } from './signing.ts';

const folder = mkdtempSync(join(tmpdir(), 'yilu-signing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const signingFile = join(folder, 'signing-ca.pem');
const at = new Date('2026-11-18T10:00:00.123+08:00');
const document = Buffer.from('知情同意书\n受检者：林小满\n', 'utf8');
const openssl = (...args: string[]) => {
  try {
    return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return `${(error as { stderr: string }).stderr}`;
  }
};

test('[2.4.1.3] openssl, a foreign tool, verifies a signature, names the signer and 演示证书, and rejects an altered document', async () => {
  const signing = (await openSigning({ mode: 'sandbox', signingFile }))!;
  const { cms, authority, demonstration } = await signing.sign({ document, signer: '林小满', at });
  expect(demonstration).toBe(true);
  for (const [name, content] of Object.entries({ 'a.p7s': cms, 'ca.pem': authority, 'a.txt': document }))
    writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, 'b.txt'), document.toString().replace('林小满', '林大满'));
  const file = (name: string) => join(folder, name);
  const verify = (content: string) =>
    openssl(
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      file('a.p7s'),
      '-content',
      file(content),
      '-CAfile',
      file('ca.pem'),
      '-purpose',
      'any',
      '-attime',
      String(Math.floor(at.getTime() / 1000)),
      '-signer',
      file('signer.pem'),
    );
  expect(verify('a.txt')).toContain('受检者：林小满');
  const subject = openssl('x509', '-in', file('signer.pem'), '-noout', '-subject', '-nameopt', 'utf8,sep_comma_plus');
  expect(subject).toContain('林小满');
  expect(subject).toContain('演示证书');
  expect(verify('b.txt')).toMatch(/digest|verification failure/i);
});

test('our own check says intact, and altered for another document, another signature or another authority', async () => {
  const signing = (await openSigning({ mode: 'sandbox', signingFile }))!;
  const { cms, authority } = await signing.sign({ document, signer: '林小满', at });
  expect((await verifySignature(document, cms, authority, at)).state).toBe('intact');
  expect((await verifySignature(Buffer.concat([document, Buffer.from(' ')]), cms, authority, at)).state).toBe(
    'altered',
  );
  const cut = Buffer.from(cms);
  cut[cut.length - 3]! ^= 1;
  expect((await verifySignature(document, cut, authority, at)).state).toBe('altered');
  const other = (await openSigning({ mode: 'sandbox', signingFile: join(folder, 'other.pem') }))!;
  const foreign = await other.sign({ document, signer: '林小满', at });
  expect((await verifySignature(document, cms, foreign.authority, at)).state).toBe('altered');
});

test('the sandbox makes its authority once, readable by its owner only; production takes none made by a sandbox, and none at all leaves paper', async () => {
  await openSigning({ mode: 'sandbox', signingFile });
  const before = readFileSync(signingFile, 'utf8');
  await openSigning({ mode: 'sandbox', signingFile });
  expect(readFileSync(signingFile, 'utf8')).toBe(before);
  expect(statSync(signingFile).mode & 0o777).toBe(0o600);
  await expect(openSigning({ mode: 'production', signingFile })).rejects.toThrow('sandbox');
  expect(await openSigning({ mode: 'production', signingFile: undefined })).toBeNull();
  await expect(openSigning({ mode: 'production', signingFile: join(folder, 'none.pem') })).rejects.toThrow(
    'cannot be read',
  );
});
