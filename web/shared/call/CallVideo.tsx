import { useEffect, useRef, useState } from 'react';

interface CallVideoProps {
  stream: MediaStream | null;
  label: string;
  /** One's own picture makes no sound. */
  own?: boolean;
  className?: string;
  /** Shown where the browser plays sound only after a tap; called by it. */
  tap?: string;
}

/** A moving picture with its sound. Some phones draw nothing until `play` is called, and play no sound before a tap. */
export function CallVideo({ stream, label, own = false, className, tap }: CallVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [blocked, setBlocked] = useState(false);
  const play = () =>
    video.current?.play().then(
      () => setBlocked(false),
      (error: unknown) => setBlocked(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: played once for each stream
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream;
    if (stream) void play();
  }, [stream]);
  return (
    <>
      <video ref={video} className={className} autoPlay playsInline muted={own} aria-label={label} />
      {blocked && tap && (
        <button type="button" className="btn btn-primary" onClick={() => void play()}>
          {tap}
        </button>
      )}
    </>
  );
}
