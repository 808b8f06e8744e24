import type { WorkItem } from '../../shared/types.ts';
import { m } from '../messages.ts';
import type { WorkFilter } from '../urls.ts';

export type Work = WorkItem;

/** What the loaded list may be narrowed by on the spot; desk and words are asked of the server. */
export function narrow(items: readonly Work[], filter: WorkFilter): Work[] {
  return items.filter(
    (item) =>
      (!filter.service || item.service === filter.service) &&
      (!filter.turn || item.turn.who === filter.turn) &&
      (!filter.clock || (item.urgent?.state ?? 'none') === filter.clock),
  );
}

/** The choices that occur in a list, with how many rows each would leave; in the order of first appearance. */
export function choicesOf(items: readonly Work[], pick: (item: Work) => { value: string; label: string }) {
  const found = new Map<string, { value: string; label: string; count: number }>();
  for (const item of items) {
    const { value, label } = pick(item);
    const known = found.get(value);
    if (known) known.count += 1;
    else found.set(value, { value, label, count: 1 });
  }
  return [...found.values()].map(({ value, label, count }) => ({
    value,
    label: m.console_with_count({ what: label, count: String(count) }),
  }));
}
