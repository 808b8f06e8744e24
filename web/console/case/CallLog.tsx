import type { CaseView } from '../../shared/types.ts';
import { momentWords, shortMoment } from '../data/words.ts';
import { m } from '../messages.ts';

/** The calls of a case, where there are any: who rang, when, what came of it. */
export function CallLog({ view }: { view: CaseView }) {
  if (view.calls.length === 0) return null;
  return (
    <div className="calls">
      <h2>{m.console_with_count({ what: m.console_calls(), count: String(view.calls.length) })}</h2>
      <CallTable calls={view.calls} />
    </div>
  );
}

export function CallTable({ calls }: { calls: CaseView['calls'] }) {
  return (
    <table className="grid call-table">
      <thead>
        <tr>
          <th>{m.console_calls_when()}</th>
          <th>{m.console_calls_who()}</th>
          <th>{m.console_calls_outcome()}</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.id}>
            <td className="nowrap">
              <time dateTime={call.at} title={momentWords(call.at)}>
                {shortMoment(call.at)}
              </time>
            </td>
            <td>{call.by}</td>
            <td>
              {call.outcomeLabel}
              {call.note ? <small className="meta">{call.note}</small> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
