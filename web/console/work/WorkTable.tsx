import { Link, useNavigate } from 'react-router';
import { ClockState } from '../clocks/ClockState.tsx';
import { ageWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { urls, type WorkFilter } from '../urls.ts';
import { attentionName } from './attention.ts';
import type { Work } from './narrow.ts';

type WorkRowsProps = { items: readonly Work[]; filter: WorkFilter; here: number; onHere: (index: number) => void };

/**
 * The work list on its own: one row a case, dense and aligned. The number is the link and the keyboard's way in;
 * a click anywhere in the row opens it too.
 */
export function WorkTable({ items, filter, here, onHere }: WorkRowsProps) {
  const navigate = useNavigate();
  return (
    <table className="grid worktable" data-worklist>
      <thead>
        <tr>
          <th>{m.console_work_number()}</th>
          <th>{m.console_work_person()}</th>
          <th>{m.console_work_service()}</th>
          <th>{m.console_work_step()}</th>
          <th>{m.console_work_waiting()}</th>
          <th>{m.console_work_clock()}</th>
          <th className="num">{m.console_work_age()}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => (
          <tr
            key={item.id}
            className={index === here ? 'here' : ''}
            onClick={() => navigate(urls.case(item.id, filter))}
          >
            <td className="nowrap">
              <Link
                to={urls.case(item.id, filter)}
                data-row={index}
                onFocus={() => onHere(index)}
                onClick={(event) => event.stopPropagation()}
              >
                {item.number}
              </Link>
            </td>
            <td className="nowrap">{item.person.name}</td>
            <td className="nowrap">{item.serviceName}</td>
            <td>
              {item.stateLabel}
              {item.attention.map((word) => (
                <span key={word} className="pill pill-soon" style={{ marginLeft: '.4rem' }}>
                  {attentionName(word)}
                </span>
              ))}
            </td>
            <td className="nowrap">{item.waitingOn}</td>
            <td className="nowrap">
              {item.urgent ? <span className="meta">{item.urgent.label} </span> : null}
              <ClockState clock={item.urgent} />
            </td>
            <td className="num">{ageWords(item.openedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same rows as a narrow column beside the open case. */
export function WorkColumn({ items, filter, here, onHere, openId }: WorkRowsProps & { openId: string }) {
  return (
    <ul data-worklist>
      {items.map((item, index) => (
        <li key={item.id}>
          <Link
            className={`workitem ${item.id === openId || index === here ? 'here' : ''}`}
            to={urls.case(item.id, filter)}
            data-row={index}
            aria-current={item.id === openId ? 'true' : undefined}
            onFocus={() => onHere(index)}
          >
            <span className="workitem-first">
              <span className="n">{item.number}</span>
              <ClockState clock={item.urgent} />
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
