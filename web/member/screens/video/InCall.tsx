import { Camera, CameraOff, Mic, MicOff, Phone, PhoneOff, SwitchCamera } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { CallVideo } from '../../../shared/call/CallVideo.tsx';
import { hasTwoCameras } from '../../../shared/call/devices.ts';
import { lineWords } from '../../../shared/call/line-words.ts';
import { useCall } from '../../../shared/call/use-call.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { AllowedEvent, CaseView } from '../../../shared/types.ts';
import { EventSheet } from '../case/EventSheet.tsx';

interface InCallProps {
  view: CaseView;
  roomId: string;
  stream: MediaStream;
  onLeave: () => void;
}

/** The call as the member holds it: the doctor large, oneself small, and under the thumb what a telephone has. */
export function InCall({ view, roomId, stream, onLeave }: InCallProps) {
  const call = useCall(roomId, false, stream);
  const [two, setTwo] = useState(false);
  const [open, setOpen] = useState<AllowedEvent | null>(null);
  const ended = call.over === 'ended';
  useEffect(() => void hasTwoCameras().then(setTwo), []);
  useEffect(() => {
    if (ended) onLeave();
  }, [ended, onLeave]);
  const find = (type: string) => view.allowed.find((event) => event.type === type);
  const hangUp = find('endCall');
  const telephone = find('goByTelephone');
  const doctor = view.video?.doctor;
  if (call.over && !ended)
    return (
      <main className="flex flex-1 flex-col justify-center gap-3 p-4">
        <h1 className="text-xl font-semibold">{call.over === 'taken' ? m.call_taken() : m.call_refused()}</h1>
        <p>{call.over === 'taken' ? m.call_taken_text() : m.call_refused_text()}</p>
        <button type="button" className="btn btn-primary" onClick={onLeave}>
          {m.back()}
        </button>
      </main>
    );
  return (
    // Dark in every mode: the picture is what is looked at.
    <main data-mode="dark" className="flex flex-1 flex-col bg-ground text-ink">
      <header className="flex flex-wrap items-baseline justify-between gap-x-3 px-4 py-2">
        <h1 className="text-lg font-semibold">{doctor ? `${doctor.name} ${doctor.rank}` : m.video_room()}</h1>
        <p role="status" className="text-sm">
          {lineWords(call)}
        </p>
      </header>
      <div className="relative grid flex-1 place-items-center overflow-hidden">
        <CallVideo
          stream={call.remote}
          label={m.video_doctor_picture()}
          className="absolute inset-0 size-full object-contain"
          tap={m.call_tap_sound()}
        />
        {call.theirs && !call.theirs.camera && <p className="z-1">{m.video_doctor_no_picture()}</p>}
        {call.camera && (
          <CallVideo
            own
            stream={call.picture}
            label={m.video_own()}
            className="absolute right-3 bottom-3 w-28 rounded-xl border border-line"
          />
        )}
      </div>
      {call.cameraFault && (
        <p role="alert" className="px-4 py-1 text-sm">
          {m.call_camera_fault()}
        </p>
      )}
      <div className="flex flex-wrap justify-center gap-2 px-3 pt-3 pb-[max(1rem,env(safe-area-inset-bottom))]">
        <Knob on={call.microphone} press={call.toggleMicrophone} icon={call.microphone ? Mic : MicOff}>
          {call.microphone ? m.call_mute() : m.call_unmute()}
        </Knob>
        <Knob on={call.camera} press={call.toggleCamera} icon={call.camera ? Camera : CameraOff}>
          {call.camera ? m.call_camera_off() : m.call_camera_on()}
        </Knob>
        {two && call.camera && (
          <Knob on press={call.switchCamera} icon={SwitchCamera}>
            {m.call_switch_camera()}
          </Knob>
        )}
        {telephone && (
          <Knob on press={() => setOpen(telephone)} icon={Phone}>
            {m.call_by_telephone()}
          </Knob>
        )}
        {hangUp && (
          <button
            type="button"
            onClick={() => setOpen(hangUp)}
            className="flex min-h-16 min-w-11 max-w-24 flex-1 flex-col items-center justify-center rounded-xl bg-late px-1 text-sm text-ground"
          >
            <PhoneOff aria-hidden className="size-5" />
            {m.call_hang_up()}
          </button>
        )}
      </div>
      {open && <EventSheet view={view} event={open} onClose={() => setOpen(null)} />}
    </main>
  );
}

function Knob({
  on,
  press,
  icon: Icon,
  children,
}: {
  on: boolean;
  press: () => void;
  icon: typeof Mic;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={press}
      className={`flex min-h-16 min-w-11 max-w-24 flex-1 flex-col items-center justify-center rounded-xl px-1 text-center text-sm ${
        on ? 'bg-line' : 'bg-ink text-ground'
      }`}
    >
      <Icon aria-hidden className="size-5" />
      {children}
    </button>
  );
}
