import { AudioMutedOutlined, AudioOutlined, PhoneOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { post } from '../../shared/api.ts';
import { CallVideo } from '../../shared/call/CallVideo.tsx';
import { type DeviceFault, letGo, type Opened, openDevices } from '../../shared/call/devices.ts';
import { lineWords } from '../../shared/call/line-words.ts';
import { useCall } from '../../shared/call/use-call.ts';
import { keys } from '../../shared/keys.ts';
import type { CaseView, DoctorDesk } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { useTick, watch } from '../../shared/use-tick.ts';
import { problemText } from '../data/problems.ts';
import { useCase } from '../data/queries.ts';
import { m } from '../messages.ts';

type CallOf = NonNullable<DoctorDesk['call']>;

/** The doctor's side of a call. It begins by itself: accepting was the tap. What is missing of her devices is told. */
export function Room({ call }: { call: CallOf }) {
  const view = useCase(call.caseId).data;
  // Which of the two it is the case says: a call by telephone opens no camera.
  if (!view) return <p className="meta">{m.console_video_opening()}</p>;
  return view.video?.byTelephone ? (
    <section className="section video-room" aria-label={m.video_room()}>
      <h2>{m.console_video_telephone()}</h2>
      {view.video.telephone ? (
        <a className="video-number" href={`tel:${view.video.telephone}`}>
          {view.video.telephone}
        </a>
      ) : null}
      <p className="meta">{m.console_video_telephone_hint()}</p>
      <HangUp view={view} />
    </section>
  ) : (
    <Picture call={call} view={view} />
  );
}

function Picture({ call, view }: { call: CallOf; view: CaseView }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt opens the devices anew
  useEffect(() => {
    let over = false;
    let mine: Opened | undefined;
    void openDevices({ camera: true }).then((found) => {
      mine = found;
      if (over) letGo(found.stream);
      else setOpened(found);
    });
    return () => {
      over = true;
      letGo(mine?.stream);
    };
  }, [attempt]);
  useEffect(() => {
    // A page that is closed by mistake leaves the member alone.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  if (!opened) return <p className="meta">{m.console_video_opening()}</p>;
  const fault = opened.microphone ?? opened.camera;
  return (
    <section className="section video-room" aria-label={m.video_room()}>
      {fault ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={faultWords(fault, opened.microphone !== null)}
          action={<Button onClick={() => setAttempt(attempt + 1)}>{m.retry()}</Button>}
        />
      ) : null}
      <Talk key={attempt} call={call} stream={opened.stream} view={view} />
    </section>
  );
}

function faultWords(fault: DeviceFault, microphone: boolean): string {
  const what = microphone ? m.console_video_microphone() : m.console_video_camera();
  if (fault === 'denied') return m.console_video_denied({ what });
  if (fault === 'busy') return m.console_video_busy({ what });
  return m.console_video_missing({ what });
}

function Talk({ call: { roomId, since }, stream, view }: { call: CallOf; stream: MediaStream; view: CaseView }) {
  const call = useCall(roomId, true, stream);
  const now = useTick();
  if (call.over && call.over !== 'ended')
    return (
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={call.over === 'taken' ? m.call_taken() : m.call_refused()}
        description={call.over === 'taken' ? m.call_taken_text() : m.call_refused_text()}
      />
    );
  return (
    <>
      <div className="video-stage">
        <CallVideo stream={call.remote} label={m.console_video_member_picture()} tap={m.call_tap_sound()} />
        {call.theirs && !call.theirs.camera ? <p>{m.console_video_member_no_picture()}</p> : null}
        {call.camera ? <CallVideo own stream={call.picture} label={m.video_own()} className="video-own" /> : null}
      </div>
      <div className="row-between">
        <span role="status">{lineWords(call)}</span>
        <span className="meta">{watch(since, now)}</span>
      </div>
      {call.cameraFault ? <p className="fault">{m.call_camera_fault()}</p> : null}
      <div className="row">
        <Button icon={call.microphone ? <AudioOutlined /> : <AudioMutedOutlined />} onClick={call.toggleMicrophone}>
          {call.microphone ? m.call_mute() : m.call_unmute()}
        </Button>
        <Button icon={<VideoCameraOutlined />} onClick={call.toggleCamera}>
          {call.camera ? m.call_camera_off() : m.call_camera_on()}
        </Button>
        <HangUp view={view} />
      </div>
    </>
  );
}

function HangUp({ view }: { view: CaseView }) {
  const hangUp = useAction(
    (version: number, key) => post<CaseView>(`/api/cases/${view.id}/events`, { type: 'endCall', version }, key),
    { refresh: [keys.videoDesk, keys.case(view.id)] },
  );
  return (
    <>
      <Button
        danger
        type="primary"
        icon={<PhoneOutlined />}
        loading={hangUp.running}
        disabled={!view.allowed.some(({ type }) => type === 'endCall')}
        onClick={() => hangUp.start(view.version)}
      >
        {m.call_hang_up()}
      </Button>
      {hangUp.error ? <Alert type="error" showIcon role="alert" title={problemText(hangUp.error)} /> : null}
    </>
  );
}
