import { Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { ClockState } from '../clocks/ClockState.tsx';
import { ExplainClock } from '../clocks/ExplainClock.tsx';
import { useClocks, useSession } from '../data/queries.ts';
import { dayWords, momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { More } from '../states/More.tsx';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';

const BreachPlot = lazy(() => import('./BreachPlot.tsx'));

/** Every running clock, the next to break first. */
export default function ClocksPage() {
  const session = useSession().data;
  const clocks = useClocks();
  const [explained, setExplained] = useState<string | null>(null);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_clocks()}</h1>
        <span className="meta" role="status">
          {clocks.data ? m.console_work_count({ count: String(clocks.data.length) }) : ''}
        </span>
      </div>
      {session?.calendarEndsSoon ? (
        <p className="consequence consequence-mild" role="note">
          {m.console_calendar_ends({ until: dayWords(session.calendarUntil) })}
        </p>
      ) : null}
      <Screen
        query={clocks}
        waiting={<Skeleton active paragraph={{ rows: 14 }} />}
        empty={{ when: (rows) => rows.length === 0, title: m.console_clocks_all_quiet() }}
      >
        {(rows) => (
          <>
            <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: 150 }} />}>
              <BreachPlot clocks={rows} />
            </Suspense>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls by itself and must be reachable by keyboard */}
            <section className="grid-frame grid-scroll" aria-label={m.console_nav_clocks()} tabIndex={0}>
              <table className="grid">
                <thead>
                  <tr>
                    <th>{m.console_work_number()}</th>
                    <th>{m.console_work_person()}</th>
                    <th>{m.console_work_service()}</th>
                    <th>{m.console_clock_promise()}</th>
                    <th>{m.console_work_waiting()}</th>
                    <th>{m.console_clock_due()}</th>
                    <th>{m.console_clock_state()}</th>
                    <th>{m.console_clock_explain()}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map(({ clock, ...row }) => (
                    <tr key={clock.id}>
                      <td className="nowrap">
                        <Link to={urls.case(row.caseId)}>{row.caseNumber}</Link>
                      </td>
                      <td className="nowrap">{row.person}</td>
                      <td className="nowrap">{row.serviceName}</td>
                      <td>
                        {clock.label} {clock.printed ? <span className="meta">{clock.printed}</span> : null}
                      </td>
                      <td className="nowrap">{row.turn}</td>
                      <td className="nowrap">{momentWords(clock.due)}</td>
                      <td>
                        <ClockState clock={clock} />{' '}
                        {row.pausedLate ? (
                          <span className="pill pill-soon" title={m.console_clock_paused_late_why()}>
                            {m.console_clock_paused_late()}
                          </span>
                        ) : null}
                      </td>
                      <td className="nowrap">
                        <button type="button" className="linkish" onClick={() => setExplained(clock.id)}>
                          {m.console_clock_explain()}
                          <span className="visually-hidden"> {row.caseNumber}</span>
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            <More query={clocks} />
            <ExplainClock
              clock={rows.find(({ clock }) => clock.id === explained)?.clock ?? null}
              onClose={() => setExplained(null)}
            />
          </>
        )}
      </Screen>
    </div>
  );
}
