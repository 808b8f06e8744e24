/**
 * Electronic signatures (Electronic Signature Law 13): a certificate for this one signature, a key that exists for this
 * one signature, a detached CMS over the document's bytes (RFC 5652), and a check that shows any change afterwards.
 * The authority is a file with certificate and key: the sandbox makes its own at the first start and writes 演示证书
 * into every certificate; production has the one it is given, or none, and then consents are signed on paper.
 */
import { webcrypto } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as asn1js from 'asn1js';
import {
  Attribute,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  ContentInfo,
  CryptoEngine,
  EncapsulatedContentInfo,
  Extension,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  setEngine,
} from 'pkijs';
import type { Config } from '#server/platform/config.ts';

export type Signed = {
  /** DER of the detached CMS, with the signer's certificate in it. */
  readonly cms: Buffer;
  /** PEM of the certificate that issued the signer's. */
  readonly authority: string;
  /** The signer's certificate: its number, and whether it says that it is a demonstration. */
  readonly certificate: string;
  readonly demonstration: boolean;
};
export type Verified = { state: 'intact' | 'altered' };
export interface SigningGateway {
  /** PEM of the authority's certificate. */
  readonly authority: string;
  /** Signs in the name of a person whose identity was checked just now. `at`: business time, part of what is signed. */
  sign(input: { document: Buffer; signer: string; at: Date }): Promise<Signed>;
}

const DEMONSTRATION = '演示证书 demonstration certificate';
const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const YEAR_MS = 365 * 86_400_000;
const OID = {
  commonName: '2.5.4.3',
  unit: '2.5.4.11',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
} as const;

setEngine('yilu', new CryptoEngine({ name: 'yilu', crypto: webcrypto as never }));

type Authority = { certificate: Certificate; key: webcrypto.CryptoKey; pem: string; demonstration: boolean };

/** The gateway as configured; null: there is no authority, and consents are signed on paper. */
export async function openSigning(config: Pick<Config, 'mode' | 'signingFile'>): Promise<SigningGateway | null> {
  const path = config.signingFile;
  if (path === undefined) return null;
  if (config.mode === 'sandbox' && !existsSync(path)) await makeAuthority(path);
  const authority = await readAuthority(path);
  if (config.mode === 'production' && authority.demonstration)
    throw new Error(`The signing authority ${path} was made by a sandbox: give production one of its own.`);
  return { authority: authority.pem, sign: (input) => sign(authority, input) };
}

async function sign(
  authority: Authority,
  { document, signer, at }: { document: Buffer; signer: string; at: Date },
): Promise<Signed> {
  // The key lives for this one signature and is never written down.
  const keys = await webcrypto.subtle.generateKey(EC, false, ['sign', 'verify']);
  const certificate = await issue({
    subject: [[OID.commonName, signer], ...(authority.demonstration ? [[OID.unit, DEMONSTRATION] as const] : [])],
    issuer: authority.certificate,
    publicKey: keys.publicKey,
    signWith: authority.key,
    from: new Date(at.getTime() - 3_600_000),
    to: new Date(at.getTime() + 30 * YEAR_MS),
    authority: false,
  });
  const digest = await webcrypto.subtle.digest('SHA-256', document);
  const signed = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.data }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        signedAttrs: new SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            new Attribute({ type: OID.contentType, values: [new asn1js.ObjectIdentifier({ value: OID.data })] }),
            new Attribute({ type: OID.signingTime, values: [new asn1js.UTCTime({ valueDate: at })] }),
            new Attribute({ type: OID.messageDigest, values: [new asn1js.OctetString({ valueHex: digest })] }),
          ],
        }),
      }),
    ],
    certificates: [certificate],
  });
  await signed.sign(keys.privateKey as never, 0, 'SHA-256', bytesOf(document));
  const content = new ContentInfo({ contentType: OID.signedData, content: signed.toSchema(true) });
  return {
    cms: Buffer.from(content.toSchema().toBER(false)),
    authority: authority.pem,
    certificate: Buffer.from(certificate.serialNumber.valueBlock.valueHexView).toString('hex'),
    demonstration: authority.demonstration,
  };
}

