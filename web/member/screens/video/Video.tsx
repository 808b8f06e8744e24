import { Link, useNavigate, useParams } from 'react-router';
import { m } from '../../../shared/paraglide/messages.js';
import type { BenefitCard, Reason, VideoStanding } from '../../../shared/types.ts';
import { day } from '../../../shared/words.ts';
import { findCard } from '../../data/find-card.ts';
import { useBenefits, useRequestForm, useVideoStanding } from '../../data/queries.ts';
import { Hotline } from '../../pieces/Benefit.tsx';
import { detailPath, promiseWords } from '../../pieces/benefit-state.ts';
import { PersonFilter } from '../../pieces/PersonFilter.tsx';
import { Option, Refusal } from '../../pieces/Refusal.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Empty, Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { CardsSkeleton } from '../../ui/Skeleton.tsx';
import { Opening } from './Opening.tsx';

/** Video consultation for one person: one large button for what can be done now, be it opening, asking or going back in. */
export default function Video() {
  const { policyId = '', personId = '', service = '' } = useParams();
  const place = { service, policyId, personId };
  const navigate = useNavigate();
  const benefits = useBenefits();
  const standing = useVideoStanding(place);
  const card = benefits.data && findCard(benefits.data.items, place);
  const form = useRequestForm(service, policyId, personId, {}, standing.data?.act === 'open');
  const others = (benefits.data?.items ?? []).filter((one) => one.service === service && one.policyId === policyId);
  const who = (
    <PersonFilter
      persons={others.map((one) => one.person)}
      chosen={personId}
      onChoose={(id) => id && navigate(`/m/video/${policyId}/${id}/${service}`, { replace: true })}
    />
  );
  const view = standing.data;
  if (view?.act === 'open' && card && form.data)
    return <Opening key={personId} card={card} form={form.data} place={place} standing={view} who={who} />;
  return (
    <Page title={card?.name ?? m.service_title()} up="/" actions={view && card && <Next view={view} card={card} />}>
      {who}
      <Loaded query={benefits} skeleton={<CardsSkeleton count={2} />}>
        {() =>
          card ? (
            <Loaded query={standing} skeleton={<CardsSkeleton count={2} />}>
              {(now) =>
                now.act === 'open' ? (
                  <Loaded query={form} skeleton={<CardsSkeleton count={2} />}>
                    {() => null}
                  </Loaded>
                ) : (
                  <Standing view={now} card={card} />
                )
              }
            </Loaded>
          ) : (
            <Empty title={m.gone_title()} text={m.gone_text()} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** The one large button. Opening brings its own, since it sends what is ticked above it. */
function Next({ view, card }: { view: VideoStanding; card: BenefitCard }) {
  const target = view.runningCase ?? (view.state === 'opening' ? view.openingCase : null);
  if (target)
    return (
      <Link className="btn btn-primary" to={`/m/cases/${target}`}>
        {view.runningCase ? m.video_back_in() : m.see_progress()}
      </Link>
    );
  if (view.act === 'use')
    return (
      <Link
        className="btn btn-primary min-h-16 text-lg"
        to={`/m/video/${card.policyId}/${card.person.id}/${card.service}/ask`}
      >
        {m.video_ask()}
      </Link>
    );
  // Not this, but a person who explains it.
  return (
    <a className="btn btn-ghost" href={`tel:${view.hotline.replace(/[^\d+]/g, '')}`}>
      {m.call({ number: view.hotline })}
    </a>
  );
}

function Standing({ view, card }: { view: VideoStanding; card: BenefitCard }) {
  if (view.state === 'opening')
    return (
      <section className="card mt-3" aria-label={m.video_opening_title()}>
        <h2 className="flex flex-wrap items-center justify-between gap-2 font-semibold">
          {m.video_opening_title()}
          <Chip tone="soon">{m.video_opening()}</Chip>
        </h2>
        <p className="mt-1">{m.video_opening_text()}</p>
        <Hotline number={view.hotline} />
      </section>
    );
  if (view.act === null && !view.runningCase)
    return (
      <Refusal
        title={m.cannot_use({ name: card.name })}
        reasons={card.reasons.length > 0 ? card.reasons : view.reasons.map(plain)}
        hotline={view.hotline}
      >
        {view.opensAgainOn && <Option text={m.video_opens_again({ day: day(view.opensAgainOn) })} />}
      </Refusal>
    );
  const promise = card.promises[0];
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Chip tone="done">{m.video_open()}</Chip>
        {view.validUntil && <span className="text-sm text-ink-2">{m.lapses_on({ day: day(view.validUntil) })}</span>}
      </p>
      <p className="mt-2">{card.gives}</p>
      <section className="card mt-3" aria-label={m.video_how()}>
        <h2 className="font-semibold">{m.video_how()}</h2>
        <ol className="mt-1 list-decimal space-y-1 pl-5">
          <li>{m.video_how_say()}</li>
          <li>{m.video_how_check()}</li>
          <li>{promise ? m.video_how_wait({ promise: promiseWords(promise) }) : m.video_how_wait_plain()}</li>
          <li>{m.video_how_note()}</li>
        </ol>
      </section>
      <p className="mt-2">
        <Link className="link" to={detailPath(card)}>
          {m.read_rules()}
        </Link>
      </p>
    </>
  );
}

/** A reason without its clause, as the standing has it. */
const plain = ({ rule, message }: VideoStanding['reasons'][number]): Reason => ({
  rule,
  message,
  clause: '',
  effect: 'refuse',
});
