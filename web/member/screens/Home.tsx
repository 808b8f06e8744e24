import { useState } from 'react';
import { Link } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import type { BenefitCard, CaseSummary } from '../../shared/types.ts';
import { until } from '../../shared/words.ts';
import { useBenefits, useCases } from '../data/queries.ts';
import { useSession } from '../data/session.ts';
import { Benefit } from '../pieces/Benefit.tsx';
import { inReach } from '../pieces/benefit-state.ts';
import { byDoor, type DoorGroup, type Placed } from '../pieces/doors.ts';
import { ElderEntry } from '../pieces/ElderEntry.tsx';
import { PersonFilter } from '../pieces/PersonFilter.tsx';
import { isMyTurn } from '../pieces/TurnPanel.tsx';
import { Search } from '../search/Search.tsx';
import { Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';
import { Tabs } from '../ui/Tabs.tsx';

/** Every service behind the handbook's own doors; above them what waits for the reader. */
export function Home() {
  const session = useSession();
  const benefits = useBenefits();
  const cases = useCases();
  const [who, setWho] = useState<string | null>(null);
  const title = benefits.data?.items[0]?.portal ?? m.home_title();
  return (
    <>
      <Page wide title={title} aside={<span className="text-sm text-ink-2">{session.account.name}</span>}>
        <ElderEntry />
        <Search>
          <Waiting cases={cases.data?.items ?? []} />
          <Loaded query={benefits} skeleton={<CardsSkeleton count={4} />}>
            {({ items }) => {
              const doors = byDoor(inReach(items.filter((card) => who === null || card.person.id === who)));
              return (
                <>
                  <PersonFilter persons={items.map((card) => card.person)} chosen={who} onChoose={setWho} everyone />
                  <DoorRow doors={doors} />
                  {doors.map((door) => (
                    <Door key={door.code} door={door} alone={isAlone(items)} />
                  ))}
                  {items.length === 0 && (
                    <Empty
                      title={m.no_benefits_title()}
                      text={m.no_benefits_text({ hotline: session.insurer.hotline })}
                    />
                  )}
                  <p className="mt-4">
                    <Link className="link" to="/m/lists/drugs">
                      {m.lists_title()}
                    </Link>
                  </p>
                </>
              );
            }}
          </Loaded>
        </Search>
      </Page>
      <Tabs />
    </>
  );
}

const headingOf = (code: string) => `door-${code}`;

/** The doors at a glance: one tap brings the page to each. They wrap; nothing hides behind the edge. */
function DoorRow({ doors }: { doors: DoorGroup[] }) {
  const named = doors.filter(({ name }) => name !== null);
  if (named.length < 2) return null;
  const open = (code: string) => {
    const heading = document.getElementById(headingOf(code));
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <nav aria-label={m.doors_title()} className="mt-3 flex flex-wrap gap-2">
      {named.map(({ code, name }) => (
        <button
          key={code}
          type="button"
          onClick={() => open(code)}
          className="min-h-11 rounded-full border border-edge bg-card px-4 text-[0.92rem]"
        >
          {name}
        </button>
      ))}
    </nav>
  );
}

/** One person under one policy: nobody has to be told whose card it is. */
const isAlone = (cards: BenefitCard[]) =>
  cards.every(({ person, policyId }) => person.id === cards[0]!.person.id && policyId === cards[0]!.policyId);

function Door({ door, alone }: { door: DoorGroup; alone: boolean }) {
  const groups = byPolicy(door.placed, useSession().account.personId);
  const name = door.name ?? m.other_services();
  return (
    <section aria-labelledby={headingOf(door.code)}>
      <h2
        id={headingOf(door.code)}
        tabIndex={-1}
        className="mt-6 scroll-mt-3 text-lg font-semibold leading-snug outline-none"
      >
        {name}
        {door.inside && <span className="ml-2 text-sm font-normal text-ink-2">{door.inside}</span>}
      </h2>
      {groups.map((group) => (
        <div key={group.key}>
          {!alone && <h3 className="mt-2 text-sm font-normal text-ink-2">{group.title}</h3>}
          {group.placed.some(({ card }) => card.limitedView) && (
            <p className="mt-1 text-sm text-ink-2">{m.limited_view({ name: group.placed[0]!.card.person.name })}</p>
          )}
          <div className="lg:grid lg:grid-cols-2 lg:gap-x-4">
            {group.placed.map(({ card, entries }) => (
              <Benefit key={card.service} card={card} entries={entries} heading={alone ? 'h3' : 'h4'} />
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

/** One group a person and policy, as they first come. */
function byPolicy(placed: Placed[], own: string | null) {
  const found = new Map<string, { key: string; title: string; placed: Placed[] }>();
  for (const one of placed) {
    const { person, policyId, policyNo } = one.card;
    const key = `${person.id}/${policyId}`;
    const name = person.id === own ? m.myself() : person.name;
    const group = found.get(key) ?? { key, title: `${name} · ${m.policy({ no: policyNo })}`, placed: [] };
    group.placed.push(one);
    found.set(key, group);
  }
  return [...found.values()];
}

function Waiting({ cases }: { cases: CaseSummary[] }) {
  return cases
    .filter((view) => !view.final && isMyTurn(view))
    .map((view) => (
      <Link key={view.id} to={`/m/cases/${view.id}`} className="mt-3 block rounded-card bg-brand-tint p-4">
        <span className="block font-semibold text-brand-text">
          {m.your_turn()} · {view.serviceName}
        </span>
        <span className="block">{view.turn.does}</span>
        {view.turn.until && <span className="block font-semibold">{until(view.turn)}</span>}
      </Link>
    ));
}
