import { useState } from 'react';
import { post, remove } from '../../shared/api.ts';
import { dayOf } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import { serverNow } from '../../shared/now.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { BenefitCard, DelegationView, FamilyTie } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { day, moment } from '../../shared/words.ts';
import { useBenefits, useFamily } from '../data/queries.ts';
import { useSession } from '../data/session.ts';
import { Chip } from '../ui/Chip.tsx';
import { Field } from '../ui/Field.tsx';
import { ActionFault, Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** Whom the reader acts for and who acts for her: as what, in what, until when, and what that allows. */
export default function Family() {
  const family = useFamily();
  const session = useSession();
  const [giving, setGiving] = useState(false);
  return (
    <Page
      title={m.family_title()}
      up="/m/me"
      actions={
        session.account.personId && (
          <button type="button" className="btn btn-primary" aria-haspopup="dialog" onClick={() => setGiving(true)}>
            {m.give_delegation()}
          </button>
        )
      }
    >
      <p className="text-ink-2">{m.delegations_lead()}</p>
      <Loaded query={family} skeleton={<CardsSkeleton count={2} />}>
        {({ actsFor, actsForMe, ended }) => (
          <>
            {actsFor.length + actsForMe.length === 0 && (
              <Empty title={m.no_delegations_title()} text={m.no_delegations_text()} />
            )}
            <Ties title={m.family_acts_for()} ties={actsFor} mine={false} />
            <Ties title={m.family_acts_for_me()} ties={actsForMe} mine />
            <Ended items={ended} />
          </>
        )}
      </Loaded>
      {giving && <GiveSheet onClose={() => setGiving(false)} />}
    </Page>
  );
}

function Ties({ title, ties, mine }: { title: string; ties: FamilyTie[]; mine: boolean }) {
  const [asking, setAsking] = useState<FamilyTie | null>(null);
  const end = useAction((id: string) => remove(`/api/delegations/${id}`), {
    refresh: [keys.family, keys.benefits, keys.cases],
  });
  if (ties.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mt-5 text-lg font-semibold">{title}</h2>
      <ActionFault error={end.error} />
      {ties.map((tie) => (
        <article key={tie.delegationId ?? `${tie.as}/${tie.person.id}`} className="card mt-3">
          <h3 className="flex flex-wrap items-center justify-between gap-x-2 font-semibold">
            {tie.person.name}
            <Chip tone="brand">{tie.asLabel}</Chip>
          </h3>
          <p className="text-sm text-ink-2">
            {tie.matterLabel} · {tie.until ? m.until_day({ day: day(tie.until) }) : m.family_no_end()}
          </p>
          <Rights label={mine ? m.family_may_for_me() : m.family_may()} texts={tie.may} />
          <Rights label={mine ? m.family_may_not_for_me() : m.family_may_not()} texts={tie.mayNot} />
          {tie.delegationId && (
            <button
              type="button"
              className="link text-late"
              disabled={end.running}
              aria-label={`${mine ? m.take_back() : m.give_back()}：${tie.person.name}`}
              onClick={() => end.start(tie.delegationId!)}
            >
              {mine ? m.take_back() : m.give_back()}
            </button>
          )}
          {tie.canAsk && (
            <button
              type="button"
              className="link"
              aria-haspopup="dialog"
              aria-label={`${m.family_ask()}：${tie.person.name}`}
              onClick={() => setAsking(tie)}
            >
              {m.family_ask()}
            </button>
          )}
        </article>
      ))}
      {asking && <AskSheet tie={asking} onClose={() => setAsking(null)} />}
    </section>
  );
}

function Rights({ label, texts }: { label: string; texts: string[] }) {
  return (
    <div className="mt-2">
      <p className="text-sm font-semibold text-ink-2">{label}</p>
      <ul className="list-disc pl-5 text-[0.92rem]">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}

/** Delegations that are over, as a record. */
function Ended({ items }: { items: DelegationView[] }) {
  if (items.length === 0) return null;
  return (
    <details className="card mt-4 py-1">
      <summary className="min-h-11 content-center font-semibold">{m.family_ended({ n: items.length })}</summary>
      <ul className="divide-y divide-line">
        {items.map((one) => (
          <li key={one.id} className="py-2">
            {one.direction === 'given'
              ? m.family_acted_for_me({ name: one.to.name })
              : m.family_acted_for({ name: one.person.name })}
            <span className="block text-sm text-ink-2">
              {one.matterLabel} ·{' '}
              {one.endedAt ? m.ended_at({ at: moment(one.endedAt) }) : m.until_day({ day: day(one.until) })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function AskSheet({ tie, onClose }: { tie: FamilyTie; onClose: () => void }) {
  const [matter, setMatter] = useState('all');
  const [asked, setAsked] = useState(false);
  const ask = useAction(
    (chosen: string, key) => post('/api/family/asks', { personId: tie.person.id, matter: chosen }, key),
    { onDone: () => setAsked(true) },
  );
  const cards = useBenefits().data?.items.filter((card) => card.person.id === tie.person.id) ?? [];
  return (
    <Sheet
      open
      title={m.family_ask_title({ name: tie.person.name })}
      onClose={onClose}
      actions={
        asked ? (
          <button type="button" className="btn btn-primary" onClick={onClose}>
            {m.close()}
          </button>
        ) : (
          <button
            type="button"
            className="btn btn-primary"
            disabled={ask.running || matter === ''}
            onClick={() => ask.start(matter)}
          >
            {m.family_ask_now()}
          </button>
        )
      }
    >
      <p role="status">
        {asked ? m.family_asked({ name: tie.person.name }) : m.family_ask_text({ name: tie.person.name })}
      </p>
      {!asked && <MatterField cards={cards} matter={matter} onChange={setMatter} />}
      <ActionFault error={ask.error} />
    </Sheet>
  );
}

interface MatterFieldProps {
  cards: BenefitCard[];
  matter: string;
  onChange: (matter: string) => void;
}

/** One service, or all of them. */
function MatterField({ cards, matter, onChange }: MatterFieldProps) {
  const services = [...new Map(cards.map((card) => [card.service, card.name]))];
  return (
    <Field label={m.delegate_matter()}>
      {(control) => (
        <select {...control} className="input" value={matter} onChange={(event) => onChange(event.target.value)}>
          <option value="">{m.choose()}</option>
          <option value="all">{m.all_services()}</option>
          {services.map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function GiveSheet({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const cards = useBenefits().data?.items.filter((card) => card.person.id === session.account.personId) ?? [];
  const today = dayOf(serverNow());
  const [toName, setToName] = useState('');
  const [toPhone, setToPhone] = useState('');
  const [matter, setMatter] = useState('');
  const [until, setUntil] = useState('');
  const give = useAction((body: object, key) => post('/api/delegations', body, key), {
    refresh: [keys.family],
    onDone: onClose,
  });
  const ready = toName.trim() !== '' && toPhone.length >= 5 && matter !== '' && until > today;
  return (
    <Sheet
      open
      title={m.give_delegation()}
      onClose={onClose}
      actions={
        <button
          type="button"
          className="btn btn-primary"
          disabled={!ready || give.running}
          onClick={() => give.start({ toName: toName.trim(), toPhone, matter, until })}
        >
          {m.give_delegation_now()}
        </button>
      }
    >
      <p className="text-ink-2">{m.give_delegation_text()}</p>
      <Field label={m.delegate_name()}>
        {(control) => (
          <input
            {...control}
            className="input"
            autoComplete="off"
            maxLength={50}
            value={toName}
            onChange={(event) => setToName(event.target.value)}
          />
        )}
      </Field>
      <Field label={m.delegate_phone()}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="tel"
            autoComplete="off"
            maxLength={20}
            value={toPhone}
            onChange={(event) => setToPhone(event.target.value.replace(/[^\d+]/g, ''))}
          />
        )}
      </Field>
      <MatterField cards={cards} matter={matter} onChange={setMatter} />
      <Field label={m.delegate_until()}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="date"
            min={today}
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        )}
      </Field>
      <ActionFault error={give.error} />
    </Sheet>
  );
}
