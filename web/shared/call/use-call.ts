import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, get } from '../api.ts';
import { type DeviceFault, type Facing, letGo, openCamera } from './devices.ts';
import { type LineState, makePeer, type Peer } from './peer.ts';
import { judge, type Quality, type Reading, readStats } from './quality.ts';
import { connectSignalling, type Signalling, type SocketState } from './signalling.ts';
import { keepAwake } from './wake-lock.ts';

/** Why a call is over for this page. */
export type CallEnd = 'ended' | 'taken' | 'refused';

export interface Call {
  line: LineState;
  socket: SocketState;
  /** The other side is in the room. */
  peer: boolean;
  over: CallEnd | null;
  remote: MediaStream | null;
  /** One's own stream, another object whenever the camera in it changed. */
  picture: MediaStream;
  /** What the other side sends; null until it says so. */
  theirs: { microphone: boolean; camera: boolean } | null;
  quality: Quality | null;
  microphone: boolean;
  camera: boolean;
  cameraFault: DeviceFault | null;
  toggleMicrophone: () => void;
  toggleCamera: () => void;
  switchCamera: () => void;
}

/** How often the line is judged (milliseconds). */
const PACE = 2500;

/**
 * A seat in a room: the socket, the connection and one's own devices, from mounting until leaving. `stream` belongs to
 * the call from here on and is let go at its end. `offers` is the doctor's side.
 */
export function useCall(roomId: string, offers: boolean, stream: MediaStream): Call {
  const [line, setLine] = useState<LineState>('waiting');
  const [socket, setSocket] = useState<SocketState>('opening');
  const [there, setThere] = useState(false);
  const [over, setOver] = useState<CallEnd | null>(null);
  const [remote, setRemote] = useState<MediaStream | null>(null);
  const [theirs, setTheirs] = useState<Call['theirs']>(null);
  const [picture, setPicture] = useState(stream);
  const [quality, setQuality] = useState<Quality | null>(null);
  const [microphone, setMicrophone] = useState(() => stream.getAudioTracks().length > 0);
  const [camera, setCamera] = useState(() => stream.getVideoTracks().length > 0);
  const [cameraFault, setCameraFault] = useState<DeviceFault | null>(null);
  const facing = useRef<Facing>('user');
  const peer = useRef<Peer>(null);
  const signalling = useRef<Signalling>(null);
  const own = useRef({ microphone, camera });
  own.current = { microphone, camera };

  useEffect(() => {
    const path = `/api/video/rooms/${roomId}`;
    const side = makePeer({
      offers,
      ice: () => get<RTCConfiguration>(`${path}/ice`),
      stream: () => stream,
      send: (message) => seat.send(message),
      onRemote: (heard) => setRemote(new MediaStream(heard.getTracks())),
      onLine: setLine,
    });
    const finish = (why: CallEnd) => {
      setOver(why);
      seat.close();
      side.close();
      letGo(stream);
    };
    const tell = () => seat.send({ type: 'media', ...own.current });
    const seat = connectSignalling(`${path}/socket`, {
      state: (state) => {
        setSocket(state);
        // A browser does not tell why a socket was refused: the room's other address does, when there is no such room.
        if (state === 'lost')
          get(`${path}/ice`).catch((error) => {
            if (error instanceof ApiProblem && [401, 403, 404].includes(error.status)) finish('ended');
          });
      },
      message: (message) => {
        if (message.type === 'welcome' || message.type === 'peer') {
          const present = message.type === 'welcome' ? message.peer : message.present;
          setThere(present);
          if (!present) return;
          side.meet();
          tell();
        } else if (message.type === 'media') setTheirs({ microphone: message.microphone, camera: message.camera });
        else if (message.type === 'taken' || message.type === 'ended' || message.type === 'refused') {
          finish(message.type);
        } else if (message.type !== 'pong') side.hear(message);
      },
    });
    peer.current = side;
    signalling.current = seat;
    const awake = keepAwake();
    let before: Reading | undefined;
    const timer = setInterval(async () => {
      const report = await side.stats();
      if (!report) return;
      const now = readStats(report.values(), Date.now());
      setQuality(judge(before, now));
      before = now;
    }, PACE);
    // Wi-Fi to mobile data: the old way is dead before anything says so.
    const { connection } = navigator as { connection?: EventTarget };
    window.addEventListener('online', side.heal);
    connection?.addEventListener('change', side.heal);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', side.heal);
      connection?.removeEventListener('change', side.heal);
      awake();
      seat.close();
      side.close();
    };
  }, [roomId, offers, stream]);

  useEffect(() => signalling.current?.send({ type: 'media', microphone, camera }), [microphone, camera]);

  const show = useCallback(
    async (wanted: Facing | null) => {
      for (const track of stream.getVideoTracks()) {
        track.stop();
        stream.removeTrack(track);
      }
      const found = wanted ? await openCamera(wanted) : null;
      const track = found instanceof MediaStreamTrack ? found : null;
      if (track) stream.addTrack(track);
      peer.current?.replace('video', track);
      setCameraFault(typeof found === 'string' ? found : null);
      setPicture(new MediaStream(stream.getTracks()));
      setCamera(track !== null);
    },
    [stream],
  );

  return {
    line,
    socket,
    peer: there,
    over,
    remote,
    picture,
    theirs,
    quality,
    microphone,
    camera,
    cameraFault,
    toggleMicrophone: () => {
      for (const track of stream.getAudioTracks()) track.enabled = !microphone;
      setMicrophone(!microphone);
    },
    toggleCamera: () => void show(camera ? null : facing.current),
    switchCamera: () => {
      facing.current = facing.current === 'user' ? 'environment' : 'user';
      void show(facing.current);
    },
  };
}
