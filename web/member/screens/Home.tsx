import { useState } from 'react';
import { Link } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import type { BenefitCard, CaseSummary } from '../../shared/types.ts';
import { until } from '../../shared/words.ts';
import { useBenefits, useCases } from '../data/queries.ts';
import { useSession } from '../data/session.ts';
import { Benefit } from '../pieces/Benefit.tsx';
import { inReach } from '../pieces/benefit-state.ts';
import { PersonFilter } from '../pieces/PersonFilter.tsx';
import { isMyTurn } from '../pieces/TurnPanel.tsx';
import { Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';
import { Tabs } from '../ui/Tabs.tsx';

/** Every service of every policy as a card, one section a person and policy; above it what waits for the reader. */
export function Home() {
  const session = useSession();
  const benefits = useBenefits();
  const cases = useCases();
  const [who, setWho] = useState<string | null>(null);
  return (
    <>
      <Page wide title={m.home_title()} aside={<span className="text-sm text-ink-2">{session.account.name}</span>}>
        <Waiting cases={cases.data?.items ?? []} />
        <Loaded query={benefits} skeleton={<CardsSkeleton count={4} />}>
          {({ items }) => (
            <>
              <PersonFilter persons={items.map((card) => card.person)} chosen={who} onChoose={setWho} everyone />
              {sections(items.filter((card) => who === null || card.person.id === who)).map((section) => (
                <section key={section.key} aria-label={section.title}>
                  <h2 className="mt-5 text-sm font-semibold text-ink-2">{section.title}</h2>
                  {section.cards.some((card) => card.limitedView) && (
                    <p className="mt-1 text-sm text-ink-2">{m.limited_view({ name: section.cards[0]!.person.name })}</p>
                  )}
                  <div className="lg:grid lg:grid-cols-2 lg:gap-x-4">
                    {inReach(section.cards).map((card) => (
                      <Benefit key={card.service} card={card} />
                    ))}
                  </div>
                </section>
              ))}
              {items.length === 0 && (
                <Empty title={m.no_benefits_title()} text={m.no_benefits_text({ hotline: session.insurer.hotline })} />
              )}
              <p className="mt-4">
                <Link className="link" to="/m/lists/drugs">
                  {m.lists_title()}
                </Link>
              </p>
            </>
          )}
        </Loaded>
      </Page>
      <Tabs />
    </>
  );

  function sections(cards: BenefitCard[]) {
    const found = new Map<string, { key: string; title: string; cards: BenefitCard[] }>();
    for (const card of cards) {
      const key = `${card.person.id}/${card.policyId}`;
      const own = card.person.id === session.account.personId;
      const name = own ? m.myself() : card.person.name;
      const section = found.get(key) ?? { key, title: `${name} · ${m.policy({ no: card.policyNo })}`, cards: [] };
      section.cards.push(card);
      found.set(key, section);
    }
    return [...found.values()];
  }
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
