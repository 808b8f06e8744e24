import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { get } from '../../shared/api.ts';
import type { Value } from '../../shared/form/values.ts';
import { keys } from '../../shared/keys.ts';
import type { ListOf, ListRow } from '../../shared/types.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

/** Milliseconds of quiet before the words typed are asked of the server. */
const QUIET = 250;

/** Lists of which what is nearest to the case's person comes first. */
const NEAREST: readonly string[] = ['pharmacies'];

type ListFieldProps = {
  id: string;
  list: string;
  value: Value;
  onChange: (value: string | string[]) => void;
  many?: boolean;
  required?: boolean;
  invalid?: boolean;
  caseId?: string;
};

/** A row of a list as of today, found by typing; what was chosen keeps its name when the search moves on. */
export function ListField({
  id,
  list,
  value,
  onChange,
  many = false,
  required = false,
  invalid = false,
  caseId,
}: ListFieldProps) {
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  const known = useRef(new Map<string, string>());
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words.trim()), QUIET);
    return () => clearTimeout(timer);
  }, [words]);
  const query = { q: asked, limit: 30, ...(caseId && NEAREST.includes(list) ? { caseId } : {}) };
  const rows = useQuery({
    queryKey: keys.list(list, query),
    queryFn: ({ signal }) => get<ListOf<ListRow>>(`/api/lists/${list}`, query, signal).then(({ items }) => items),
    placeholderData: (previous) => previous,
  });
  for (const row of rows.data ?? []) known.current.set(row.id, row.label);
  const chosen = Array.isArray(value) ? value : typeof value === 'string' && value ? [value] : [];
  const found = rows.data ?? [];
  const options = [
    ...found.map((row) => ({ value: row.id, label: row.label, detail: row.detail, sample: row.sample })),
    ...chosen
      .filter((one) => !found.some((row) => row.id === one))
      .map((one) => ({ value: one, label: known.current.get(one) ?? one, detail: '', sample: false })),
  ];
  return (
    <Select
      id={id}
      status={invalid ? 'error' : undefined}
      mode={many ? 'multiple' : undefined}
      allowClear={!required}
      showSearch={{ filterOption: false, onSearch: setWords }}
      placeholder={m.console_form_search_list()}
      loading={rows.isFetching}
      popupMatchSelectWidth={420}
      notFoundContent={
        rows.isError ? problemText(rows.error) : rows.isPending ? m.console_loading() : m.console_form_nothing()
      }
      value={many ? chosen : chosen[0]}
      options={options}
      optionRender={({ data }) => (
        <div>
          {data.label} {data.sample ? <span className="pill">{m.console_sample()}</span> : null}
          <div className="meta">{data.detail}</div>
        </div>
      )}
      onChange={(picked: string | string[] | undefined) => onChange(picked ?? '')}
    />
  );
}
