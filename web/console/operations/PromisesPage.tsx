import { Skeleton } from 'antd';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { usePromises } from '../data/queries.ts';
import { dayWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';

/** Teal, vermilion and grey differ in lightness as well as in hue, for readers who do not see the hues. */
const COLOURS = { kept: '#0b5f58', breached: '#d1622b', running: '#b9c1be' };

/** Promises kept by week: the plot to look at, the table to read. */
export default function PromisesPage() {
  const weeks = usePromises();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_promises()}</h1>
        <span className="meta">{m.console_promises_what()}</span>
      </div>
      <Screen
        query={weeks}
        waiting={<Skeleton active paragraph={{ rows: 10 }} />}
        empty={{ when: (rows) => rows.length === 0, title: m.console_promises_none() }}
      >
        {(rows) => {
          const shown = rows.map((row) => ({ ...row, label: weekWords(row.week) }));
          return (
            <>
              <figure className="plot" aria-label={m.console_nav_promises()}>
                <ResponsiveContainer width="100%" height={280}>
                  <BarChart data={shown} margin={{ top: 8, right: 8, bottom: 0, left: -16 }} accessibilityLayer={false}>
                    <CartesianGrid vertical={false} stroke="var(--line)" />
                    <XAxis dataKey="label" tickLine={false} stroke="var(--ink-2)" />
                    <YAxis allowDecimals={false} tickLine={false} stroke="var(--ink-2)" />
                    <Tooltip cursor={{ fill: 'var(--sunk)' }} />
                    <Legend formatter={(value) => <span style={{ color: 'var(--ink)' }}>{value}</span>} />
                    <Bar
                      dataKey="kept"
                      name={m.console_promises_kept()}
                      stackId="all"
                      fill={COLOURS.kept}
                      isAnimationActive={false}
                    />
                    <Bar
                      dataKey="breached"
                      name={m.console_promises_breached()}
                      stackId="all"
                      fill={COLOURS.breached}
                      isAnimationActive={false}
                    />
                    <Bar
                      dataKey="running"
                      name={m.console_promises_running()}
                      stackId="all"
                      fill={COLOURS.running}
                      isAnimationActive={false}
                    />
                  </BarChart>
                </ResponsiveContainer>
              </figure>
              <div className="grid-frame">
                <table className="grid">
                  <thead>
                    <tr>
                      <th>{m.console_promises_week()}</th>
                      <th className="num">{m.console_promises_kept()}</th>
                      <th className="num">{m.console_promises_breached()}</th>
                      <th className="num">{m.console_promises_running()}</th>
                      <th className="num">{m.console_promises_share()}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {shown.toReversed().map((row) => (
                      <tr key={row.week}>
                        <td>{row.label}</td>
                        <td className="num">{row.kept}</td>
                        <td className="num">{row.breached}</td>
                        <td className="num">{row.running}</td>
                        <td className="num">{share(row.kept, row.breached)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          );
        }}
      </Screen>
    </div>
  );
}

/** Kept of those that ended, in whole per cent rounded down: 99.6 % is not all of them. */
function share(kept: number, breached: number): string {
  return kept + breached === 0 ? '–' : `${Math.floor((kept / (kept + breached)) * 100)} %`;
}

/** The server names a week by its Monday, or by its ISO name, which is shown as it is. */
function weekWords(week: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(week) ? dayWords(week, false) : week;
}
