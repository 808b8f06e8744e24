import { Link, useParams, useSearchParams } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import type { BenefitCard, ServiceExplained } from '../../shared/types.ts';
import { day, listed } from '../../shared/words.ts';
import { findCard, otherUsable } from '../data/find-card.ts';
import { useBenefits, useExplained } from '../data/queries.ts';
import { Hotline, usesLeft } from '../pieces/Benefit.tsx';
import {
  applyPath,
  canApply,
  detailPath,
  hasVideo,
  helpPath,
  stateWord,
  toneOf,
  videoPath,
} from '../pieces/benefit-state.ts';
import { ExactClauses, Facts, FIRST, Notices } from '../pieces/Explained.tsx';
import { Option, Refusal } from '../pieces/Refusal.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** One service explained from the plan, and how it stands with this person: why not, and what can be done. */
export default function ServiceDetail() {
  const { policyId = '', personId = '', service = '' } = useParams();
  const benefits = useBenefits();
  const card = benefits.data && findCard(benefits.data.items, { policyId, personId, service });
  return (
    <Page wide title={card?.name ?? m.service_title()} up="/" actions={card && <Action card={card} />}>
      <Loaded query={benefits} skeleton={<CardsSkeleton />}>
        {({ items }) =>
          card ? (
            <Detail card={card} others={otherUsable(items, personId, service)} />
          ) : (
            <Empty title={m.gone_title()} text={m.gone_text()} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Action({ card }: { card: BenefitCard }) {
  // Who came by the entry of an item goes on to its form.
  const [search] = useSearchParams();
  const item = card.doors.find((door) => door.item !== null && door.item === search.get('item'))?.item ?? null;
  if (hasVideo(card)) {
    return (
      <Link to={videoPath(card)} className="btn btn-primary">
        {card.act === 'open' ? m.video_apply() : m.video_ask()}
      </Link>
    );
  }
  if (card.openCaseId && item === null) {
    return (
      <Link to={`/m/cases/${card.openCaseId}`} className="btn btn-primary">
        {m.see_progress()}
      </Link>
    );
  }
  if (canApply(card)) {
    return (
      <Link to={applyPath(card, item)} className="btn btn-primary">
        {m.apply()}
      </Link>
    );
  }
  return (
    <a
      href={`tel:${card.hotline.replace(/[^\d+]/g, '')}`}
      className={`btn ${card.usable ? 'btn-primary' : 'btn-ghost'}`}
    >
      {m.call({ number: card.hotline })}
    </a>
  );
}

function Detail({ card, others }: { card: BenefitCard; others: BenefitCard[] }) {
  const place = { service: card.service, policyId: card.policyId, personId: card.person.id };
  const explained = useExplained(place);
  return (
    <div className="lg:grid lg:grid-cols-2 lg:items-start lg:gap-x-4">
      <div>
        <div className="flex flex-wrap items-center gap-2">
          <Chip tone={toneOf(card)}>{stateWord(card)}</Chip>
          <span className="text-sm text-ink-2">{m.for_person({ name: card.person.name, no: card.policyNo })}</span>
        </div>
        <p className="mt-2">{card.gives}</p>
        <p className="mt-1 text-sm text-ink-2">{usesLeft(card)}</p>
        {!card.usable && card.reasons.length > 0 && (
          <Refusal title={m.cannot_use({ name: card.name })} reasons={card.reasons} hotline={card.hotline}>
            <Ways card={card} others={others} explained={explained.data} help={helpPath(place)} />
          </Refusal>
        )}
        {card.usable && !card.online && (
          <section className="card mt-3" aria-label={m.by_phone_title()}>
            <h2 className="font-semibold">{m.by_phone_title()}</h2>
            <p className="mt-1 text-ink-2">{m.by_phone_text()}</p>
            <Hotline number={card.hotline} />
          </section>
        )}
        <Loaded query={explained} skeleton={<CardsSkeleton />}>
          {({ groups }) => <Facts groups={groups} only={FIRST} />}
        </Loaded>
      </div>
      <div>
        {explained.data && <Facts groups={explained.data.groups} except={FIRST} />}
        <Notices items={card.notices} />
        {explained.data && <ExactClauses clauses={explained.data.clauses} />}
        <p className="mt-3">
          <Link className="link" to={helpPath(place)}>
            {m.call_back_or_complain()}
          </Link>
        </p>
      </div>
    </div>
  );
}

/** What can be done where it cannot be used now, in the order in which it helps. */
function Ways({
  card,
  others,
  explained,
  help,
}: {
  card: BenefitCard;
  others: BenefitCard[];
  explained: ServiceExplained | undefined;
  help: string;
}) {
  const near = explained
    ? explained.instead.flatMap(({ service }) => others.filter((other) => other.service === service))
    : others;
  const [nearest, ...further] = near;
  const refusedBy = explained?.refusedBy;
  return (
    <>
      {card.usableFrom && <Option text={m.opens_on({ day: day(card.usableFrom) })} />}
      {card.openCaseId && (
        <Option text={m.open_case_running()}>
          <Link className="link" to={`/m/cases/${card.openCaseId}`}>
            {m.see_progress()}
          </Link>
        </Option>
      )}
      {explained && explained.papers.length > 0 && (
        <Option text={m.papers_would_change({ names: listed(explained.papers.map(({ name }) => name)) })} />
      )}
      {refusedBy && (
        <Option text={refusedBy.appealed ? m.decision_was_appealed() : m.decision_can_be_appealed()}>
          <Link className="link" to={`/m/decisions/${refusedBy.decisionId}`}>
            {m.see_decision()}
          </Link>
        </Option>
      )}
      {nearest && (
        <Option text={m.nearest_usable({ name: nearest.name })}>
          <Link className="link" to={detailPath(nearest)}>
            {m.look()}
          </Link>
        </Option>
      )}
      {further.length > 0 && (
        <Option text={m.still_usable({ names: listed(further.map((other) => other.name)) })}>
          <Link className="link" to={further.length === 1 ? detailPath(further[0]!) : '/'}>
            {m.look()}
          </Link>
        </Option>
      )}
      <Option text={m.help_call_text_short()}>
        <Link className="link" to={help}>
          {m.call_back_or_complain()}
        </Link>
      </Option>
    </>
  );
}
