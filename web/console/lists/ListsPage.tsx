import { Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
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
import { colon } from '../../shared/words.ts';
import { m } from '../messages.ts';
import { More } from '../states/More.tsx';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';

/** What a caller asks: is it on the list, as of which day, in which version, and when was it or will it be. */
export default function ListsPage() {
  const { list } = useParams();
  if (!isOpenList(list)) return <Navigate replace to={urls.list('drugs')} />;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_lists()}</h1>
      </div>
      <nav className="row" aria-label={m.console_nav_lists()}>
        {OPEN_LISTS.map((one) => (
          <NavLink key={one} to={urls.list(one)} className="chip">
            {listName(one)}
          </NavLink>
        ))}
      </nav>
      <ListTable key={list} list={list} />
    </div>
  );
}

function ListTable({ list }: { list: OpenList }) {
  const [q, setQ] = useState('');
  const [city, setCity] = useState('');
  const [on, setOn] = useState('');
  const found = useListPages(list, { q: useDeferredValue(q.trim()), city, on });
  const cities = useListCities(list).data?.items ?? [];
  return (
    <>
      <div className="row" style={{ margin: '12px 0' }}>
        <Input.Search
          aria-label={m.lists_search()}
          placeholder={list === 'drugs' ? m.lists_search_drugs() : m.lists_search()}
          allowClear
          style={{ width: 320 }}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        {hasCities(list) ? (
          <Select
            aria-label={m.lists_city()}
            placeholder={m.lists_every_city()}
            allowClear
            showSearch
            style={{ width: 140 }}
            options={cities.map((one) => ({ value: one, label: one }))}
            onChange={(one?: string) => setCity(one ?? '')}
          />
        ) : null}
        <Input
          type="date"
          aria-label={m.lists_day()}
          style={{ width: 160 }}
          value={on}
          onChange={(event) => setOn(event.target.value)}
        />
        <span className="meta" role="status">
          {found.data ? asOfWords(found.data.first.asOf) : ''}
        </span>
      </div>
      <Screen query={found}>
        {({ first, items }) => (
          <>
            {first.otherDays.length > 0 ? (
              <section className="section" aria-label={m.lists_other_days()}>
                <h2>{m.lists_other_days()}</h2>
                {first.otherDays.map((one) => (
                  <p key={`${one.label} ${one.detail}`}>
                    {one.label} {one.sample ? <span className="pill">{m.console_sample()}</span> : null}{' '}
                    <span className="meta">{one.detail}</span> {spanWords(one.spans)}
                  </p>
                ))}
              </section>
            ) : null}
            {items.length === 0 ? <p>{m.lists_not_there()}</p> : null}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls by itself and must be reachable by keyboard */}
            <section className="grid-frame grid-scroll" aria-label={listName(list)} tabIndex={0}>
              <table className="grid">
                <tbody>
                  {items.map((row) => (
                    <tr key={row.id}>
                      <th scope="row">
                        {row.label} {row.sample ? <span className="pill">{m.console_sample()}</span> : null}
                        <div className="meta">{row.detail}</div>
                      </th>
                      <td>
                        {rowFacts(list, row).map(({ label, value }) => (
                          <div key={label}>
                            <span className="meta">
                              {label}
                              {colon()}
                            </span>
                            {value}
                          </div>
                        ))}
                      </td>
                      <td className="nowrap">
                        {spanWords([{ from: row.effectiveFrom, to: row.effectiveTo }])}
                        <div className="meta">{m.lists_version({ version: String(row.version) })}</div>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            <More query={found} />
          </>
        )}
      </Screen>
    </>
  );
}
