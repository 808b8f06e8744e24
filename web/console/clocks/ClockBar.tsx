import { useId } from 'react';
import type { ClockView } from '../../shared/types.ts';
import { m } from '../messages.ts';

const COLOURS: Partial<Record<ClockView['state'], string>> = {
  soon: 'var(--soon)',
  late: 'var(--late)',
  breached: 'var(--late)',
  kept: 'var(--done)',
};

/**
 * The way of a clock drawn to scale of real time: what counted is filled, what did not is hatched, what is left is
 * empty. Equal real time has equal width, so that nights and weekends are seen for what they are.
 */
export function ClockBar({ clock }: { clock: ClockView }) {
  const hatch = useId();
  const start = Date.parse(clock.startedAt);
  const lastSpan = clock.spans.at(-1);
  const end = Math.max(Date.parse(clock.due), lastSpan ? Date.parse(lastSpan.to) : 0, start + 1);
  const at = (moment: string) => Math.min(100, Math.max(0, ((Date.parse(moment) - start) / (end - start)) * 100));
  const due = at(clock.due);
  return (
    <svg
      className="clockbar"
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      role="img"
      aria-label={m.console_clock_bar({ percent: String(Math.round(clock.fraction * 100)) })}
    >
      <defs>
        <pattern id={hatch} width="1.2" height="8" patternUnits="userSpaceOnUse">
          <rect width="0.4" height="8" fill="var(--ink-3)" />
        </pattern>
      </defs>
      {clock.spans.map((span) => (
        <rect
          key={span.from}
          x={at(span.from)}
          width={Math.max(0.2, at(span.to) - at(span.from))}
          height="8"
          fill={span.counted ? (COLOURS[clock.state] ?? 'var(--brand)') : `url(#${hatch})`}
        />
      ))}
      {due < 99.5 ? <rect x={due} width="0.6" height="8" fill="var(--ink)" /> : null}
    </svg>
  );
}
