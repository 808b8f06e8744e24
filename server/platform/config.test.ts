import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError, type Environment, readConfig } from './config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yilu-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const key = randomBytes(32).toString('base64');
const production = {
  DATABASE_URL: 'postgres://owner:a@db/yilu',
  DATABASE_APP_URL: 'postgres://app:b@db/yilu',
  YILU_KEYS: `k1=${key}`,
  YILU_SMS_URL: 'https://sms.example/send',
  YILU_SMS_SECRET: 'a secret of enough letters',
};

function problemsOf(env: Environment): readonly string[] {
  try {
    readConfig(env, folder);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('[contract 1] with nothing set it is a sandbox on 127.0.0.1:3000 with the embedded database', () => {
  const config = readConfig({}, folder);
  expect(config).toMatchObject({ mode: 'sandbox', host: '127.0.0.1', port: 3000, database: undefined, sms: undefined });
  expect(config.dataDir).toBe(join(folder, '.data'));
});

test('[contract 1] with DATABASE_URL it is production on all addresses', () => {
  const config = readConfig(production, folder);
  expect(config).toMatchObject({ mode: 'production', host: '0.0.0.0', warnings: [] });
  expect(config.loadKeys().current).toBe('k1');
  expect(readConfig({ ...production, YILU_MODE: 'sandbox' }, folder).mode).toBe('sandbox');
});

test('an official account at WeChat is named whole, with what stands in the fields of its messages', () => {
  const account = {
    YILU_WECHAT_APP_ID: 'wx0123456789abcdef',
    YILU_WECHAT_SECRET: 'a'.repeat(32),
    YILU_WECHAT_PAGES: 'https://member.example/',
  };
  const template = { YILU_WECHAT_TEMPLATE: 'tpl', YILU_WECHAT_FIELDS: 'thing1=text, time2=time' };
  expect(readConfig({ ...production, ...account, ...template }, folder).gateways.wechat).toMatchObject({
    pages: 'https://member.example',
    api: 'https://api.weixin.qq.com',
    template: { id: 'tpl', fields: { thing1: 'text', time2: 'time' } },
  });
  expect(readConfig(production, folder).gateways.wechat).toBeUndefined();
  const { YILU_WECHAT_SECRET: secret, ...half } = account;
  expect(problemsOf({ ...production, ...half })).toEqual([expect.stringContaining('YILU_WECHAT_SECRET is missing')]);
  const wrong = { YILU_WECHAT_PAGES: 'http://member.example/m', YILU_WECHAT_FIELDS: 'thing1=illness' };
  const found = problemsOf({ ...production, ...account, ...wrong }).join('\n');
  expect(found).toMatch(/YILU_WECHAT_PAGES.*\n.*YILU_WECHAT_TEMPLATE is missing.*\n.*YILU_WECHAT_FIELDS/);
  expect(found).not.toContain(secret);
});

test('the relay of calls and the system that opens are named whole or not at all', () => {
  const turn = {
    YILU_TURN_URLS: 'stun:t.example:3478, turns:t.example:443?transport=tcp',
    YILU_TURN_SECRET: 'a'.repeat(16),
  };
  expect(readConfig({ ...production, ...turn }, folder).turn?.urls).toEqual([
    'stun:t.example:3478',
    'turns:t.example:443?transport=tcp',
  ]);
  expect(readConfig(production, folder)).toMatchObject({ turn: undefined, gateways: {} });
  expect(problemsOf({ ...production, YILU_TURN_URLS: 'https://t.example' }).join('\n')).toMatch(
    /YILU_TURN_URLS.*\n.*YILU_TURN_SECRET/,
  );
  expect(problemsOf({ ...production, YILU_OPENING_URL: 'http://provider.example' }).join('\n')).toMatch(
    /YILU_OPENING_URL must be https.*\n.*YILU_OPENING_SECRET/,
  );
});

test('a process that only serves needs no owner’s login', () => {
  expect(readConfig({ ...production, DATABASE_URL: undefined }, folder).database?.ownerUrl).toBeUndefined();
});

test('every problem is told at once, each by name, without repeating a secret', () => {
  const problems = problemsOf({
    PORT: '70000',
    YILU_MODE: 'staging',
    DATABASE_URL: 'mysql://root:hunter2@db/yilu',
    YILU_KEYS: 'k1=c2hvcnQ=',
    YILU_SMS_URL: 'ftp://x',
    YILU_SMS_SECRET: 'short',
    YILU_INSURERS: 'Good One',
    YILU_LOG: 'loud',
  });
  for (const name of [
    'PORT',
    'YILU_MODE',
    'DATABASE_URL',
    'DATABASE_APP_URL',
    'YILU_KEYS',
    'YILU_SMS_URL',
    'YILU_SMS_SECRET',
    'YILU_INSURERS',
    'YILU_LOG',
  ]) {
    expect(problems.filter((problem) => problem.startsWith(name)).length, name).toBeGreaterThan(0);
  }
  expect(problems.join()).not.toMatch(/hunter2|c2hvcnQ/);
});

test('[contract 1] production refuses a key file that a sandbox made, and takes one made for it', () => {
  const sandbox = readConfig({}, folder);
  expect(sandbox.loadKeys().selfMade).toBe(true);
  expect(statSync(sandbox.keyFile).mode & 0o777).toBe(0o600);
  expect(sandbox.loadKeys().current).toBe(readConfig({}, folder).loadKeys().current);

  const { YILU_KEYS: _, ...withoutKeys } = production;
  expect(problemsOf(withoutKeys).join()).toContain('was made by a sandbox');
  writeFileSync(join(folder, 'own.json'), JSON.stringify({ current: 'a', keys: { a: key } }));
  expect(problemsOf({ ...withoutKeys, YILU_KEY_FILE: 'own.json' })).toEqual([]);
});

test('[contract 1] production refuses to start without keys and without a gateway for one-time codes', () => {
  const { YILU_KEYS: _k, YILU_SMS_URL: _u, YILU_SMS_SECRET: _s, ...bare } = production;
  const problems = problemsOf(bare);
  expect(problems).toHaveLength(2);
  expect(problems.join()).toMatch(/There are no keys.*without them no one-time code is sent/);
  expect(problemsOf({ ...production, YILU_SMS_URL: 'http://sms.example' })).toEqual([
    'YILU_SMS_URL must be https in production.',
  ]);
});

test('one login for both addresses is refused', () => {
  expect(problemsOf({ ...production, DATABASE_APP_URL: production.DATABASE_URL }).join()).toContain('owns nothing');
});
