/** Where the page runs, as far as it decides how a camera is allowed again. */
export type Surroundings = 'wechat-ios' | 'wechat-android' | 'ios' | 'android' | 'desktop';

/** Why there is no picture or sound of one's own. */
export type DeviceFault =
  | 'denied' /* the person or the system said no */
  | 'missing' /* there is no camera, or no microphone */
  | 'busy' /* another program holds it */
  | 'insecure' /* the page was not loaded over https */
  | 'unsupported'; /* the browser cannot, as an old WeChat */

/** From the name that the browser gives itself. */
export function surroundingsOf(userAgent: string): Surroundings {
  const wechat = /MicroMessenger/i.test(userAgent);
  if (/iPhone|iPad|iPod/i.test(userAgent)) return wechat ? 'wechat-ios' : 'ios';
  if (/Android/i.test(userAgent)) return wechat ? 'wechat-android' : 'android';
  return 'desktop';
}

/** The browser's error in our vocabulary. */
export function faultOf(error: unknown): DeviceFault {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError' || name === 'PermissionDeniedError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError' || name === 'DevicesNotFoundError') return 'missing';
  if (name === 'NotReadableError' || name === 'AbortError' || name === 'TrackStartError') return 'busy';
  return 'unsupported';
}

/** What one's own side has: a stream with what could be opened, and why the rest could not. */
export interface Opened {
  stream: MediaStream;
  camera: DeviceFault | null;
  microphone: DeviceFault | null;
}

export type Facing = 'user' | 'environment';

const picture = (facing: Facing): MediaTrackConstraints => ({
  facingMode: facing,
  width: { ideal: 640 },
  height: { ideal: 480 },
});
const SOUND: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * Opens camera and microphone with one question to the person; where that fails, each by itself, so that a person
 * without a camera, or who will not be seen, still speaks. Throws nothing: what is missing is told.
 */
export async function openDevices(wanted: { camera: boolean; facing?: Facing }): Promise<Opened> {
  const none = (fault: DeviceFault): Opened => ({ stream: new MediaStream(), camera: fault, microphone: fault });
  if (!window.isSecureContext) return none('insecure');
  if (!navigator.mediaDevices?.getUserMedia) return none('unsupported');
  const video = picture(wanted.facing ?? 'user');
  if (wanted.camera) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND, video });
      return { stream, camera: null, microphone: null };
    } catch {
      // Which of the two it was is found by asking for each.
    }
  }
  const one = async (constraints: MediaStreamConstraints) => {
    try {
      return { tracks: (await navigator.mediaDevices.getUserMedia(constraints)).getTracks(), fault: null };
    } catch (error) {
      return { tracks: [], fault: faultOf(error) };
    }
  };
  const sound = await one({ audio: SOUND });
  const seen = wanted.camera ? await one({ video }) : { tracks: [], fault: null };
  return {
    stream: new MediaStream([...sound.tracks, ...seen.tracks]),
    camera: seen.fault,
    microphone: sound.fault,
  };
}

/** A camera by itself, as for changing between the front and the back of a phone. */
export async function openCamera(facing: Facing): Promise<MediaStreamTrack | DeviceFault> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: picture(facing) });
    return stream.getVideoTracks()[0] ?? 'missing';
  } catch (error) {
    return faultOf(error);
  }
}

/** Whether there is a second camera to change to. */
export async function hasTwoCameras(): Promise<boolean> {
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  return (devices ?? []).filter(({ kind }) => kind === 'videoinput').length > 1;
}

/** Lets go of camera and microphone, so that their lights go out. */
export function letGo(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
