import { foldTimeline, type TimelineRow } from '../../shared/fold-timeline.ts';
import type { CaseView } from '../../shared/types.ts';
import { byMoment, momentWords, shortMoment } from '../data/words.ts';
import { m } from '../messages.ts';
import { CallLog } from './CallLog.tsx';

/** What happened, newest first, and before it what is promised next, lighter. */
export function TimelineColumn({ view }: { view: CaseView }) {
  const future = view.timeline.filter((entry) => entry.future);
  const past = view.timeline
    .filter((entry) => !entry.future)
    .sort((a, b) => Date.parse(b.recordedAt) - Date.parse(a.recordedAt));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the column scrolls by itself and must be reachable by keyboard
    <section className="col" aria-label={m.console_timeline()} tabIndex={0}>
      <CallLog view={view} />
      <h2>{m.console_timeline()}</h2>
      {future.length > 0 ? (
        <>
          <h3 className="visually-hidden">{m.console_timeline_future()}</h3>
          <ol className="events" style={{ marginBottom: '1rem' }}>
            {future.map((entry) => (
              <li key={entry.id} className="event event-future">
                <span>{m.console_timeline_next()}</span>
                <div>
                  {entry.label}
                  <small>{entry.by ? byMoment(entry.by) : entry.actor}</small>
                </div>
              </li>
            ))}
          </ol>
        </>
      ) : null}
      <h3 className="visually-hidden">{m.console_timeline_past()}</h3>
      <ol className="events">
        {foldTimeline(past).map((row) => (
          <Happened key={row[0].id} row={row} />
        ))}
      </ol>
      {past.length === 0 ? <p className="meta">{m.console_timeline_empty()}</p> : null}
    </section>
  );
}

/** Newest first: of acts in a row the last gives the moment. */
function Happened({ row }: { row: TimelineRow }) {
  const entry = row[0];
  const late = Math.abs(Date.parse(entry.at) - Date.parse(entry.recordedAt)) > 60_000;
  return (
    <li className="event">
      <time dateTime={entry.recordedAt} title={momentWords(entry.recordedAt)}>
        {shortMoment(entry.recordedAt)}
      </time>
      <div>
        {row.length > 1 ? m.label_times({ label: entry.label, n: row.length }) : entry.label}
        <small>
          {entry.actor}
          {late ? ` · ${m.console_timeline_occurred({ at: momentWords(entry.at) })}` : ''}
        </small>
        {row.length > 1 ? (
          <ul className="event-row">
            {row.map(({ id, facts }) => (
              <li key={id}>{facts.map(({ value }) => value).join(' · ')}</li>
            ))}
          </ul>
        ) : entry.facts.length > 0 ? (
          <dl className="event-facts">
            {entry.facts.map((fact) => (
              <div key={fact.label} style={{ display: 'contents' }}>
                <dt>{fact.label}</dt>
                <dd>{fact.value}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
    </li>
  );
}
