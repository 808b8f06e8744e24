import { Alert, App, Button, Skeleton } from 'antd';
import { Link } from 'react-router';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { VideoBoard } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { useTick, watch } from '../../shared/use-tick.ts';
import { problemText } from '../data/problems.ts';
import { useSession } from '../data/queries.ts';
import { dayWords, momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';
import { useVideoBoard } from './queries.ts';
import { RosterPanel } from './RosterPanel.tsx';
import './video.css';

/** Who waits and for how long, who can take them, how the day went; below it the roster. */
export default function BoardPage() {
  const board = useVideoBoard();
  const writes = useSession().data?.account.role === 'supervisor';
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_video_board()}</h1>
        <span className="meta" role="status">
          {board.data ? m.console_video_waiting({ n: String(board.data.waiting.length) }) : ''}
        </span>
        {writes ? <Standby /> : null}
      </div>
      <Screen query={board} waiting={<Skeleton active paragraph={{ rows: 12 }} />}>
        {(now) => (
          <>
            <Today today={now.today} />
            <div className="two">
              <div>
                <Waiting rows={now.waiting} />
                <Agreed rows={now.appointments} />
              </div>
              <Doctors rows={now.doctors} />
            </div>
            <RosterPanel now={now.now} writes={writes} />
          </>
        )}
      </Screen>
    </div>
  );
}

function Standby() {
  const { message } = App.useApp();
  const call = useAction((_: null, key) => post<{ called: number }>('/api/video/standby', {}, key), {
    refresh: [keys.videoBoard],
    onDone: ({ called }) =>
      void (called > 0
        ? message.success(m.console_video_standby_called({ n: String(called) }))
        : message.warning(m.console_video_standby_none())),
  });
  return (
    <>
      {call.error ? <Alert type="error" showIcon role="alert" title={problemText(call.error)} /> : null}
      <Button type="primary" loading={call.running} onClick={() => call.start(null)}>
        {m.console_video_standby()}
      </Button>
    </>
  );
}

function Today({ today }: { today: VideoBoard['today'] }) {
  const seconds = (value: number | null) => (value === null ? '–' : watch(new Date(0), new Date(value * 1000)));
  const rows: [string, string][] = [
    [m.console_video_asked(), String(today.asked)],
    [m.console_video_matched(), String(today.matched)],
    [m.console_video_breached(), String(today.breached)],
    [m.console_video_p50(), seconds(today.p50Seconds)],
    [m.console_video_p95(), seconds(today.p95Seconds)],
  ];
  return (
    <dl className="figures" aria-label={m.console_video_today()}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Waiting({ rows }: { rows: VideoBoard['waiting'] }) {
  const now = useTick();
  return (
    <section className="section" aria-label={m.console_video_queue()}>
      <h2>{m.console_video_queue()}</h2>
      {rows.length === 0 ? <p className="meta">{m.console_video_nobody()}</p> : null}
      {rows.length > 0 ? (
        <table className="grid">
          <thead>
            <tr>
              <th>{m.console_video_place()}</th>
              <th>{m.console_work_number()}</th>
              <th>{m.console_video_waits()}</th>
              <th>{m.console_video_offered_to()}</th>
              <th>{m.console_video_state()}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.caseId}>
                <td>{row.place}</td>
                <td className="nowrap">
                  <Link to={urls.case(row.caseId)}>{row.number}</Link>
                </td>
                <td className="nowrap">{watch(row.since, now)}</td>
                <td>{row.offeredTo ?? '–'}</td>
                <td>
                  <span className="row">
                    {row.breached ? <span className="pill pill-late">{m.console_video_late()}</span> : null}
                    {row.callBack ? <span className="pill pill-soon">{m.console_video_call_back()}</span> : null}
                    {row.again ? <span className="pill">{m.console_video_again()}</span> : null}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

/** Times that were agreed: whoever plans the roster sees when a doctor has to be there. */
function Agreed({ rows }: { rows: VideoBoard['appointments'] }) {
  if (rows.length === 0) return null;
  return (
    <section className="section" aria-label={m.console_video_agreed()}>
      <h2>{m.console_video_agreed()}</h2>
      <table className="grid">
        <thead>
          <tr>
            <th>{m.console_video_agreed_at()}</th>
            <th>{m.console_work_number()}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.caseId}>
              <td className="nowrap">{momentWords(row.at)}</td>
              <td className="nowrap">
                <Link to={urls.case(row.caseId)}>{row.number}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Doctor = VideoBoard['doctors'][number];
const STATES: Record<Doctor['state'], { words: () => string; tone: string }> = {
  off: { words: m.console_video_state_off, tone: '' },
  away: { words: m.console_video_state_away, tone: 'pill-soon' },
  free: { words: m.console_video_state_free, tone: 'pill-done' },
  offered: { words: m.console_video_state_offered, tone: 'pill-brand' },
  'in-call': { words: m.console_video_state_in_call, tone: 'pill-brand' },
  noting: { words: m.console_video_state_noting, tone: 'pill-brand' },
  'not-valid': { words: m.console_video_state_not_valid, tone: 'pill-late' },
};

function Doctors({ rows }: { rows: Doctor[] }) {
  return (
    <section className="section" aria-label={m.console_video_doctors()}>
      <h2>{m.console_video_doctors()}</h2>
      <table className="grid">
        <thead>
          <tr>
            <th>{m.console_video_doctor()}</th>
            <th>{m.console_video_state()}</th>
            <th>{m.console_video_load()}</th>
            <th>{m.console_video_credential()}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>
                {row.name}
                <small className="meta"> {row.hospital}</small>
              </td>
              <td>
                <span className={`pill ${STATES[row.state].tone}`}>{STATES[row.state].words()}</span>{' '}
                {row.standby ? <span className="pill">{m.console_video_on_standby()}</span> : null}
                {row.rostered && row.state === 'off' ? (
                  <span className="pill pill-soon">{m.console_video_should_be_here()}</span>
                ) : null}
                {row.since ? <small className="meta"> {momentWords(row.since)}</small> : null}
              </td>
              <td className="nowrap">
                {row.load}
                {row.missed > 0 ? (
                  <small className="meta"> {m.console_video_missed({ n: String(row.missed) })}</small>
                ) : null}
              </td>
              <td className="nowrap">{row.credentialUntil ? dayWords(row.credentialUntil) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
