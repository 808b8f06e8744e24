import { useEffect, useState } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { letGo, type Opened, openDevices, surroundingsOf } from '../../../shared/call/devices.ts';
import { m } from '../../../shared/paraglide/messages.js';
import { useCase } from '../../data/queries.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { CardsSkeleton } from '../../ui/Skeleton.tsx';
import { repairHint } from './device-hints.ts';
import { InCall } from './InCall.tsx';

/** The room of a call: devices are opened on a tap, which is also what lets a phone play sound; then the call itself. */
export default function Call() {
  const { id = '' } = useParams();
  const query = useCase(id);
  const navigate = useNavigate();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => () => letGo(opened?.stream), [opened]);
  const view = query.data;
  if (view && (!view.video?.roomId || view.video.byTelephone)) return <Navigate to={`/m/cases/${id}`} replace />;
  const enter = async (camera: boolean) => {
    setAsking(true);
    setOpened(await openDevices({ camera }));
    setAsking(false);
  };
  const ready = opened && !opened.microphone;
  if (view && ready)
    return (
      <InCall
        view={view}
        roomId={view.video!.roomId!}
        stream={opened.stream}
        onLeave={() => navigate(`/m/cases/${id}`, { replace: true })}
      />
    );
  const fault = opened?.microphone;
  return (
    <Page
      title={m.video_room()}
      up={`/m/cases/${id}`}
      actions={
        view && (
          <>
            <button type="button" className="btn btn-primary" disabled={asking} onClick={() => void enter(true)}>
              {asking ? m.video_allow_now() : m.video_enter_with_camera()}
            </button>
            <button type="button" className="btn btn-ghost" disabled={asking} onClick={() => void enter(false)}>
              {m.video_enter_voice()}
            </button>
          </>
        )
      }
    >
      <Loaded query={query} skeleton={<CardsSkeleton count={1} />}>
        {() => (
          <>
            <p className="mt-3">{m.video_enter_lead()}</p>
            {fault && (
              <>
                <p role="alert" className="mt-3 rounded-xl bg-soon-tint px-3 py-2 text-soon">
                  {repairHint(fault, surroundingsOf(navigator.userAgent))}
                </p>
                <Link className="btn btn-ghost mt-3 w-full" to={`/m/cases/${id}`}>
                  {m.call_by_telephone()}
                </Link>
              </>
            )}
            <p className="mt-3 text-ink-2">{m.video_without()}</p>
          </>
        )}
      </Loaded>
    </Page>
  );
}
