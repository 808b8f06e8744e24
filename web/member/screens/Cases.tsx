import { Link } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import type { CaseSummary } from '../../shared/types.ts';
import { moment, until } from '../../shared/words.ts';
import { useCases } from '../data/queries.ts';
import { useSession } from '../data/session.ts';
import { clockLine } from '../pieces/Clock.tsx';
import { isMyTurn } from '../pieces/TurnPanel.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';
import { Tabs } from '../ui/Tabs.tsx';

/** The reader's cases: those under way, then those that ended. */
export default function Cases() {
  const cases = useCases();
  return (
    <>
      <Page title={m.cases_title()}>
        <Loaded query={cases} skeleton={<CardsSkeleton />}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={m.no_cases_title()} text={m.no_cases_text()}>
                <Link to="/" className="btn btn-primary mt-3">
                  {m.see_services()}
                </Link>
              </Empty>
            ) : (
              <>
                <Group title={m.cases_running()} items={items.filter((view) => !view.final)} />
                <Group title={m.cases_ended()} items={items.filter((view) => view.final)} />
              </>
            )
          }
        </Loaded>
      </Page>
      <Tabs />
    </>
  );
}

function Group({ title, items }: { title: string; items: CaseSummary[] }) {
  const session = useSession();
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mt-4 text-sm font-semibold text-ink-2">{title}</h2>
      <ul>
        {items.map((view) => (
          <li key={view.id}>
            <Link to={`/m/cases/${view.id}`} className="card mt-3 block">
              <span className="flex flex-wrap items-center justify-between gap-x-2">
                <span className="font-semibold">{view.serviceName}</span>
                <Chip tone={view.final ? 'quiet' : isMyTurn(view) ? 'soon' : 'brand'}>{view.stateLabel}</Chip>
              </span>
              <span className="block text-sm text-ink-2">
                {view.number}
                {view.person.id !== session.account.personId && ` · ${view.person.name}`}
              </span>
              {!view.final && (
                <span className="mt-1 block text-[0.92rem]">
                  {view.turn.until ? `${view.turn.label} · ${until(view.turn)}` : view.turn.label}
                  {view.urgent && (
                    <span className="block text-sm text-ink-2">
                      {m.promise_words({ label: view.urgent.label, text: clockLine(view.urgent) })}
                    </span>
                  )}
                </span>
              )}
              {view.final && <span className="block text-sm text-ink-2">{moment(view.changedAt)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