/** Holds a document against its signature; anything that does not fit, or cannot be read, is `altered`. */
export async function verifySignature(document: Buffer, cms: Buffer, authority: string, at: Date): Promise<Verified> {
  try {
    const content = ContentInfo.fromBER(bytesOf(cms));
    const signed = new SignedData({ schema: content.content });
    const ok = await signed.verify({
      signer: 0,
      data: bytesOf(document),
      trustedCerts: [Certificate.fromBER(bytesOf(derOf(authority, 'CERTIFICATE')))],
      checkChain: true,
      checkDate: at,
    });
    return { state: ok ? 'intact' : 'altered' };
  } catch {
    return { state: 'altered' };
  }
}

async function issue(ask: {
  subject: readonly (readonly [type: string, value: string])[];
  issuer: Certificate | null;
  publicKey: webcrypto.CryptoKey;
  signWith: webcrypto.CryptoKey;
  from: Date;
  to: Date;
  authority: boolean;
}): Promise<Certificate> {
  const certificate = new Certificate({ version: 2 });
  const number = webcrypto.getRandomValues(new Uint8Array(16));
  // A positive number that needs no leading zero byte.
  number[0] = (number[0]! & 0x3f) | 0x40;
  certificate.serialNumber = new asn1js.Integer({ valueHex: number.buffer });
  certificate.subject.typesAndValues.push(
    ...ask.subject.map(([type, value]) => new AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) })),
  );
  certificate.issuer = ask.issuer ? ask.issuer.subject : certificate.subject;
  // RFC 5280 4.1.2.5: whole seconds, and years from 2050 on are GeneralizedTime.
  certificate.notBefore.value = wholeSecond(ask.from);
  certificate.notAfter.value = wholeSecond(ask.to);
  for (const time of [certificate.notBefore, certificate.notAfter])
    if (time.value.getUTCFullYear() >= 2050) time.type = 1;
  const usage = new asn1js.BitString({
    valueHex: Uint8Array.of(ask.authority ? 0x06 : 0xc0).buffer,
    unusedBits: ask.authority ? 1 : 6,
  });
  certificate.extensions = [
    new Extension({
      extnID: OID.basicConstraints,
      critical: true,
      extnValue: new BasicConstraints({ cA: ask.authority }).toSchema().toBER(false),
    }),
    new Extension({ extnID: OID.keyUsage, critical: true, extnValue: usage.toBER(false) }),
  ];
  await certificate.subjectPublicKeyInfo.importKey(ask.publicKey as never);
  await certificate.sign(ask.signWith as never, 'SHA-256');
  return certificate;
}

/** The sandbox's own authority, made once with mode 0600; two first starts at once end with one file. */
async function makeAuthority(path: string): Promise<void> {
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const certificate = await issue({
    subject: [
      [OID.commonName, 'Yilu sandbox signing authority'],
      [OID.unit, DEMONSTRATION],
    ],
    issuer: null,
    publicKey: keys.publicKey,
    signWith: keys.privateKey,
    from: new Date(Date.UTC(2020, 0, 1)),
    to: new Date(Date.UTC(2099, 11, 31)),
    authority: true,
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}`;
  writeFileSync(
    partial,
    pemOf('CERTIFICATE', Buffer.from(certificate.toSchema(true).toBER(false))) + pemOf('PRIVATE KEY', key),
    { mode: 0o600 },
  );
  try {
    linkSync(partial, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}

async function readAuthority(path: string): Promise<Authority> {
  try {
    const text = readFileSync(path, 'utf8');
    const der = derOf(text, 'CERTIFICATE');
    const certificate = Certificate.fromBER(bytesOf(der));
    const key = await webcrypto.subtle.importKey('pkcs8', derOf(text, 'PRIVATE KEY'), EC, false, ['sign']);
    const demonstration = certificate.subject.typesAndValues.some(
      ({ value }) => String((value as asn1js.Utf8String).valueBlock.value) === DEMONSTRATION,
    );
    return { certificate, key, pem: pemOf('CERTIFICATE', der), demonstration };
  } catch (cause) {
    throw new Error(
      `The signing authority ${path} cannot be read: it holds a PEM certificate and its PKCS#8 key on P-256.`,
      { cause },
    );
  }
}

const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);
const pemOf = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;
function derOf(pem: string, label: string): Buffer {
  const found = new RegExp(`-----BEGIN ${label}-----([\\s\\S]+?)-----END ${label}-----`).exec(pem)?.[1];
  if (!found) throw new Error(`There is no ${label} in it`);
  return Buffer.from(found, 'base64');
}
/** The bytes alone: a Buffer may be a window on a larger memory. */
const bytesOf = (buffer: Buffer): ArrayBuffer =>
  buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) as ArrayBuffer;
