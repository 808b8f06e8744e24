import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readText } from './files.ts';

type Locked = {
  version?: string;
  resolved?: string;
  integrity?: string;
  /** Comes inside its parent's archive, whose digest covers it. */
  inBundle?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  link?: boolean;
};
type Manifest = {
  version?: string;
  license?: string | { type?: string };
  licenses?: { type?: string }[];
  allowScripts?: Record<string, boolean>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

const own = JSON.parse(readText('package.json')) as Manifest;
const lock = JSON.parse(readText('package-lock.json')) as { lockfileVersion: number; packages: Record<string, Locked> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Licences we take: permissive ones, and weak copyleft for libraries that stay files of their own. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Zlib',
]);

/** Packages that forgot the field, with the licence their repository states. Development only. */
const SAYS_NOTHING: Readonly<Record<string, string>> = {
  '@inlang/plugin-message-format': 'Apache-2.0',
  'sqlite-wasm-kysely': 'MIT',
};

/** `A OR B` needs one allowed, `A AND B` all. */
const isAllowed = (expression: string): boolean =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => ALLOWED.has(one.trim())));

function licenceOf(path: string): string | undefined {
  const manifest = JSON.parse(readText(`${path}/package.json`)) as Manifest;
  const { license, licenses } = manifest;
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? SAYS_NOTHING[nameOf(path)];
}

test('every installed package states a licence on the allow-list', () => {
  const wrong = locked
    .filter(([path, { link }]) => !link && existsSync(`${path}/package.json`))
    .flatMap(([path]) => {
      const licence = licenceOf(path);
      return licence && isAllowed(licence) ? [] : [`${nameOf(path)}: ${licence ?? 'none'}`];
    });
  expect(wrong).toEqual([]);
});

// Only packages for other machines may be missing; anything else means the lockfile and node_modules differ.
test('every package of the lockfile is installed in the locked version', () => {
  const wrong = locked.flatMap(([path, entry]) => {
    if (!existsSync(`${path}/package.json`)) return entry.optional ? [] : [`${path} is not installed`];
    const { version } = JSON.parse(readText(`${path}/package.json`)) as Manifest;
    return version === entry.version ? [] : [`${path} is ${version}, locked ${entry.version}`];
  });
  expect(wrong).toEqual([]);
});

test('install scripts run only where package.json names them', () => {
  const withScripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  const named = Object.entries(own.allowScripts ?? {})
    .filter(([, allowed]) => allowed)
    .map(([name]) => name);
  expect(withScripts.filter((name) => !named.includes(name))).toEqual([]);
  expect(named.filter((name) => !withScripts.includes(name))).toEqual([]);
});

test('package.json asks for exact versions, and the lockfile has the same', () => {
  const asked = Object.entries({ ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies });
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  expect(asked.filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version)).toEqual([]);
});

test('the lockfile names no address of a registry, and every package its digest', () => {
  expect(lock.lockfileVersion).toBe(3);
  expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(
    locked.filter(([, { integrity, link, inBundle }]) => !integrity && !link && !inBundle).map(([path]) => path),
  ).toEqual([]);
});
