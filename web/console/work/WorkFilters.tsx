import { Button, Select } from 'antd';
import { clockStateName } from '../data/words.ts';
import { m } from '../messages.ts';
import type { WorkFilter } from '../urls.ts';
import { choicesOf, type Work } from './narrow.ts';

type WorkFiltersProps = {
  items: readonly Work[];
  filter: WorkFilter;
  change: (filter: WorkFilter) => void;
  compact: boolean;
};

/** Narrows the list; every choice shows how many rows it leaves, and the address keeps it. */
export function WorkFilters({ items, filter, change, compact }: WorkFiltersProps) {
  const active = filter.service || filter.turn || filter.clock || filter.q;
  const selects = [
    {
      key: 'service' as const,
      label: m.console_work_service(),
      options: choicesOf(items, (item) => ({ value: item.service, label: item.serviceName })),
    },
    {
      key: 'turn' as const,
      label: m.console_work_waiting(),
      options: choicesOf(items, (item) => ({ value: item.turn.who, label: item.waitingOn })),
    },
    {
      key: 'clock' as const,
      label: m.console_work_clock(),
      options: choicesOf(items, (item) => ({
        value: item.urgent?.state ?? 'none',
        label: clockStateName(item.urgent?.state ?? 'none'),
      })),
    },
  ];
  return (
    <div className="row work-filters">
      {selects.map(({ key, label, options }) => (
        <Select
          key={key}
          size="small"
          style={compact ? { flex: '1 1 0', width: 0, minWidth: 0 } : { width: 180 }}
          aria-label={label}
          placeholder={label}
          allowClear
          popupMatchSelectWidth={false}
          value={filter[key]}
          options={options}
          onChange={(value?: string) => change({ [key]: value ?? '' })}
        />
      ))}
      {active ? (
        <Button size="small" type="link" onClick={() => change({ service: '', turn: '', clock: '', q: '' })}>
          {m.console_work_clear()}
        </Button>
      ) : null}
    </div>
  );
}
