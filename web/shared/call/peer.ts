import type { PeerMessage } from './signalling.ts';

/** What the two sides see of the line between them. */
export type LineState = 'waiting' | 'connecting' | 'connected' | 'healing';

export interface PeerOptions {
  /** One fixed offerer, the doctor, so that two offers never cross. */
  offers: boolean;
  ice: () => Promise<RTCConfiguration>;
  stream: () => MediaStream;
  send: (message: PeerMessage) => void;
  onRemote: (stream: MediaStream) => void;
  onLine: (state: LineState) => void;
}

export interface Peer {
  /** The other side sat down, or came back: the offerer offers. */
  meet: () => void;
  hear: (message: PeerMessage) => void;
  /** A new way through the network, as after a change from Wi-Fi to mobile data. */
  heal: () => void;
  /** What is sent from now on; nothing while the camera is off. */
  replace: (kind: 'audio' | 'video', track: MediaStreamTrack | null) => void;
  stats: () => Promise<RTCStatsReport | undefined>;
  close: () => void;
}

/** A line that stutters mends itself within this time; after it a new way is looked for (milliseconds). */
const PATIENCE = 2000;
/** Between two tries to heal. */
const BETWEEN = 4000;

/** Whose connection a description is of: each has a certificate of its own. */
export function fingerprintOf(sdp: string | undefined): string | undefined {
  return /^a=fingerprint:(.+)$/m.exec(sdp ?? '')?.[1]?.trim();
}

/**
 * One side of a call. Messages are handled one after the other, candidates wait for the description that they belong to,
 * and a page that was loaded anew is known by its fingerprint: both sides then begin with a fresh connection.
 */
export function makePeer(options: PeerOptions): Peer {
  let connection: RTCPeerConnection | undefined;
  let early: RTCIceCandidateInit[] = [];
  let queue = Promise.resolve();
  let closed = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let lastHeal = 0;

  /** One thing at a time; what fails is healed like a broken line and stops nothing that comes after it. */
  const run = (task: () => Promise<void>) => {
    queue = queue.then(async () => {
      if (!closed) await task().catch(() => watch('failed'));
    });
  };

  const fresh = async (): Promise<RTCPeerConnection> => {
    if (connection) {
      connection.close();
      early = [];
    }
    const mine = new RTCPeerConnection(await options.ice());
    connection = mine;
    const remote = new MediaStream();
    const stream = options.stream();
    for (const track of stream.getTracks()) mine.addTrack(track, stream);
    // Without a camera of our own we still see the other side.
    if (options.offers)
      for (const kind of ['audio', 'video'] as const)
        if (!stream.getTracks().some((track) => track.kind === kind)) mine.addTransceiver(kind);
    mine.ontrack = ({ track }) => {
      remote.addTrack(track);
      options.onRemote(remote);
    };
    mine.onicecandidate = ({ candidate }) => {
      if (candidate && mine === connection) options.send({ type: 'candidate', candidate: candidate.toJSON() });
    };
    mine.oniceconnectionstatechange = () => mine === connection && watch(mine.iceConnectionState);
    options.onLine('connecting');
    return mine;
  };

  const offer = async (mine: RTCPeerConnection, iceRestart: boolean) => {
    await mine.setLocalDescription(await mine.createOffer({ iceRestart }));
    options.send({ type: 'description', description: { type: 'offer', sdp: mine.localDescription!.sdp } });
  };

  const watch = (state: RTCIceConnectionState) => {
    clearTimeout(patience);
    if (closed) return;
    if (state === 'connected' || state === 'completed') options.onLine('connected');
    if (state !== 'disconnected' && state !== 'failed') return;
    options.onLine('healing');
    patience = setTimeout(heal, state === 'failed' ? 0 : PATIENCE);
  };

  const heal = () => {
    if (closed || !connection) return;
    clearTimeout(patience);
    // Tried again until the line is back: what was sent into a gap of the network is lost.
    patience = setTimeout(() => {
      if (connection && !['connected', 'completed'].includes(connection.iceConnectionState)) heal();
    }, BETWEEN);
    if (Date.now() - lastHeal < BETWEEN / 2) return;
    lastHeal = Date.now();
    if (!options.offers) options.send({ type: 'restart' });
    else
      run(async () => {
        const mine = connection;
        if (!mine) return;
        // The short-lived name at the relay may be over by now; without a new one the old is tried.
        await options.ice().then(
          (configuration) => mine.setConfiguration(configuration),
          () => undefined,
        );
        await offer(mine, true);
      });
  };

  const take = async (description: { type: 'offer' | 'answer'; sdp: string }) => {
    const known = fingerprintOf(connection?.remoteDescription?.sdp);
    const other = known !== undefined && known !== fingerprintOf(description.sdp);
    if (description.type === 'answer') {
      if (connection?.signalingState !== 'have-local-offer') return;
      // Somebody who loaded the page anew answered an offer made to the page before.
      if (other) return offer(await fresh(), false);
      await connection.setRemoteDescription(description);
    } else {
      if (options.offers) return;
      const mine = !connection || other ? await fresh() : connection;
      await mine.setRemoteDescription(description);
    }
    const mine = connection!;
    for (const candidate of early.splice(0)) await mine.addIceCandidate(candidate).catch(() => undefined);
    if (description.type === 'offer') {
      // A camera switched on later needs no new agreement.
      for (const transceiver of mine.getTransceivers()) transceiver.direction = 'sendrecv';
      await mine.setLocalDescription();
      options.send({ type: 'description', description: { type: 'answer', sdp: mine.localDescription!.sdp } });
    }
  };

  return {
    meet: () => {
      if (!options.offers) return;
      run(async () => {
        if (connection) await offer(connection, true);
        else await offer(await fresh(), false);
      });
    },
    hear: (message) => {
      if (message.type === 'description') run(() => take(message.description));
      else if (message.type === 'candidate')
        run(async () => {
          // A candidate of a connection that is no more finds nothing that it belongs to.
          if (connection?.remoteDescription) await connection.addIceCandidate(message.candidate).catch(() => undefined);
          else early.push(message.candidate);
        });
      else if (message.type === 'restart' && options.offers) heal();
    },
    heal,
    replace: (kind, track) => {
      const found = connection?.getTransceivers().find(({ receiver }) => receiver.track.kind === kind);
      // What is not agreed on yet takes the stream as it is then.
      void found?.sender.replaceTrack(track).catch(() => undefined);
    },
    stats: async () => connection?.getStats(),
    close: () => {
      closed = true;
      clearTimeout(patience);
      connection?.close();
    },
  };
}
