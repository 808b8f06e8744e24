import { useState } from 'react';
import { Link } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import { useBenefits, usePapers } from '../data/queries.ts';
import { useSession } from '../data/session.ts';
import { PaperRow } from '../pieces/PaperRow.tsx';
import { PersonFilter } from '../pieces/PersonFilter.tsx';
import { Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** Every paper handed in for a person; each can be used again in a later request. */
export default function Papers() {
  const session = useSession();
  const benefits = useBenefits();
  const persons = (benefits.data?.items ?? []).filter((card) => !card.limitedView).map((card) => card.person);
  const [chosen, setChosen] = useState<string | null>(null);
  const personId = chosen ?? session.account.personId ?? persons[0]?.id ?? '';
  const papers = usePapers(personId);
  return (
    <Page title={m.papers_mine()} up="/m/me">
      <p className="text-ink-2">{m.papers_lead()}</p>
      <PersonFilter persons={persons} chosen={personId} onChoose={setChosen} />
      <Loaded query={papers} skeleton={<CardsSkeleton />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={m.no_papers_title()} text={m.no_papers_text()}>
              <Link to="/" className="btn btn-ghost mt-3">
                {m.see_services()}
              </Link>
            </Empty>
          ) : (
            <div className="card mt-3 divide-y divide-line py-1">
              {items.map((paper) => (
                <PaperRow key={paper.id} paper={paper} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
