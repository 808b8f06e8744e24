import { waitBefore } from '../live.ts';

/** What the two seats of a room say to each other through the server; media never goes this way. */
export type PeerMessage =
  | { type: 'description'; description: { type: 'offer' | 'answer'; sdp: string } }
  | { type: 'candidate'; candidate: RTCIceCandidateInit }
  /** The member asks the doctor, who alone makes offers, for a new way through the network. */
  | { type: 'restart' }
  | { type: 'media'; microphone: boolean; camera: boolean };

/** What the server says by itself. */
export type ServerMessage =
  | { type: 'welcome'; seat: 'doctor' | 'member'; peer: boolean }
  | { type: 'peer'; present: boolean }
  /** Another page of the same person took the seat. */
  | { type: 'taken' }
  | { type: 'ended' }
  | { type: 'refused'; reason: string }
  | { type: 'pong' };

export type SocketState = 'opening' | 'open' | 'lost' | 'over';

export interface Signalling {
  /** Sends now or not at all: what was said into a gap is stale when it ends, and both sides begin anew. */
  send: (message: PeerMessage) => void;
  close: () => void;
}

const BEAT = 20_000;
/** Nothing heard for this long, though each beat is answered: the line is dead, whatever the browser thinks of it. */
const DEAD = 2.5 * BEAT;
/** After these nothing is tried again: the seat was taken, the room is over, or the server will not have us. */
const FINAL: readonly ServerMessage['type'][] = ['taken', 'ended', 'refused'];

/** Keeps a seat in a room: one socket that comes back by itself after a gap until the room is over. */
export function connectSignalling(
  path: string,
  on: { message: (message: PeerMessage | ServerMessage) => void; state: (state: SocketState) => void },
): Signalling {
  let socket: WebSocket | undefined;
  let beat: ReturnType<typeof setInterval> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let heard = 0;
  let over = false;

  const open = () => {
    clearTimeout(timer);
    if (over) return;
    on.state('opening');
    const mine = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')));
    socket = mine;
    mine.onopen = () => {
      failures = 0;
      heard = Date.now();
      on.state('open');
      clearInterval(beat);
      beat = setInterval(() => {
        if (Date.now() - heard > DEAD) mine.close();
        else mine.send('{"type":"ping"}');
      }, BEAT);
    };
    mine.onmessage = (event) => {
      heard = Date.now();
      const message = JSON.parse(String(event.data)) as PeerMessage | ServerMessage;
      if (FINAL.includes(message.type as ServerMessage['type'])) end();
      on.message(message);
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      clearInterval(beat);
      if (over) return;
      on.state('lost');
      timer = setTimeout(open, waitBefore(failures, Math.random()) / 2);
      failures += 1;
    };
  };
  const end = () => {
    over = true;
    clearInterval(beat);
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', again);
    window.removeEventListener('online', again);
    on.state('over');
  };
  // A phone freezes pages in the background, and a change of network is told before the socket notices it.
  const again = () => {
    if (document.visibilityState !== 'visible' || over) return;
    if (socket?.readyState === WebSocket.CLOSED || socket?.readyState === WebSocket.CLOSING) {
      failures = 0;
      open();
    }
  };
  document.addEventListener('visibilitychange', again);
  window.addEventListener('online', again);
  open();
  return {
    send: (message) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: () => {
      if (!over) end();
      socket?.close();
    },
  };
}
