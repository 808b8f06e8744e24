import { Drawer } from 'antd';
import { movedWhy, spanWhy } from '../../shared/clock-why.ts';
import type { ClockView } from '../../shared/types.ts';
import { durationWords, momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { ClockBar } from './ClockBar.tsx';
import { ClockState } from './ClockState.tsx';

/** Why a clock stands where it stands: every span with its reason, and every time its due moment was moved. */
export function ExplainClock({ clock, onClose }: { clock: ClockView | null; onClose: () => void }) {
  return (
    <Drawer open={clock !== null} onClose={onClose} size={640} title={clock ? clock.label : ''}>
      {clock ? <Explanation clock={clock} /> : null}
    </Drawer>
  );
}

function Explanation({ clock }: { clock: ClockView }) {
  return (
    <div className="stack">
      <ClockState clock={clock} />
      <ClockBar clock={clock} />
      <dl className="pairs">
        <dt>{m.console_clock_started()}</dt>
        <dd>{momentWords(clock.startedAt)}</dd>
        <dt>{m.console_clock_first_due()}</dt>
        <dd>{momentWords(clock.firstDue)}</dd>
        <dt>{m.console_clock_due()}</dt>
        <dd>
          {momentWords(clock.due)}
          {clock.provisional ? <small>{m.console_clock_provisional_why()}</small> : null}
        </dd>
        {clock.metAt ? (
          <>
            <dt>{m.console_clock_met_at()}</dt>
            <dd>{momentWords(clock.metAt)}</dd>
          </>
        ) : null}
        <dt>{m.console_clause()}</dt>
        <dd>{clock.printed ?? clock.clause ?? m.console_clock_target()}</dd>
      </dl>
      <h3>{m.console_clock_spans()}</h3>
      <div className="grid-frame">
        <table className="grid">
          <thead>
            <tr>
              <th>{m.console_from()}</th>
              <th>{m.console_to()}</th>
              <th>{m.console_clock_counted()}</th>
              <th>{m.console_clock_why()}</th>
            </tr>
          </thead>
          <tbody>
            {clock.spans.map((span) => (
              <tr key={span.from}>
                <td className="nowrap">{momentWords(span.from)}</td>
                <td className="nowrap">{momentWords(span.to)}</td>
                <td className="nowrap">
                  {span.counted
                    ? m.console_clock_counts({ length: durationWords(span.from, span.to) })
                    : m.console_clock_counts_not()}
                </td>
                <td>{spanWhy(span.why)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {clock.spans.length === 0 ? <p className="meta">{m.console_clock_no_spans()}</p> : null}
      <h3>{m.console_clock_moves()}</h3>
      {clock.moved.length === 0 ? (
        <p className="meta">{m.console_clock_no_moves()}</p>
      ) : (
        <ul className="stack">
          {clock.moved.map((move) => (
            <li key={move.at}>
              <b>{momentWords(move.at)}</b>
              <br />
              {m.console_clock_moved({ from: momentWords(move.from), to: momentWords(move.to) })}
              <br />
              <span className="meta">{movedWhy(move.why)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
