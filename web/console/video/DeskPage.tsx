import { Alert, Skeleton, Switch } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { DoctorDesk } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { byMoment, dayWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Notice } from '../states/Notice.tsx';
import { Screen } from '../states/Screen.tsx';
import { DeskCase } from './DeskCase.tsx';
import { Offer } from './Offer.tsx';
import { useDoctorDesk } from './queries.ts';
import { Room } from './Room.tsx';
import './video.css';

/** The doctor's desk: on or off duty, who is offered, the call, and what is still to be written; the case stands beside it. */
export default function DeskPage() {
  const desk = useDoctorDesk();
  return (
    <Screen query={desk} waiting={<Skeleton active paragraph={{ rows: 10 }} style={{ padding: '1rem' }} />}>
      {(now) => <Desk desk={now} />}
    </Screen>
  );
}

function Desk({ desk }: { desk: DoctorDesk }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const owed = [...desk.toWrite, ...desk.toAnswer];
  // The call comes before everything else; then what somebody picked, as long as it is still owed.
  const current = desk.call?.caseId ?? owed.find(({ caseId }) => caseId === chosen)?.caseId ?? owed[0]?.caseId;
  return (
    <div className="video-desk">
      <section className="video-side" aria-label={m.console_video_desk()}>
        <Duty desk={desk} />
        {desk.offer ? <Offer key={desk.offer.id} offer={desk.offer} /> : null}
        {desk.call ? <Room key={desk.call.roomId} call={desk.call} /> : null}
        {!desk.call && !desk.offer && desk.onDuty ? (
          <p className="meta" role="status">
            {desk.waiting > 0 ? m.console_video_waiting({ n: String(desk.waiting) }) : m.console_video_nobody()}
          </p>
        ) : null}
        <Owed title={m.console_video_to_write()} rows={desk.toWrite} current={current} onPick={setChosen} />
        <Owed title={m.console_video_to_answer()} rows={desk.toAnswer} current={current} onPick={setChosen} />
      </section>
      {current ? (
        <DeskCase key={current} caseId={current} />
      ) : (
        <div className="video-empty">
          <Notice
            tone="plain"
            title={desk.onDuty ? m.console_video_ready() : m.console_video_off()}
            hint={desk.onDuty ? m.console_video_ready_hint() : m.console_video_off_hint()}
          />
        </div>
      )}
    </div>
  );
}

function Duty({ desk }: { desk: DoctorDesk }) {
  const duty = useAction((on: boolean, key) => post<DoctorDesk>('/api/video/duty', { on }, key), {
    refresh: [keys.videoDesk],
  });
  const { credential, doctor } = desk;
  return (
    <div className="section video-duty">
      <div className="row-between">
        <h1 className="page-title">{m.console_video_desk()}</h1>
        <span className="row">
          <span>{desk.onDuty ? m.console_video_on_duty() : m.console_video_off_duty()}</span>
          <Switch
            checked={desk.onDuty}
            loading={duty.running}
            disabled={!desk.onDuty && !credential.valid}
            onChange={(on) => duty.start(on)}
            aria-label={m.console_video_duty()}
          />
        </span>
      </div>
      {doctor ? (
        <p className="meta">
          {doctor.name} · {doctor.rank} · {doctor.hospital} · {doctor.department}
        </p>
      ) : null}
      {credential.valid ? (
        <p className="meta">
          {credential.until ? m.console_video_credential_until({ day: dayWords(credential.until) }) : ''}
        </p>
      ) : (
        <Alert type="warning" showIcon role="alert" title={credential.reason ?? m.console_video_credential_none()} />
      )}
      {duty.error ? <Alert type="error" showIcon role="alert" title={problemText(duty.error)} /> : null}
    </div>
  );
}

type OwedProps = {
  title: string;
  rows: DoctorDesk['toWrite'];
  current: string | undefined;
  onPick: (caseId: string) => void;
};

/** What the doctor still owes a member; picking one opens its case beside the list. */
function Owed({ title, rows, current, onPick }: OwedProps) {
  if (rows.length === 0) return null;
  return (
    <div className="section">
      <h2>{title}</h2>
      <ul>
        {rows.map(({ caseId, number, due }) => (
          <li key={caseId} className="row-between">
            <button
              type="button"
              className="linkish"
              aria-current={caseId === current ? 'true' : undefined}
              onClick={() => onPick(caseId)}
            >
              {number}
            </button>
            <span className="meta">{due ? byMoment(due) : ''}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
