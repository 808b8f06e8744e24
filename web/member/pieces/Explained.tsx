import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { isOpenList } from '../../shared/lists.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { BenefitCard, ServiceExplained } from '../../shared/types.ts';
import { Clauses } from '../ui/Clause.tsx';

type Group = ServiceExplained['groups'][number];
/** What everybody asks first. */
export const FIRST: readonly Group['group'][] = ['who', 'when', 'how-often', 'promises', 'hours'];

const TITLES: Record<Group['group'], () => string> = {
  who: m.explained_who,
  when: m.explained_when,
  'how-often': m.explained_how_often,
  promises: m.promises_title,
  hours: m.explained_hours,
  papers: m.explained_papers,
  costs: m.explained_costs,
  provider: m.explained_provider,
  lists: m.explained_lists,
  reach: m.explained_reach,
};

/** Long answers that only some need: folded, their question stays. */
const FOLDED: readonly Group['group'][] = ['papers', 'provider', 'lists'];

/** What the plan says of a service, a card a question, with the numbers of the clauses behind it. */
export function Facts({ groups, only, except = [] }: { groups: Group[]; only?: typeof FIRST; except?: typeof FIRST }) {
  return groups
    .filter(({ group }) => (only ? only.includes(group) : !except.includes(group)))
    .map(({ group, facts }) => (
      <Answer key={group} title={TITLES[group]()} folded={FOLDED.includes(group)}>
        <ul className="mt-1 list-disc space-y-1.5 pl-5">
          {facts.map(({ text, note, list }) => (
            <li key={text}>
              {text}
              {note && <span className="block text-sm text-ink-2">{note}</span>}
              {list && isOpenList(list) && (
                <Link className="link" to={`/m/lists/${list}`}>
                  {m.open_list()}
                </Link>
              )}
            </li>
          ))}
        </ul>
        <Clauses items={facts.map(({ printed }) => ({ printed, text: undefined }))} />
      </Answer>
    ));
}

/** A question and its answer; one that is folded opens by a tap on the question. */
function Answer({ title, folded, children }: { title: string; folded: boolean; children: ReactNode }) {
  return (
    <section className={`card mt-3 ${folded ? 'py-1' : ''}`} aria-label={title}>
      {folded ? (
        <details>
          <summary className="min-h-11 content-center font-semibold">{title}</summary>
          <div className="pb-3">{children}</div>
        </details>
      ) : (
        <>
          <h2 className="font-semibold">{title}</h2>
          {children}
        </>
      )}
    </section>
  );
}

/** What the member is told beside the service. */
export function Notices({ items }: { items: BenefitCard['notices'] }) {
  if (items.length === 0) return null;
  return (
    <Answer title={m.notices_title()} folded>
      <ul className="mt-1 list-disc space-y-1 pl-5">
        {items.map((item) => (
          <li key={item.id}>{item.text}</li>
        ))}
      </ul>
      <Clauses items={items.map((item) => ({ printed: item.printed, text: undefined }))} />
    </Answer>
  );
}

/** Every clause behind the service, folded; open where the address names one of them. */
export function ExactClauses({ clauses }: { clauses: ServiceExplained['clauses'] }) {
  const hash = decodeURIComponent(useLocation().hash.slice(1));
  const named = useRef<HTMLLIElement>(null);
  useEffect(() => named.current?.scrollIntoView({ block: 'center' }), []);
  return (
    <section className="card mt-3 py-1" aria-label={m.rules_title()}>
      <details open={clauses.some(({ id }) => id === hash)}>
        <summary className="min-h-11 content-center font-semibold">{m.rules_title()}</summary>
        <ul className="divide-y divide-line">
          {clauses.map(({ id, printed, text }) => (
            <li key={id} ref={id === hash ? named : undefined} className={`py-2 ${id === hash ? 'font-semibold' : ''}`}>
              <span className="block text-sm text-ink-2">{printed}</span>
              {text}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
