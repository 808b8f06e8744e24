import { useEffect, useRef } from 'react';
import { m } from '../messages.ts';

/** The shared secret as a picture for the authenticator app, and as text for who cannot scan it. Drawn on the device. */
export function TotpSetUp({ otpauth }: { otpauth: string }) {
  const picture = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    void import('qrcode').then(({ default: QRCode }) => {
      if (picture.current) return QRCode.toCanvas(picture.current, otpauth, { margin: 1, width: 208 });
    });
  }, [otpauth]);
  const secret = new URL(otpauth).searchParams.get('secret') ?? '';
  return (
    <div className="stack" style={{ justifyItems: 'center', marginBottom: 12 }}>
      <p>{m.console_totp_setup()}</p>
      <canvas ref={picture} width={208} height={208} role="img" aria-label={m.console_totp_qr()} />
      <p className="meta">
        {m.console_totp_secret()} <code>{secret.replace(/(.{4})/g, '$1 ')}</code>
      </p>
    </div>
  );
}
