import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GatewayTarget } from '#server/gateways/signed-post.ts';
import type { WeChatSettings } from '#server/gateways/wechat.ts';
import { ensureKeyFile, type KeyRing, parseKeys, readKeyFile } from './keys.ts';
import type { Mode } from './migrate.ts';
import { readWeChat } from './wechat-config.ts';

/** Everything this program takes from its environment. */
export interface Config {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  /** `undefined`: start the embedded PostgreSQL in `dataDir`. */
  readonly database: { readonly ownerUrl: string | undefined; readonly appUrl: string } | undefined;
  /** Absolute; embedded database, papers, key file and seal log live under it. */
  readonly dataDir: string;
  readonly keyFile: string;
  /** The ring, read; in the sandbox made at the first call. */
  readonly loadKeys: () => KeyRing;
  /** File outside the database to which every seal of the audit is appended. */
  readonly sealLog: string;
  /** Where one-time codes and messages go; `undefined` in a sandbox: they stay in its message viewer. */
  readonly sms: { readonly url: string; readonly secret: string } | undefined;
  /** Systems outside, where there are any: the hospital's own, the insurer's claims, the provider's that opens a service, the official account at WeChat. */
  readonly gateways: {
    readonly hospital?: GatewayTarget;
    readonly claims?: GatewayTarget;
    readonly opening?: GatewayTarget;
    readonly wechat?: WeChatSettings;
  };
  /** PEM of the authority that signs consents, certificate and key; made by a sandbox; `undefined`: consents are signed on paper. */
  readonly signingFile: string | undefined;
  /** The relay of video calls, coturn with `use-auth-secret`; `undefined`: browsers connect directly or not at all. */
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | undefined;
  /** Codes of the insurers that this process serves; `undefined`: all in the database. */
  readonly insurers: readonly string[] | undefined;
  readonly logLevel: string;
  /** Worth a line at start; nothing that stops it. */
  readonly warnings: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the environment, each with what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/**
 * Reads the environment, once, at start. Relative paths count from `folder` (the project). Throws ConfigError with
 * all problems at once. Changes nothing on disk. `need: 'database'` asks for nothing but the logins (migrating).
 */
export function readConfig(env: Environment, folder: string, need: 'everything' | 'database' = 'everything'): Config {
  const problems: string[] = [];
  const warnings: string[] = [];
  const read = (name: string): string | undefined => env[name]?.trim() || undefined;

  const ownerUrl = readDatabaseUrl('DATABASE_URL');
  const appUrl = readDatabaseUrl('DATABASE_APP_URL');
  const ownServer = read('DATABASE_URL') !== undefined || read('DATABASE_APP_URL') !== undefined;
  if (ownServer && read('DATABASE_APP_URL') === undefined) {
    problems.push(
      'DATABASE_APP_URL is missing: DATABASE_URL is the owner and never serves; give the login of the application.',
    );
  }
  if (ownerUrl && appUrl && new URL(ownerUrl).username === new URL(appUrl).username) {
    problems.push(
      'DATABASE_APP_URL has the same user as DATABASE_URL: the application needs a login that owns nothing.',
    );
  }

  const mode = readChoice('YILU_MODE', ['sandbox', 'production'], ownServer ? 'production' : 'sandbox') as Mode;
  if (mode === 'production' && !ownServer) {
    warnings.push(
      'Production on the embedded PostgreSQL: set DATABASE_URL and DATABASE_APP_URL to a server you maintain.',
    );
  }
  const dataDir = resolve(folder, read('YILU_DATA') ?? '.data');
  const keyFile = resolve(folder, read('YILU_KEY_FILE') ?? join(dataDir, 'keys.json'));
  // Migrating touches no sealed value and sends nothing: an owner who only migrates holds neither keys nor gateway.
  const loadKeys = need === 'database' ? () => parseKeys('') : readKeys();
  const sms = need === 'database' ? undefined : readSms();
  const gateways = need === 'database' ? {} : readGateways();
  const signingFile = readSigningFile();
  const turn = readTurn();
  const insurers = readInsurers();
  const config: Config = {
    mode,
    host: read('HOST') ?? (mode === 'sandbox' ? '127.0.0.1' : '0.0.0.0'),
    port: readPort(),
    database: ownServer ? { ownerUrl, appUrl: appUrl ?? '' } : undefined,
    dataDir,
    keyFile,
    loadKeys,
    sealLog: resolve(folder, read('YILU_SEAL_LOG') ?? join(dataDir, 'seals.log')),
    sms,
    gateways,
    signingFile,
    turn,
    insurers,
    logLevel: readChoice('YILU_LOG', logLevels, 'info'),
    warnings,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;

  function readDatabaseUrl(name: string): string | undefined {
    const value = read(name);
    if (value === undefined) return undefined;
    const url = URL.parse(value);
    if (!url || !['postgres:', 'postgresql:'].includes(url.protocol) || !url.username) {
      // The value holds a password and is not repeated.
      problems.push(`${name} is not a PostgreSQL address: write postgres://user:password@host:5432/database.`);
      return undefined;
    }
    return value;
  }

  function readChoice(name: string, choices: readonly string[], otherwise: string): string {
    const value = read(name) ?? otherwise;
    if (choices.includes(value)) return value;
    problems.push(`${name} is "${value}": choose one of ${choices.join(', ')}.`);
    return otherwise;
  }

  function readPort(): number {
    const value = read('PORT') ?? '3000';
    const port = Number(value);
    // 0 asks the system for a free one, as tests do.
    if (/^\d+$/.test(value) && port <= 65_535) return port;
    problems.push(`PORT is "${value}": give a number from 0 to 65535.`);
    return 3000;
  }

  function readKeys(): () => KeyRing {
    const inline = read('YILU_KEYS');
    const given = inline !== undefined || existsSync(keyFile);
    if (!given && mode === 'sandbox' && read('YILU_KEY_FILE') === undefined) return () => ensureKeyFile(keyFile);
    if (!given) {
      problems.push(
        read('YILU_KEY_FILE') === undefined
          ? 'There are no keys: set YILU_KEYS (id=base64 of 32 bytes) or YILU_KEY_FILE; production makes none itself.'
          : `YILU_KEY_FILE: there is no file ${keyFile}.`,
      );
      return () => parseKeys('');
    }
    try {
      const ring = inline === undefined ? readKeyFile(keyFile) : parseKeys(inline);
      if (mode === 'production' && ring.selfMade) {
        problems.push(
          `The key file ${keyFile} was made by a sandbox: give production keys of its own (YILU_KEYS or YILU_KEY_FILE).`,
        );
      }
      return () => ring;
    } catch (error) {
      problems.push(inline === undefined ? (error as Error).message : `YILU_KEYS: ${(error as Error).message}`);
      return () => parseKeys('');
    }
  }

  function readSms(): Config['sms'] {
    const [url, secret] = [read('YILU_SMS_URL'), read('YILU_SMS_SECRET')];
    if (url === undefined && secret === undefined) {
      if (mode === 'production')
        problems.push('YILU_SMS_URL and YILU_SMS_SECRET are missing: without them no one-time code is sent.');
      return undefined;
    }
    return checkGateway('YILU_SMS', url, secret, 'every message');
  }

  function readGateway(name: string, signs: string): { url: string; secret: string } | undefined {
    const [url, secret] = [read(`${name}_URL`), read(`${name}_SECRET`)];
    return url === undefined && secret === undefined ? undefined : checkGateway(name, url, secret, signs);
  }

  function checkGateway(name: string, url: string | undefined, secret: string | undefined, signs: string) {
    const parsed = URL.parse(url ?? '');
    const near = parsed?.hostname === 'localhost' || parsed?.hostname === '127.0.0.1';
    if (!parsed || !['http:', 'https:'].includes(parsed.protocol))
      problems.push(`${name}_URL is not an http(s) address.`);
    else if (mode === 'production' && parsed.protocol !== 'https:' && !near)
      problems.push(`${name}_URL must be https in production.`);
    if ((secret ?? '').length < 16) problems.push(`${name}_SECRET needs 16 characters or more: it signs ${signs}.`);
    return { url: url ?? '', secret: secret ?? '' };
  }

  function readGateways(): Config['gateways'] {
    const hospital = readGateway('YILU_HOSPITAL', 'every call');
    const claims = readGateway('YILU_CLAIMS', 'every call');
    const opening = readGateway('YILU_OPENING', 'every opening');
    const wechat = readWeChat(read, mode, problems);
    return {
      ...(hospital ? { hospital } : {}),
      ...(claims ? { claims } : {}),
      ...(opening ? { opening } : {}),
      ...(wechat ? { wechat } : {}),
    };
  }

  function readTurn(): Config['turn'] {
    const urls = read('YILU_TURN_URLS')
      ?.split(',')
      .map((url) => url.trim());
    const secret = read('YILU_TURN_SECRET');
    if (urls === undefined && secret === undefined) return undefined;
    const bad = (urls ?? ['']).filter((url) => !/^(turns?|stuns?):[^\s?]+(\?transport=(udp|tcp))?$/.test(url));
    if (bad.length > 0)
      problems.push(
        `YILU_TURN_URLS: "${bad.join('", "')}" is no address such as turn:turn.example.com:3478?transport=udp.`,
      );
    if ((secret ?? '').length < 16)
      problems.push('YILU_TURN_SECRET needs 16 characters or more: the static-auth-secret of coturn.');
    return { urls: urls ?? [], secret: secret ?? '' };
  }

  function readSigningFile(): string | undefined {
    const given = read('YILU_SIGNING_CA');
    if (given === undefined) return mode === 'sandbox' ? join(dataDir, 'signing-ca.pem') : undefined;
    const path = resolve(folder, given);
    if (!existsSync(path)) problems.push(`YILU_SIGNING_CA: there is no file ${path}.`);
    return path;
  }

  function readInsurers(): readonly string[] | undefined {
    const codes = read('YILU_INSURERS')
      ?.split(',')
      .map((code) => code.trim());
    const bad = codes?.filter((code) => !/^[a-z0-9-]{1,32}$/.test(code)) ?? [];
    if (bad.length > 0)
      problems.push(
        `YILU_INSURERS: "${bad.join('", "')}" is no code of an insurer (a-z, 0-9, -; separated by commas).`,
      );
    return codes;
  }
}
