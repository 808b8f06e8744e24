import type { UseView } from '../../shared/types.ts';
import { m } from '../messages.ts';

/** What a case takes of the right: held, spent or given back, and how many of how many are left. */
export function rightWords(use: UseView): string {
  const states = {
    none: m.console_use_none,
    held: m.console_use_held,
    spent: m.console_use_spent,
    released: m.console_use_released,
  };
  const cause = use.causeLabel ? ` · ${use.causeLabel}` : '';
  const left =
    use.limit === null
      ? ''
      : ` · ${m.console_use_left({ left: String(use.remaining ?? 0), limit: String(use.limit) })}`;
  return `${states[use.state]()}${cause}${left}`;
}
