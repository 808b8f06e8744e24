import { Check, CircleAlert, Mic, Video, Volume2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { CallVideo } from '../../../shared/call/CallVideo.tsx';
import { type DeviceFault, letGo, type Opened, openDevices, surroundingsOf } from '../../../shared/call/devices.ts';
import { listenTo, playTones } from '../../../shared/call/sound.ts';
import { m } from '../../../shared/paraglide/messages.js';
import { repairHint } from './device-hints.ts';

/** Camera, microphone and loudspeaker, tried before anybody waits; what does not work says how to mend it. */
export function DeviceCheck() {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [asking, setAsking] = useState(false);
  const [level, setLevel] = useState(0);
  const [heard, setHeard] = useState<boolean | null>(null);
  useEffect(() => {
    if (!opened) return;
    const end = listenTo(opened.stream, setLevel);
    return () => {
      end();
      letGo(opened.stream);
    };
  }, [opened]);
  const ask = async () => {
    setAsking(true);
    letGo(opened?.stream);
    setOpened(await openDevices({ camera: true }));
    setAsking(false);
  };
  return (
    <>
      <p className="mt-3">{m.video_devices_lead()}</p>
      <Row icon={Video} name={m.video_camera()} fault={opened?.camera}>
        {opened && !opened.camera && (
          <CallVideo own stream={opened.stream} label={m.video_own()} className="mt-2 w-full rounded-xl bg-sunk" />
        )}
      </Row>
      <Row icon={Mic} name={m.video_microphone()} fault={opened?.microphone}>
        {opened && !opened.microphone && (
          <>
            <p className="mt-1 text-sm text-ink-2">{m.video_speak()}</p>
            <meter className="meter mt-1" aria-label={m.video_level()} value={level} />
          </>
        )}
      </Row>
      {!opened || opened.camera || opened.microphone ? (
        <button type="button" className="btn btn-ghost mt-3 w-full" disabled={asking} onClick={() => void ask()}>
          {asking ? m.video_allow_now() : opened ? m.retry() : m.video_check()}
        </button>
      ) : null}
      <Row icon={Volume2} name={m.video_speaker()} fault={undefined} fine={heard === true}>
        <div className="mt-2 flex flex-wrap gap-2">
          <button
            type="button"
            className="btn btn-ghost"
            onClick={() => void playTones().then((played) => setHeard(played ? null : false))}
          >
            {m.video_play()}
          </button>
          <button type="button" className="btn btn-ghost" onClick={() => setHeard(true)}>
            {m.video_heard()}
          </button>
          <button type="button" className="link" onClick={() => setHeard(false)}>
            {m.video_not_heard()}
          </button>
        </div>
        {heard === false && <p className="mt-1 text-soon">{m.video_speaker_hint()}</p>}
      </Row>
      <p className="mt-3 rounded-xl bg-brand-tint px-3 py-2">{m.video_without()}</p>
    </>
  );
}

interface RowProps {
  icon: typeof Video;
  name: string;
  /** Undefined while it was not tried. */
  fault: DeviceFault | null | undefined;
  fine?: boolean;
  children?: ReactNode;
}

function Row({ icon: Icon, name, fault, fine = fault === null, children }: RowProps) {
  return (
    <section className="card mt-3" aria-label={name}>
      <h3 className="flex items-center gap-2 font-semibold">
        <Icon aria-hidden className="size-5 flex-none" />
        <span className="flex-1">{name}</span>
        {fine && (
          <span className="chip bg-done-tint text-done">
            <Check aria-hidden className="size-3.5" />
            {m.video_works()}
          </span>
        )}
        {fault && (
          <span className="chip bg-soon-tint text-soon">
            <CircleAlert aria-hidden className="size-3.5" />
            {m.video_not_working()}
          </span>
        )}
      </h3>
      {fault && (
        <p role="alert" className="mt-1 text-soon">
          {repairHint(fault, surroundingsOf(navigator.userAgent))}
        </p>
      )}
      {children}
    </section>
  );
}
