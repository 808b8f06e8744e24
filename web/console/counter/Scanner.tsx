import { useEffect, useRef, useState } from 'react';
import { m } from '../messages.ts';

/** What some browsers have for reading barcodes from a picture; where it is missing the code is typed or scanned by a device. */
type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type WithDetector = { BarcodeDetector?: new (options: { formats: string[] }) => Detector };

export const canScan = (): boolean =>
  (window as WithDetector).BarcodeDetector !== undefined && navigator.mediaDevices !== undefined;

/** Reads one code with the phone's camera; the camera is let go as soon as this is closed. */
export function Scanner({ onCode }: { onCode: (code: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState(false);
  const heard = useRef(onCode);
  heard.current = onCode;
  useEffect(() => {
    let stream: MediaStream | undefined;
    let over = false;
    const Barcode = (window as WithDetector).BarcodeDetector;
    const detector = Barcode && new Barcode({ formats: ['code_128', 'data_matrix', 'qr_code', 'ean_13'] });
    const look = async () => {
      if (over || !video.current || !detector) return;
      const found = await detector.detect(video.current).catch(() => []);
      if (over) return;
      if (found[0]) heard.current(found[0].rawValue);
      else requestAnimationFrame(() => void look());
    };
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (over || !video.current) return stop();
      video.current.srcObject = stream;
      await video.current.play();
      await look();
    };
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    begin().catch(() => setFault(true));
    return () => {
      over = true;
      stop();
    };
  }, []);
  if (fault)
    return (
      <p className="fault" role="alert">
        {m.console_counter_no_camera()}
      </p>
    );
  return <video ref={video} className="scanner" muted playsInline aria-label={m.console_counter_scan()} />;
}
