import { PhoneOutlined } from '@ant-design/icons';
import { Checkbox } from 'antd';
import { Fragment } from 'react';
import { Link, useNavigate } from 'react-router';
import type { WorkItem } from '../../shared/types.ts';
import { ClockState } from '../clocks/ClockState.tsx';
import { ageWords, momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { urls, type WorkFilter } from '../urls.ts';
import { attentionName } from './attention.ts';
import type { Row } from './steady-rows.ts';
import { bandName } from './work-words.ts';

export type WorkRowsProps = {
  rows: readonly Row[];
  filter: WorkFilter;
  /** The case that the keyboard stands on. */
  here: string | undefined;
  onHere: (id: string) => void;
};
type WorkTableProps = WorkRowsProps & {
  /** Undefined where the role acts on one case at a time. */
  many: { chosen: ReadonlySet<string>; choose: (ids: readonly string[], on: boolean) => void } | undefined;
  onCall: (id: string) => void;
};

/**
 * The work list on its own: one row a case, time to breach first, a heading where the time grows. The number is the link
 * and the keyboard's way in; a click anywhere in the row opens it too.
 */
export function WorkTable({ rows, filter, here, onHere, many, onCall }: WorkTableProps) {
  const navigate = useNavigate();
  const ids = rows.filter(({ gone }) => !gone).map(({ item }) => item.id);
  const chosen = ids.filter((id) => many?.chosen.has(id)).length;
  // One service for all is no news.
  const services = new Set(rows.map(({ item }) => item.service)).size > 1;
  const columns = 8 + (many ? 2 : 0) + (services ? 1 : 0);
  return (
    <table className="grid worktable" data-worklist>
      <thead>
        <tr>
          {many ? (
            <th className="tick">
              <Checkbox
                aria-label={m.console_work_select_all()}
                checked={chosen > 0 && chosen === ids.length}
                indeterminate={chosen > 0 && chosen < ids.length}
                onChange={(event) => many.choose(ids, event.target.checked)}
              />
            </th>
          ) : null}
          <th>{m.console_work_number()}</th>
          <th>{m.console_work_clock()}</th>
          <th>{m.console_clock_promise()}</th>
          <th>{m.console_work_step()}</th>
          <th>{m.console_work_waiting()}</th>
          <th>{m.console_work_person()}</th>
          {services ? <th>{m.console_work_service()}</th> : null}
          <th>{m.console_work_assignee()}</th>
          <th className="num">{m.console_work_age()}</th>
          {many ? (
            <th>
              <span className="visually-hidden">{m.console_work_call()}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ item, gone }, index) => (
          <Fragment key={item.id}>
            {item.band && item.band !== rows[index - 1]?.item.band ? (
              <tr className="band">
                <td colSpan={columns}>
                  <span className="band-name">{bandName(item.band)}</span>
                </td>
              </tr>
            ) : null}
            <tr
              className={[item.id === here ? 'here' : '', gone ? 'gone' : ''].join(' ')}
              onClick={() => navigate(urls.case(item.id, filter))}
            >
              {many ? (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the cell only keeps a missed click from opening the case
                <td className="tick in-tick" onClick={(event) => event.stopPropagation()}>
                  <Checkbox
                    aria-label={m.console_work_select({ number: item.number })}
                    checked={many.chosen.has(item.id)}
                    disabled={gone}
                    onChange={(event) => many.choose([item.id], event.target.checked)}
                  />
                </td>
              ) : null}
              <td className="nowrap in-number">
                <Link
                  to={urls.case(item.id, filter)}
                  data-case={item.id}
                  onFocus={() => onHere(item.id)}
                  onClick={(event) => event.stopPropagation()}
                >
                  {item.number}
                </Link>
              </td>
              <td className="nowrap in-clock">
                {gone ? <span className="meta">{m.console_work_gone()}</span> : <When item={item} />}
              </td>
              <td className="nowrap meta in-promise">{item.urgent?.label ?? ''}</td>
              <td className="in-step">
                {item.stateLabel}
                {item.attention.map((word) => (
                  <span key={word} className="pill pill-soon" style={{ marginLeft: '.4rem' }}>
                    {attentionName(word)}
                  </span>
                ))}
              </td>
              <td className="nowrap in-turn">{item.waitingOn}</td>
              <td className="nowrap in-person">{item.person.name}</td>
              {services ? <td className="nowrap in-service">{item.serviceName}</td> : null}
              <td className="nowrap meta in-assignee">{item.assignee ?? m.console_work_nobody()}</td>
              <td className="num in-age">{ageWords(item.openedAt)}</td>
              {many ? (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the cell only keeps a missed click from opening the case
                <td className="tick in-call" onClick={(event) => event.stopPropagation()}>
                  <button
                    type="button"
                    className="icon-act"
                    aria-label={m.console_work_call_of({ number: item.number })}
                    title={m.console_work_call()}
                    onClick={() => onCall(item.id)}
                  >
                    <PhoneOutlined aria-hidden />
                  </button>
                </td>
              ) : null}
            </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** How long yet; where nothing runs, when what was booked takes place. */
function When({ item }: { item: WorkItem }) {
  const { urgent, turn } = item;
  if (urgent || !turn.appointment || !turn.until) return <ClockState clock={urgent} />;
  return <span className="state state-none">{m.console_work_at({ at: momentWords(turn.until) })}</span>;
}

/** The same rows as a narrow column beside the open case. */
export function WorkColumn({ rows, filter, here, onHere, openId }: WorkRowsProps & { openId: string }) {
  return (
    <ul data-worklist>
      {rows.map(({ item, gone }) => (
        <li key={item.id}>
          <Link
            className={`workitem ${item.id === openId ? 'here' : ''} ${item.id === here ? 'near' : ''} ${gone ? 'gone' : ''}`}
            to={urls.case(item.id, filter)}
            data-case={item.id}
            aria-current={item.id === openId ? 'true' : undefined}
            onFocus={() => onHere(item.id)}
          >
            <span className="workitem-first">
              <span className="n">{item.number}</span>
              <When item={item} />
            </span>
            <small>
              {item.person.name} · {item.stateLabel} · {item.serviceName}
            </small>
            <small className="end">{item.waitingOn}</small>
          </Link>
        </li>
      ))}
    </ul>
  );
}
