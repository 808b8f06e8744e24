import { Bar, BarChart, Cell, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { serverNow } from '../../shared/now.ts';
import type { RunningClock } from '../../shared/types.ts';
import { m } from '../messages.ts';
import { type Bucket, countByTimeLeft } from './buckets.ts';

const COLOURS: Record<Bucket, string> = {
  late: 'var(--late)',
  hour: 'var(--soon)',
  four: 'var(--soon)',
  day: 'var(--brand)',
  three: 'var(--brand)',
  later: 'var(--brand)',
};

/** Time to breach now, at a glance; the table under it is the same, row by row. */
export default function BreachPlot({ clocks }: { clocks: readonly RunningClock[] }) {
  const names: Record<Bucket, string> = {
    late: m.console_bucket_late(),
    hour: m.console_bucket_hour(),
    four: m.console_bucket_four(),
    day: m.console_bucket_day(),
    three: m.console_bucket_three(),
    later: m.console_bucket_later(),
  };
  const rows = countByTimeLeft(clocks, serverNow()).map(({ code, count }) => ({ code, name: names[code], count }));
  return (
    <figure className="plot" aria-label={m.console_plot_breach()}>
      <figcaption className="meta">{m.console_plot_breach()}</figcaption>
      <ResponsiveContainer width="100%" height={130}>
        <BarChart data={rows} margin={{ top: 18, right: 8, bottom: 0, left: 8 }} accessibilityLayer={false}>
          <XAxis dataKey="name" tickLine={false} stroke="var(--ink-2)" interval={0} />
          <YAxis hide allowDecimals={false} />
          <Bar dataKey="count" isAnimationActive={false} maxBarSize={72}>
            {rows.map((row) => (
              <Cell key={row.code} fill={COLOURS[row.code]} />
            ))}
            <LabelList dataKey="count" position="top" fill="var(--ink)" />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}
