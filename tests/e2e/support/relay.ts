/** Relays for a call between two pages that may not reach each other directly: one at a time, on the port the server names. */
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { TURN } from './test-env.ts';

export type RelayKind = 'node-turn' | 'coturn';

/** What takes over when the first relay is gone: the one of production, where this machine has it. */
export const SECOND: RelayKind = spawnSync('turnserver', ['--version']).error ? 'node-turn' : 'coturn';

/** The password that goes with a name: what coturn computes for itself, and a server that computes it otherwise is refused. */
const credentialOf = (username: string) => createHmac('sha1', TURN.secret).update(username).digest('base64');

export class Relay {
  readonly #port: number;
  readonly #names = new Set<string>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'yilu-turn-'));
  #kind: RelayKind = 'node-turn';
  #child: ChildProcess | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  async start(kind: RelayKind): Promise<void> {
    this.#kind = kind;
    if (kind === 'node-turn') {
      this.#child = fork(resolve(import.meta.dirname, 'turn-server.ts'), [String(this.#port)]);
      await once(this.#child, 'message');
      for (const name of this.#names) await this.#tell(name);
      return;
    }
    const options = [
      ...['-n', '--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${this.#port}`],
      ...['--min-port=49500', '--max-port=49900', '--realm=yilu', '--use-auth-secret', '--fingerprint'],
      ...[`--static-auth-secret=${TURN.secret}`, '--no-tls', '--no-dtls', '--no-cli', '--allow-loopback-peers'],
      ...[`--pidfile=${join(this.#folder, 'pid')}`, `--userdb=${join(this.#folder, 'db')}`, '--log-file=stdout'],
    ];
    this.#child = spawn('turnserver', options, { stdio: 'ignore' });
    await setTimeout(1000);
  }

  /** Forces the page's calls through the relay, and lets in whom our server named to it. */
  async takes(page: Page): Promise<void> {
    await page.addInitScript(() => {
      const Direct = RTCPeerConnection;
      const only = (configuration?: RTCConfiguration) => ({ ...configuration, iceTransportPolicy: 'relay' as const });
      window.RTCPeerConnection = class extends Direct {
        constructor(configuration?: RTCConfiguration) {
          super(only(configuration));
        }
        override setConfiguration(configuration?: RTCConfiguration) {
          super.setConfiguration(only(configuration));
        }
      };
    });
    await page.route('**/api/video/rooms/*/ice', async (route) => {
      const response = await route.fetch();
      const { iceServers } = (await response.json()) as { iceServers: { username?: string }[] };
      for (const { username } of iceServers) if (username) await this.#admit(username);
      await route.fulfill({ response });
    });
  }

  async #admit(username: string): Promise<void> {
    if (this.#names.has(username)) return;
    this.#names.add(username);
    if (this.#kind === 'node-turn') await this.#tell(username);
  }

  async #tell(username: string): Promise<void> {
    const child = this.#child;
    if (!child?.connected) return;
    child.send({ username, credential: credentialOf(username) });
    await once(child, 'message');
  }

  /** Pulls its plug: nothing that goes through it arrives any more. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
