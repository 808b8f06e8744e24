import { Button, Select } from 'antd';
import type { WorkChoice, WorkList } from '../../shared/types.ts';
import { m } from '../messages.ts';
import type { WorkFilter } from '../urls.ts';
import { NARROWED_BY_NOTHING } from './use-work-filter.ts';

type WorkFiltersProps = {
  choices: WorkList['choices'];
  filter: WorkFilter;
  change: (filter: WorkFilter) => void;
  compact: boolean;
};
type Facet = keyof WorkList['choices'];

/** Narrows the list on the server; every choice says how many rows it leaves, and the address keeps it. */
export function WorkFilters({ choices, filter, change, compact }: WorkFiltersProps) {
  const facets: { key: Facet; label: string }[] = [
    { key: 'due', label: m.console_work_due() },
    { key: 'step', label: m.console_work_step() },
    { key: 'turn', label: m.console_work_waiting() },
    { key: 'service', label: m.console_work_service() },
  ];
  // One choice is none: it narrows nothing.
  const shown = facets.filter(({ key }) => choices[key].length > 1 || filter[key]);
  if (shown.length === 0) return null;
  const active = facets.some(({ key }) => filter[key]);
  return (
    <div className={compact ? 'work-filters' : 'work-facets'}>
      {shown.map(({ key, label }) =>
        compact ? (
          <Select
            key={key}
            size="small"
            style={{ minWidth: 0 }}
            aria-label={label}
            placeholder={label}
            allowClear
            popupMatchSelectWidth={false}
            value={filter[key]}
            options={choices[key].map((one) => ({ value: one.code, label: counted(one) }))}
            onChange={(value?: string) => change({ [key]: value ?? '' })}
          />
        ) : (
          <Chips
            key={key}
            label={label}
            choices={choices[key]}
            value={filter[key] ?? ''}
            onPick={(code) => change({ [key]: code })}
          />
        ),
      )}
      {active ? (
        <Button size="small" type="link" onClick={() => change(NARROWED_BY_NOTHING)}>
          {m.console_work_clear()}
        </Button>
      ) : null}
    </div>
  );
}

type ChipsProps = { label: string; choices: readonly WorkChoice[]; value: string; onPick: (code: string) => void };

/** A choice is a button that stays pressed; pressed again it is taken away. */
function Chips({ label, choices, value, onPick }: ChipsProps) {
  return (
    <fieldset className="chips">
      <legend>{label}</legend>
      {choices.map(({ code, label: name, count }) => (
        <button
          key={code}
          type="button"
          className="chip"
          aria-pressed={code === value}
          onClick={() => onPick(code === value ? '' : code)}
        >
          {name} <b>{count}</b>
        </button>
      ))}
    </fieldset>
  );
}

const counted = ({ label, count }: WorkChoice): string => m.console_with_count({ what: label, count: String(count) });
