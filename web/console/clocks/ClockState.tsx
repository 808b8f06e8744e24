import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
} from '@ant-design/icons';
import type { ClockView } from '../../shared/types.ts';
import { clockWords } from '../data/words.ts';
import { m } from '../messages.ts';

const ICONS = {
  running: ClockCircleOutlined,
  soon: ExclamationCircleOutlined,
  standing: PauseCircleOutlined,
  late: CloseCircleOutlined,
  kept: CheckCircleOutlined,
  breached: CloseCircleOutlined,
  void: MinusCircleOutlined,
} as const;

/** A clock in words, with icon and colour; the words alone say everything. */
export function ClockState({ clock }: { clock: ClockView | null }) {
  if (!clock) return <span className="state state-none">{m.console_clock_none()}</span>;
  const Icon = ICONS[clock.state];
  return (
    <span className={`state state-${clock.state}`}>
      <Icon aria-hidden />
      {clockWords(clock)}
    </span>
  );
}
