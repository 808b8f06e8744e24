import { Button } from 'antd';
import type { ClockView } from '../../shared/types.ts';
import { byMoment, momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { ClockBar } from './ClockBar.tsx';
import { ClockState } from './ClockState.tsx';

type ClockCardProps = { clock: ClockView; times: number; onExplain: () => void };

/** One promise of a case: what, how long yet, until when, drawn, and the way to its explanation. */
export function ClockCard({ clock, times, onExplain }: ClockCardProps) {
  const tone = clock.state === 'soon' ? 'clock-soon' : clock.state === 'late' ? 'clock-late' : '';
  const over = clock.state === 'kept' || clock.state === 'breached';
  return (
    <li className={`clock ${tone}`}>
      <div className="row-between">
        <b>{times > 1 ? m.label_times({ label: clock.label, n: times }) : clock.label}</b>
        <ClockState clock={clock} />
      </div>
      <ClockBar clock={clock} />
      <div className="row-between">
        <span className="meta">
          {over && clock.metAt ? m.console_clock_met({ at: momentWords(clock.metAt) }) : byMoment(clock.due)}
          {clock.provisional ? ` · ${m.console_clock_provisional()}` : ''}
          {clock.target ? ` · ${m.console_clock_target()}` : ''}
          {clock.corrected ? ` · ${m.console_clock_corrected()}` : ''}
        </span>
        <Button
          size="small"
          type="link"
          onClick={onExplain}
          aria-label={m.console_clock_explain_of({ label: clock.label })}
        >
          {m.console_clock_explain()}
        </Button>
      </div>
    </li>
  );
}
