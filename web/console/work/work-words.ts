import type { DueBand } from '../../shared/types.ts';
import { m } from '../messages.ts';

/** How near the breach is, as a heading of the list. */
export function bandName(band: DueBand): string {
  const names = {
    late: m.console_work_band_late,
    today: m.console_work_band_today,
    later: m.console_work_band_later,
    none: m.console_work_band_none,
  };
  return names[band]();
}
