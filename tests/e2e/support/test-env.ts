import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const WEIGHTS = ['400Regular', '500Medium', '600SemiBold', '700Bold'];
const FAMILIES = ['sans-serif', 'serif', 'monospace', 'system-ui'];

/** The environment under which the browser finds Chinese glyphs on a machine without such fonts. */
export function fontEnv(): { FONTCONFIG_FILE: string } {
  if (process.env.FONTCONFIG_FILE) return { FONTCONFIG_FILE: process.env.FONTCONFIG_FILE };
  const root = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
  const folder = resolve('.cache/fonts');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'fonts.conf');
  const folders = WEIGHTS.map((weight) => `<dir>${join(root, weight)}</dir>`).join('');
  const aliases = FAMILIES.map(
    (family) => `<alias><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
  ).join('');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${folder}</cachedir>${aliases}</fontconfig>`,
  );
  return { FONTCONFIG_FILE: file };
}

/** The secret that the server's short-lived names at the relay are made with, and the port above the server's own. */
export const TURN = { secret: 'of-the-browser-tests', portAbove: 10 };

/** WeChat of the browser tests: played by the test that needs it, on a port above the server's own. */
export const WECHAT = { portAbove: 20, token: 'standin1', secret: 'the-secret-of-the-stand-in' };

/**
 * Arguments under which Chromium starts as root in a container and asks nothing of the network by itself; its camera
 * and microphone are drawn, and allowed without a question.
 */
export const CHROMIUM_ARGS = [
  // Few pictures a second: they are packed and unpacked four times over on the machine of the tests.
  '--use-fake-device-for-media-stream=fps=10',
  '--use-fake-ui-for-media-stream',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
