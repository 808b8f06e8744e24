import { Check, ChevronDown, CirclePause, Clock3, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { movedWhy, spanWhy } from '../../shared/clock-why.ts';
import { serverNow } from '../../shared/now.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { ClockView } from '../../shared/types.ts';
import { by, day, late, left, moment } from '../../shared/words.ts';

const LOOK: Record<ClockView['state'], { edge: string; text: string; bar: string; icon: typeof Check }> = {
  running: { edge: 'border-brand', text: '', bar: 'bg-brand', icon: Clock3 },
  soon: { edge: 'border-soon', text: 'text-soon', bar: 'bg-soon', icon: Clock3 },
  standing: { edge: 'border-line', text: 'text-ink-2', bar: 'bg-ink-3', icon: CirclePause },
  late: { edge: 'border-late', text: 'text-late', bar: 'bg-late', icon: TriangleAlert },
  kept: { edge: 'border-done', text: 'text-done', bar: 'bg-done', icon: Check },
  breached: { edge: 'border-late', text: 'text-late', bar: 'bg-late', icon: TriangleAlert },
  void: { edge: 'border-line', text: 'text-ink-2', bar: 'bg-ink-3', icon: CirclePause },
};

/** What the clock says, in one line. */
export function clockLine(clock: ClockView): string {
  switch (clock.state) {
    case 'running':
    case 'soon':
      return `${m.clock_left({ left: left(clock.left) })} · ${by(clock.due)}`;
    case 'standing':
      return m.clock_standing();
    case 'late':
      return m.clock_late_member({ late: late(clock.due, serverNow()) });
    case 'kept':
      return clock.metAt ? `${m.clock_kept()} · ${moment(clock.metAt)}` : m.clock_kept();
    case 'breached':
      return m.clock_breached({ late: late(clock.due, clock.metAt ?? serverNow()) });
    case 'void':
      return m.clock_void();
  }
}

/** A promise with its time. Tapping shows which spans counted, which did not, and why. */
export function Clock({ clock, times = 1 }: { clock: ClockView; times?: number }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const look = LOOK[clock.state];
  const Icon = look.icon;
  const ended = clock.state === 'kept' || clock.state === 'void';
  return (
    <div className={`mt-3 border-l-3 pl-3 ${look.edge}`}>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 w-full items-center gap-2 text-start"
      >
        <span className="flex-1">
          <span className={`flex items-start gap-1.5 font-semibold leading-snug ${look.text}`}>
            <Icon aria-hidden className="mt-0.5 size-4 flex-none" />
            {clockLine(clock)}
          </span>
          <span className="block text-sm text-ink-2">
            {times > 1 ? m.label_times({ label: clock.label, n: times }) : clock.label}
          </span>
        </span>
        <ChevronDown aria-hidden className={`size-4 flex-none text-ink-2 ${open ? 'rotate-180' : ''}`} />
      </button>
      {!ended && (
        <div aria-hidden className="mt-1 h-1 overflow-hidden rounded-full bg-sunk">
          <div
            className={`h-full ${look.bar}`}
            style={{ width: `${Math.min(1, Math.max(0, clock.fraction)) * 100}%` }}
          />
        </div>
      )}
      <div id={id} hidden={!open} className="pt-2 text-sm text-ink-2">
        {open && <ClockSpans clock={clock} />}
      </div>
    </div>
  );
}

function ClockSpans({ clock }: { clock: ClockView }) {
  return (
    <>
      <dl className="grid grid-cols-[fit-content(40%)_1fr] gap-x-3">
        <dt>{m.clock_started()}</dt>
        <dd>{moment(clock.startedAt)}</dd>
        <dt>{m.clock_due()}</dt>
        <dd>
          {clock.rangeFrom ? `${day(clock.rangeFrom)} – ` : ''}
          {by(clock.due)}
        </dd>
        {clock.due !== clock.firstDue && (
          <>
            <dt>{m.clock_first_due()}</dt>
            <dd>{by(clock.firstDue)}</dd>
          </>
        )}
      </dl>
      {clock.provisional && <p className="mt-1">{m.clock_provisional()}</p>}
      <ul className="mt-2 space-y-1">
        {clock.spans.map((span) => (
          <li key={span.from} className={span.counted ? '' : 'text-ink-3'}>
            <span className="font-semibold">{span.counted ? m.clock_counted() : m.clock_not_counted()}</span>{' '}
            {moment(span.from)} – {moment(span.to)}
            {spanWhy(span.why) && `，${spanWhy(span.why)}`}
          </li>
        ))}
      </ul>
      {clock.moved.map((move) => (
        <p key={move.at} className="mt-1">
          {m.clock_moved({
            at: moment(move.at),
            from: moment(move.from),
            to: moment(move.to),
            why: movedWhy(move.why),
          })}
        </p>
      ))}
      {clock.printed && <p className="mt-1">{m.by_clause({ printed: clock.printed })}</p>}
    </>
  );
}
