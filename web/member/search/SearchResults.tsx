import { useState } from 'react';
import { Link } from 'react-router';
import { isOpenList, listName } from '../../shared/lists.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { SearchHit, SearchResult } from '../../shared/types.ts';
import { useSearch } from '../data/queries.ts';
import { useSession } from '../data/session.ts';
import { Hotline } from '../pieces/Benefit.tsx';
import { Failed } from '../ui/Loaded.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';
import { seekInList } from './sought.ts';

type Group = SearchResult['groups'][number];

/** What was found, a section a kind of thing; all of one kind when that is asked for. */
export default function SearchResults({ q }: { q: string }) {
  const [only, setOnly] = useState<{ q: string; group: Group['group'] } | null>(null);
  // Another question starts with the first of everything again.
  const group = only?.q === q ? only.group : null;
  const found = useSearch(q, group);
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} busy={found.isFetching} />;
  if (!found.data) return <CardsSkeleton count={3} />;
  const { groups } = found.data;
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  const more = groups.some((one) => one.more);
  return (
    <>
      <p role="status" className="mt-3 text-sm text-ink-2">
        {count === 0 ? m.search_nothing() : more ? m.search_found_more({ n: count }) : m.search_found({ n: count })}
      </p>
      {group !== null && (
        <button type="button" className="link" onClick={() => setOnly(null)}>
          {m.search_back()}
        </button>
      )}
      {count === 0 && <Nothing />}
      {groups.map((one) => (
        <section key={one.group} aria-label={nameOf(one.group)}>
          <h2 className="mt-4 text-sm font-semibold text-ink-2">{nameOf(one.group)}</h2>
          <ul className="card mt-2 divide-y divide-line py-1">
            {one.items.map((hit, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two entries of a list may read alike.
              <li key={`${hit.title}/${place}`}>
                <Hit hit={hit} />
              </li>
            ))}
          </ul>
          {one.more && group === null && (
            <button type="button" className="link" onClick={() => setOnly({ q, group: one.group })}>
              {m.search_all_of({ name: nameOf(one.group) })}
            </button>
          )}
          {one.more && group !== null && <p className="mt-2 text-sm text-ink-2">{m.search_narrow()}</p>}
        </section>
      ))}
    </>
  );
}

function Nothing() {
  const { insurer } = useSession();
  return (
    <section className="card mt-3" aria-label={m.search_nothing()}>
      <p>{m.search_try()}</p>
      <ul className="mt-1 list-disc pl-5 text-ink-2">
        <li>{m.search_try_shorter()}</li>
        <li>{m.search_try_other()}</li>
      </ul>
      <Hotline number={insurer.hotline} />
    </section>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const words = (
    <>
      <span className="block font-medium">{hit.of ? m.search_of({ title: hit.title, name: hit.of }) : hit.title}</span>
      <span className="block text-sm text-ink-2">{hit.text}</span>
    </>
  );
  if (hit.to === null) return <div className="py-2">{words}</div>;
  return (
    <Link
      to={addressOf(hit.to)}
      onClick={() => hit.to?.kind === 'list' && seekInList(hit.title)}
      className="block min-h-11 py-2 text-brand-text"
    >
      {words}
    </Link>
  );
}

function addressOf(to: NonNullable<SearchHit['to']>): string {
  switch (to.kind) {
    case 'service':
    case 'clause': {
      const page = `/m/services/${to.policyId}/${to.personId}/${to.service}`;
      if (to.kind === 'clause') return `${page}#${to.clause}`;
      return to.item === null ? page : `${page}?item=${to.item}`;
    }
    case 'case':
      return `/m/cases/${to.caseId}`;
    case 'papers':
      return '/m/papers';
    case 'messages':
      return '/m/inbox';
    case 'list':
      return `/m/lists/${to.list}`;
  }
}

function nameOf(group: Group['group']): string {
  if (isOpenList(group)) return listName(group);
  return {
    services: m.tab_services,
    cases: m.tab_cases,
    papers: m.papers_mine,
    messages: m.tab_inbox,
    clauses: m.rules_title,
  }[group]();
}
