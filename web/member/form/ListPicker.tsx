import { Search } from 'lucide-react';
import { useDeferredValue, useId, useRef, useState } from 'react';
import { m } from '../../shared/paraglide/messages.js';
import type { ListRow } from '../../shared/types.ts';
import { useListRows } from '../data/queries.ts';
import { Failed } from '../ui/Loaded.tsx';
import type { ChosenRow } from './FormFields.tsx';

interface ListPickerProps {
  list: string;
  title: string;
  chosen: string[];
  labels: Record<string, ChosenRow>;
  onChoose: (id: string, row: ChosenRow) => void;
}

/** Chooses from a list of the day by searching it. It opens in place, so that a sheet never needs another sheet. */
export function ListPicker({ list, title, chosen, labels, onChoose }: ListPickerProps) {
  const [open, setOpen] = useState(chosen.length === 0);
  // The list goes with what was tapped in it: the focus goes to what stands in its place.
  const picked = useRef(false);
  const names = chosen.map((id) => labels[id]?.label ?? m.chosen_earlier());
  if (!open) {
    return (
      <div className="option justify-between border-brand bg-brand-tint">
        <span className="font-medium">{names.join('、')}</span>
        <button
          type="button"
          className="link"
          aria-label={`${m.change()}：${title}`}
          ref={(button) => {
            if (!button || !picked.current) return;
            picked.current = false;
            button.focus();
          }}
          onClick={() => setOpen(true)}
        >
          {m.change()}
        </button>
      </div>
    );
  }
  return (
    <Rows
      list={list}
      title={title}
      chosen={chosen}
      onChoose={(row) => {
        picked.current = true;
        onChoose(row.id, chosenRow(row));
        setOpen(false);
      }}
    />
  );
}

function chosenRow(row: ListRow): ChosenRow {
  const departments = row.row.departments;
  return Array.isArray(departments) ? { label: row.label, departments: departments.map(String) } : { label: row.label };
}

function Rows({
  list,
  title,
  chosen,
  onChoose,
}: {
  list: string;
  title: string;
  chosen: string[];
  onChoose: (row: ListRow) => void;
}) {
  const [typed, setTyped] = useState('');
  const id = useId();
  const rows = useListRows(list, useDeferredValue(typed.trim()));
  return (
    <div className="rounded-xl border border-edge">
      <div className="relative">
        <Search aria-hidden className="absolute left-3 top-1/2 size-5 -translate-y-1/2 text-ink-3" />
        <input
          type="search"
          aria-label={m.search_in({ title })}
          aria-controls={id}
          placeholder={m.search_hint()}
          className="input border-0 pl-10"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      </div>
      <div id={id} className="max-h-72 overflow-y-auto border-t border-line">
        {rows.isPending && <p className="px-3 py-3 text-ink-2">{m.loading()}</p>}
        {rows.isError && <Failed error={rows.error} retry={() => void rows.refetch()} busy={rows.isFetching} />}
        {rows.data?.items.length === 0 && <p className="px-3 py-3 text-ink-2">{m.nothing_found()}</p>}
        <ul className="divide-y divide-line">
          {rows.data?.items.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                aria-pressed={chosen.includes(row.id)}
                onClick={() => onChoose(row)}
                className="min-h-14 w-full px-3 py-2 text-start aria-pressed:bg-brand-tint"
              >
                <span className="block font-medium">
                  {row.label} {row.sample && <span className="text-sm font-normal text-ink-2">{m.sample()}</span>}
                </span>
                <span className="block text-sm text-ink-2">{row.detail}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
