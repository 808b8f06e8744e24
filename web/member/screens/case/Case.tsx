import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { foldClocks } from '../../../shared/fold-clocks.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { AllowedEvent, CaseView } from '../../../shared/types.ts';
import { useCase } from '../../data/queries.ts';
import { useSession } from '../../data/session.ts';
import { Hotline } from '../../pieces/Benefit.tsx';
import { Clock } from '../../pieces/Clock.tsx';
import { Timeline } from '../../pieces/Timeline.tsx';
import { TurnPanel } from '../../pieces/TurnPanel.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { CardsSkeleton, CaseSkeleton } from '../../ui/Skeleton.tsx';
import { Aid } from './Aid.tsx';
import { AllowedList } from './AllowedList.tsx';
import { CasePapers } from './CasePapers.tsx';
import { Course } from './course/Course.tsx';
import { EventSheet } from './EventSheet.tsx';
import { isHandIn } from './events.ts';
import { Facts, FirstFacts } from './Facts.tsx';
import { InformedConsent } from './InformedConsent.tsx';
import { Linked } from './Linked.tsx';
import { Offer } from './Offer.tsx';
import { Opinion } from './Opinion.tsx';
import { CarePath, Summary } from './Outcome.tsx';
import { ProviderConsent } from './ProviderConsent.tsx';
import { Result } from './Result.tsx';
import { Satisfaction, useAsking } from './Satisfaction.tsx';
import { Settlement } from './Settlement.tsx';
import { Steps } from './Steps.tsx';

const VideoPanel = lazy(() => import('../video/VideoPanel.tsx'));

/** A case as its person sees it: whose turn, the one thing to do, every promise, every paper, what was and will be. */
export default function Case() {
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  // Right after applying, back leads to the list and not into the application that is done.
  const fresh = search.get('new') !== null;
  const navigate = useNavigate();
  const query = useCase(id);
  const view = query.data;
  const [open, setOpen] = useState<string | null>(null);
  const asking = useAsking();
  const primary = view?.allowed.find((event) => event.weight === 'primary');
  const event = view?.allowed.find((one) => one.type === open);
  const start = (one: AllowedEvent) => {
    // Rating is one question for every kind of case, with a sheet of its own.
    if (one.type === 'rate' && view?.satisfaction) asking[1](view.satisfaction.stars ?? 0);
    else if (isHandIn(one)) document.getElementById('papers')?.scrollIntoView({ behavior: 'smooth' });
    else setOpen(one.type);
  };
  return (
    <Page
      wide
      title={view?.serviceName ?? m.case_title()}
      up="/m/cases"
      {...(fresh ? { onBack: () => navigate('/m/cases', { replace: true }) } : {})}
      aside={view && <span className="text-sm text-ink-2">{view.number}</span>}
      actions={
        view?.video?.roomId && !view.video.byTelephone ? (
          <Link className="btn btn-primary" to={`/m/cases/${id}/call`}>
            {m.video_enter()}
          </Link>
        ) : (
          primary && (
            <button type="button" className="btn btn-primary" onClick={() => start(primary)}>
              {primary.label}
            </button>
          )
        )
      }
    >
      <Loaded query={query} skeleton={<CaseSkeleton />}>
        {(data) => (
          <>
            {fresh && (
              <p role="status" className="mt-2 rounded-xl bg-done-tint px-3 py-2 text-done">
                {m.request_sent()}
              </p>
            )}
            <Body view={data} onStart={start} asking={asking} />
          </>
        )}
      </Loaded>
      {view && event && <EventSheet view={view} event={event} onClose={() => setOpen(null)} />}
    </Page>
  );
}

/** States in which there is nothing to do but to hand in papers. */
const PAPERS_FIRST: readonly string[] = [
  'awaiting-papers',
  'awaiting-records',
  'awaiting-aid-papers',
  'awaiting-panel-papers',
  'collecting',
  'claim-collecting',
];

interface BodyProps {
  view: CaseView;
  onStart: (event: AllowedEvent) => void;
  asking: ReturnType<typeof useAsking>;
}

function Body({ view, onStart, asking }: BodyProps) {
  const session = useSession();
  const other = view.person.id !== session.account.personId;
  const papersFirst = PAPERS_FIRST.includes(view.state);
  return (
    <>
      {other && <p className="text-sm text-ink-2">{m.for_person({ name: view.person.name, no: view.policyNo })}</p>}
      <TurnPanel view={view} />
      {view.assignee && !view.final && (
        <p className="mt-2 text-sm text-ink-2">{m.looked_after_by({ name: view.assignee })}</p>
      )}
      {view.suspended && <p className="mt-3 rounded-xl bg-soon-tint px-3 py-2 text-soon">{m.case_suspended()}</p>}
      {view.state === 'awaiting-own-consent' && !other && <p className="mt-3">{m.own_consent_text()}</p>}
      {/* On a large screen: what is now at the left, what there is and was at the right. */}
      <div className="lg:grid lg:grid-cols-2 lg:items-start lg:gap-x-4">
        <div>
          {view.video && (
            <Suspense fallback={<CardsSkeleton count={1} />}>
              <VideoPanel view={view} video={view.video} />
            </Suspense>
          )}
          <FirstFacts view={view} />
          {papersFirst && <CasePapers view={view} />}
          {view.decision && view.state === 'closed-refused' && (
            <Link className="btn btn-ghost mt-3 w-full" to={`/m/decisions/${view.decision.id}`}>
              {m.see_decision()}
            </Link>
          )}
          <Result view={view} />
          <InformedConsent view={view} signing />
          <Aid view={view} />
          <ProviderConsent view={view} />
          <Linked linked={view.linked} />
          {view.settledDirectly && <Settlement caseId={view.id} />}
          <Course view={view} />
          <Opinion opinion={view.opinion} caseId={view.id} />
          <Summary summary={view.summary} />
          <Offer view={view} />
          <Satisfaction view={view} asking={asking} />
          <AllowedList
            events={
              view.satisfaction
                ? view.allowed.filter(({ type, weight }) => type !== 'rate' || weight === 'primary')
                : view.allowed
            }
            onStart={onStart}
          />
          <CarePath view={view} />
          {!view.final && <Steps steps={view.steps} />}
          {view.clocks.length > 0 && (
            <section className="card mt-3" aria-label={m.clocks_title()}>
              <h2 className="font-semibold">{m.clocks_title()}</h2>
              {foldClocks(view.clocks).map(({ clock, times }) => (
                <Clock key={clock.id} clock={clock} times={times} />
              ))}
            </section>
          )}
        </div>
        <div>
          {!papersFirst && <CasePapers view={view} />}
          <InformedConsent view={view} signing={false} />
          <section className="card mt-3" aria-label={m.timeline_title()}>
            <h2 className="font-semibold">{m.timeline_title()}</h2>
            <Timeline entries={view.timeline} />
          </section>
          <Facts view={view} />
        </div>
      </div>
      <p className="mt-4 text-sm text-ink-2">{m.questions()}</p>
      <Hotline number={view.hotline} />
      <p>
        <Link className="link" to={`/m/help?case=${view.id}`}>
          {m.help_title()}
        </Link>
      </p>
      {view.decision && view.state !== 'closed-refused' && (
        <p>
          <Link className="link" to={`/m/decisions/${view.decision.id}`}>
            {m.see_decision()}
          </Link>
        </p>
      )}
    </>
  );
}
