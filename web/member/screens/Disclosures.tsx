import { Link } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import { listed, moment } from '../../shared/words.ts';
import { useDisclosures } from '../data/queries.ts';
import { Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** What was shared about the person, with whom, when, and for which case. */
export default function Disclosures() {
  const disclosures = useDisclosures();
  return (
    <Page title={m.disclosures_title()} up="/m/me">
      <p className="text-ink-2">{m.disclosures_lead()}</p>
      <Loaded query={disclosures} skeleton={<CardsSkeleton />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={m.no_disclosures_title()} text={m.no_disclosures_text()} />
          ) : (
            <ul>
              {items.map((one) => (
                <li key={one.id} className="card mt-3">
                  <p className="font-semibold">{one.recipientName}</p>
                  <p className="text-sm text-ink-2">
                    {moment(one.at)} · {one.actor} · {one.person.name}
                  </p>
                  <p className="mt-1">{listed(one.what)}</p>
                  <Link to={`/m/cases/${one.caseId}`} className="link">
                    {m.open_case({ number: one.caseNumber })}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}
