import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ComplaintRowView } from '../../shared/types.ts';
import { ClockState } from '../clocks/ClockState.tsx';
import { useComplaints } from '../data/queries.ts';
import { byMoment } from '../data/words.ts';
import { m } from '../messages.ts';
import { More } from '../states/More.tsx';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';
import { LetterDialog } from './LetterDialog.tsx';

/** Complaints and appeals by when their answer is due. Who had a part in one is not shown it; a supervisor sees all. */
export default function ComplaintsPage() {
  const complaints = useComplaints();
  const [letter, setLetter] = useState(false);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_complaints()}</h1>
        <span className="meta">{m.console_complaints_what()}</span>
        <Button onClick={() => setLetter(true)}>{m.console_complaint_letter()}</Button>
      </div>
      <Screen
        query={complaints}
        waiting={<Skeleton active paragraph={{ rows: 8 }} />}
        empty={{ when: (rows) => rows.length === 0, title: m.console_complaints_none() }}
      >
        {(rows) => (
          <>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls by itself and must be reachable by keyboard */}
            <section className="grid-frame grid-scroll" aria-label={m.console_nav_complaints()} tabIndex={0}>
              <table className="grid">
                <thead>
                  <tr>
                    <th>{m.console_complaint_number()}</th>
                    <th>{m.console_clock_state()}</th>
                    <th>{m.console_complaint_kind()}</th>
                    <th>{m.console_complaint_who()}</th>
                    <th>{m.console_complaint_state()}</th>
                    <th>{m.console_complaint_handler()}</th>
                    <th>{m.console_complaint_time()}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <Row key={row.id} row={row} />
                  ))}
                </tbody>
              </table>
            </section>
            <More query={complaints} />
          </>
        )}
      </Screen>
      {letter ? <LetterDialog onClose={() => setLetter(false)} /> : null}
    </div>
  );
}

function Row({ row }: { row: ComplaintRowView }) {
  return (
    <tr>
      <td className="nowrap">
        <Link to={urls.complaint(row.id)}>{row.number}</Link>
      </td>
      <td className="nowrap">
        <ClockState clock={row.clock} />
        {row.breached ? <span className="pill pill-late"> {m.console_complaint_breach()}</span> : null}
      </td>
      <td>
        {row.kindLabel}
        {row.serviceName ? <div className="meta">{row.serviceName}</div> : null}
      </td>
      <td className="nowrap">
        {row.person} <span className="meta">{row.relationLabel}</span>
      </td>
      <td className="nowrap">
        {row.stateLabel}
        {row.round === 2 ? <span className="pill pill-brand"> {m.console_complaint_review()}</span> : null}
      </td>
      <td className="nowrap">
        {row.mine ? m.console_complaint_mine() : (row.handler ?? m.console_complaint_nobody())}
        {row.tookPart ? <div className="meta">{m.console_complaint_took_part()}</div> : null}
      </td>
      <td className="nowrap">{byMoment(row.clock.due)}</td>
    </tr>
  );
}
