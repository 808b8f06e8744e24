import { Link, useParams } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import type { BenefitCard } from '../../shared/types.ts';
import { day, listed } from '../../shared/words.ts';
import { findCard, otherUsable } from '../data/find-card.ts';
import { useBenefits } from '../data/queries.ts';
import { Hotline, usesLeft } from '../pieces/Benefit.tsx';
import {
  applyPath,
  canApply,
  detailPath,
  hasVideo,
  promiseWords,
  stateWord,
  toneOf,
  videoPath,
} from '../pieces/benefit-state.ts';
import { Option, Refusal } from '../pieces/Refusal.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Clauses } from '../ui/Clause.tsx';
import { Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** What the plan says of one service, and how it stands with this person: rules, promises, needs, notices. */
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
  if (hasVideo(card)) {
    return (
      <Link to={videoPath(card)} className="btn btn-primary">
        {card.act === 'open' ? m.video_apply() : m.video_ask()}
      </Link>
    );
  }
  if (card.openCaseId) {
    return (
      <Link to={`/m/cases/${card.openCaseId}`} className="btn btn-primary">
        {m.see_progress()}
      </Link>
    );
  }
  if (canApply(card)) {
    return (
      <Link to={applyPath(card)} className="btn btn-primary">
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
            {card.usableFrom && <Option text={m.opens_on({ day: day(card.usableFrom) })} />}
            {card.openCaseId && (
              <Option text={m.open_case_running()}>
                <Link className="link" to={`/m/cases/${card.openCaseId}`}>
                  {m.see_progress()}
                </Link>
              </Option>
            )}
            {others.length > 0 && (
              <Option text={m.still_usable({ names: listed(others.map((other) => other.name)) })}>
                <Link className="link" to={others.length === 1 ? detailPath(others[0]!) : '/'}>
                  {m.look()}
                </Link>
              </Option>
            )}
          </Refusal>
        )}
        {card.usable && !card.online && (
          <section className="card mt-3" aria-label={m.by_phone_title()}>
            <h2 className="font-semibold">{m.by_phone_title()}</h2>
            <p className="mt-1 text-ink-2">{m.by_phone_text()}</p>
            <Hotline number={card.hotline} />
          </section>
        )}
        <Texts
          title={m.promises_title()}
          items={card.promises.map((one) => ({ printed: one.printed, text: promiseWords(one) }))}
        />
        {card.needs.length > 0 && (
          <section className="card mt-3" aria-label={m.needs_title()}>
            <h2 className="font-semibold">{m.needs_title()}</h2>
            <ul className="mt-1 list-disc space-y-1 pl-5">
              {card.needs.map((need) => (
                <li key={need}>{need}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <div>
        <Texts title={m.notices_title()} items={card.notices} />
        {card.clauses.length > 0 && (
          <section className="card mt-3" aria-label={m.rules_title()}>
            <h2 className="font-semibold">{m.rules_title()}</h2>
            <ul className="mt-1 divide-y divide-line">
              {card.clauses.map((clause) => (
                <li key={clause.id}>
                  <details>
                    <summary className="flex min-h-11 items-center text-brand-text">{clause.printed}</summary>
                    <p className="pb-3 text-[0.92rem] text-ink-2">{clause.text}</p>
                  </details>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}

function Texts({ title, items }: { title: string; items: { text: string; printed: string }[] }) {
  if (items.length === 0) return null;
  return (
    <section className="card mt-3" aria-label={title}>
      <h2 className="font-semibold">{title}</h2>
      <ul className="mt-1 list-disc space-y-1 pl-5">
        {items.map((item) => (
          <li key={item.text}>{item.text}</li>
        ))}
      </ul>
      <Clauses items={items.map((item) => ({ printed: item.printed, text: undefined }))} />
    </section>
  );
}
