/** One event stream to one screen: what could not be written yet is kept as a set, so that a slow screen costs little. */
import type { ServerResponse } from 'node:http';
import type { LiveKind } from './notify.ts';

/** A screen that is this far behind comes back and reads anew. */
const MOST_WAITING = 200;

export type EventStream = {
  /** Tells `event` with `data`; the same thing twice in a row waits only once. */
  tell(kind: LiveKind, id?: string): void;
  beat(): void;
  close(): void;
  readonly closed: boolean;
};

export function openEventStream(raw: ServerResponse, onClose: () => void): EventStream {
  const waiting = new Set<string>();
  let blocked = false;
  let closed = false;

  const close = () => {
    if (closed) return;
    closed = true;
    onClose();
    raw.end();
  };
  const write = (text: string) => {
    if (!closed && !raw.write(text)) blocked = true;
  };
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // Buffering proxies would hold the stream back.
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  });
  raw.on('close', close);
  raw.on('error', close);
  raw.on('drain', () => {
    blocked = false;
    for (const text of waiting) {
      if (blocked) return;
      waiting.delete(text);
      write(text);
    }
  });
  write(': yilu\n\n');

  return {
    tell(kind, id) {
      const text = `event: ${kind}\ndata: ${JSON.stringify(id === undefined ? {} : { id })}\n\n`;
      if (!blocked) return write(text);
      waiting.add(text);
      if (waiting.size > MOST_WAITING) raw.destroy();
    },
    beat() {
      if (!blocked) write(': beat\n\n');
    },
    close,
    get closed() {
      return closed;
    },
  };
}
