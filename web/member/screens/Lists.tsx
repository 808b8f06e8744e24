import { useDeferredValue, useEffect, useState } from 'react';
import { Navigate, NavLink, useParams } from 'react-router';
import {
  asOfWords,
  hasCities,
  isOpenList,
  listName,
  OPEN_LISTS,
  type OpenList,
  rowFacts,
  spanWords,
  useListCities,
  useListPages,
} from '../../shared/lists.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { ListPage, ListRow } from '../../shared/types.ts';
import { colon } from '../../shared/words.ts';
import { readSought, seekInList } from '../search/sought.ts';
import { Field } from '../ui/Field.tsx';
import { Failed } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** The lists of drugs, pharmacies and CAR-T places: what is on them, as of which day and version, and what is not. */
export default function Lists() {
  const { list } = useParams();
  if (!isOpenList(list)) return <Navigate to="/m/lists/drugs" replace />;
  return (
    <Page title={m.lists_title()} up="/m/me">
      <nav aria-label={m.lists_title()} className="flex flex-wrap gap-2">
        {OPEN_LISTS.map((one) => (
          <NavLink
            key={one}
            to={`/m/lists/${one}`}
            replace
            className="grid min-h-11 place-items-center rounded-full border border-edge px-4 aria-[current=page]:border-brand aria-[current=page]:bg-brand-tint aria-[current=page]:font-semibold"
          >
            {listName(one)}
          </NavLink>
        ))}
      </nav>
      <Search key={list} list={list} />
    </Page>
  );
}

function Search({ list }: { list: OpenList }) {
  const [q, setQ] = useState(readSought);
  // Once: the next visit starts empty.
  useEffect(() => seekInList(''), []);
  const [city, setCity] = useState('');
  const [on, setOn] = useState('');
  const found = useListPages(list, { q: useDeferredValue(q.trim()), city, on });
  const cities = useListCities(list).data?.items ?? [];
  return (
    <>
      <Field label={m.lists_search()} hint={list === 'drugs' ? m.lists_search_drugs() : undefined} required={false}>
        {(control) => (
          <input {...control} type="search" className="input" value={q} onChange={(e) => setQ(e.target.value)} />
        )}
      </Field>
      {hasCities(list) && (
        <Field label={m.lists_city()} required={false}>
          {(control) => (
            <select {...control} className="input" value={city} onChange={(e) => setCity(e.target.value)}>
              <option value="">{m.lists_every_city()}</option>
              {cities.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label={m.lists_day()} hint={m.lists_day_hint()} required={false}>
        {(control) => (
          <input {...control} type="date" className="input" value={on} onChange={(e) => setOn(e.target.value)} />
        )}
      </Field>
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} busy={found.isFetching} />}
      {found.isPending && <CardsSkeleton count={3} />}
      {found.data && (
        <>
          <p className="mt-4 text-sm text-ink-2" role="status">
            {asOfWords(found.data.first.asOf)}
          </p>
          <NotThatDay page={found.data.first} />
          {found.data.items.length === 0 && q === '' && <p className="mt-3 text-ink-2">{m.lists_empty()}</p>}
          <ul>
            {found.data.items.map((row) => (
              <Row key={row.id} list={list} row={row} />
            ))}
          </ul>
          {found.hasNextPage && (
            <button type="button" className="btn btn-ghost mt-3" onClick={() => void found.fetchNextPage()}>
              {m.lists_more()}
            </button>
          )}
        </>
      )}
    </>
  );
}

function Row({ list, row }: { list: OpenList; row: ListRow }) {
  return (
    <li className="card mt-3">
      <h2 className="font-semibold">
        {row.label} {row.sample && <span className="text-sm font-normal text-ink-2">{m.sample()}</span>}
      </h2>
      <p className="text-sm text-ink-2">{row.detail}</p>
      {rowFacts(list, row).map(({ label, value }) => (
        <p key={label} className="mt-1 text-sm">
          <span className="text-ink-2">
            {label}
            {colon()}
          </span>
          {value}
        </p>
      ))}
    </li>
  );
}

/** Nothing of that name is on the list of the day: said with the version, and when it was or will be. */
function NotThatDay({ page }: { page: ListPage }) {
  if (page.otherDays.length === 0)
    return page.items.length === 0 ? <p className="mt-3">{m.lists_not_there()}</p> : null;
  return (
    <section className="card mt-3" aria-label={m.lists_other_days()}>
      <h2 className="font-semibold">{m.lists_other_days()}</h2>
      {page.otherDays.map((one) => (
        <p key={`${one.label} ${one.detail}`} className="mt-2">
          {one.label} {one.sample && <span className="text-sm text-ink-2">{m.sample()}</span>}
          <span className="block text-sm text-ink-2">{one.detail}</span>
          <span className="block text-sm">{spanWords(one.spans)}</span>
        </p>
      ))}
    </section>
  );
}
