/** One value over days, small; the same numbers stand in a table beside it, which is what is read aloud. */
type Point = { on: string; value: number };
type LinePlotProps = { title: string; points: readonly Point[]; min: number; max: number };

const WIDTH = 240;
const HEIGHT = 72;
const EDGE = 8;
const DAY_MS = 86_400_000;

export function LinePlot({ title, points, min, max }: LinePlotProps) {
  const days = points.map(({ on }) => Date.parse(`${on}T00:00:00Z`) / DAY_MS);
  const [first = 0, last = 0] = [Math.min(...days), Math.max(...days)];
  const x = (day: number) =>
    last === first ? WIDTH / 2 : EDGE + ((day - first) / (last - first)) * (WIDTH - 2 * EDGE);
  const y = (value: number) => HEIGHT - EDGE - ((value - min) / Math.max(1, max - min)) * (HEIGHT - 2 * EDGE);
  const at = points.map(({ value }, i) => [x(days[i] ?? 0), y(value)] as const);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title} style={{ width: '100%', maxWidth: '20rem' }}>
      {[min, max].map((value) => (
        <line key={value} x1={EDGE} x2={WIDTH - EDGE} y1={y(value)} y2={y(value)} stroke="var(--line)" />
      ))}
      <polyline points={at.map((point) => point.join()).join(' ')} fill="none" stroke="var(--brand)" strokeWidth={2} />
      {at.map(([cx, cy], i) => (
        <circle key={points[i]?.on} cx={cx} cy={cy} r={3.5} fill="var(--brand)" />
      ))}
    </svg>
  );
}
