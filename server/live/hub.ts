/** One LISTEN connection a process; what it hears goes to the open screens that may know of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '#server/platform/log.ts';
import { LIVE_CHANNEL, type LiveBatch, type LiveEvent } from './notify.ts';

/** One open screen. */
export type Subscriber = {
  insurer: string;
  /** Told of every event of the insurer; decides itself what may be said. */
  hear(event: LiveEvent): void;
  /** Something may have been missed: the screen is to come back and read anew. */
  close(): void;
};
export type LiveHub = {
  subscribe(subscriber: Subscriber): () => void;
  readonly size: number;
  stop(): Promise<void>;
};

const LONGEST_WAIT_MS = 15_000;

/**
 * Listens on a connection of its own (the application's login) until `stop`. When the connection breaks, every screen
 * is closed, because nobody knows what was missed, and the hub tries again.
 */
export async function openLiveHub(options: { appUrl: string; log: Logger }): Promise<LiveHub> {
  const subscribers = new Set<Subscriber>();
  let client: pg.Client | undefined;
  let stopped = false;

  const hear = (payload: string) => {
    const { insurer, events } = JSON.parse(payload) as LiveBatch;
    for (const subscriber of subscribers) {
      if (subscriber.insurer !== insurer) continue;
      for (const event of events) subscriber.hear(event);
    }
  };
  const listen = async () => {
    const next = new pg.Client({ connectionString: options.appUrl, application_name: 'yilu live', keepAlive: true });
    next.on('notification', ({ payload }) => payload && hear(payload));
    next.on('error', () => {}); // `end` follows and is what counts.
    await next.connect();
    await next.query(`listen ${LIVE_CHANNEL}`);
    next.once('end', () => void again());
    client = next;
  };
  const again = async () => {
    client = undefined;
    for (const subscriber of [...subscribers]) subscriber.close();
    for (let wait = 250; !stopped; wait = Math.min(LONGEST_WAIT_MS, wait * 2)) {
      try {
        return await listen();
      } catch (error) {
        options.log.warn({ err: error }, 'live updates are interrupted: the database does not answer');
        await sleep(wait);
      }
    }
  };

  await listen();
  return {
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    get size() {
      return subscribers.size;
    },
    async stop() {
      stopped = true;
      for (const subscriber of [...subscribers]) subscriber.close();
      await client?.end();
    },
  };
}
