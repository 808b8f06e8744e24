import { useState } from 'react';
import { post, remove } from '../../shared/api.ts';
import { dayOf } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import { serverNow } from '../../shared/now.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { DelegationView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { day, moment } from '../../shared/words.ts';
import { useBenefits, useDelegations } from '../data/queries.ts';
import { useSession } from '../data/session.ts';
import { Chip } from '../ui/Chip.tsx';
import { Field } from '../ui/Field.tsx';
import { ActionFault, Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** Who may act for the reader, and for whom the reader may act. Taking back is one tap. */
export default function Delegations() {
  const delegations = useDelegations();
  const session = useSession();
  const [giving, setGiving] = useState(false);
  return (
    <Page
      title={m.delegations_title()}
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
      <Loaded query={delegations} skeleton={<CardsSkeleton count={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={m.no_delegations_title()} text={m.no_delegations_text()} />
          ) : (
            <>
              <Group title={m.delegations_given()} items={items.filter((one) => one.direction === 'given')} />
              <Group title={m.delegations_received()} items={items.filter((one) => one.direction === 'received')} />
            </>
          )
        }
      </Loaded>
      {giving && <GiveSheet onClose={() => setGiving(false)} />}
    </Page>
  );
}

function Group({ title, items }: { title: string; items: DelegationView[] }) {
  const back = useAction((id: string) => remove(`/api/delegations/${id}`), {
    refresh: [keys.delegations, keys.benefits, keys.cases],
  });
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mt-4 text-sm font-semibold text-ink-2">{title}</h2>
      <ActionFault error={back.error} />
      {items.map((one) => (
        <article key={one.id} className="card mt-3">
          <h3 className="flex flex-wrap items-center justify-between gap-x-2 font-semibold">
            {one.direction === 'given' ? one.to.name : one.person.name}
            <Chip tone={one.endedAt ? 'quiet' : 'done'}>
              {one.endedAt ? m.delegation_ended() : m.delegation_live()}
            </Chip>
          </h3>
          <p>{one.matterLabel}</p>
          <p className="text-sm text-ink-2">
            {one.endedAt ? m.ended_at({ at: moment(one.endedAt) }) : m.until_day({ day: day(one.until) })}
          </p>
          {!one.endedAt && (
            <button type="button" className="link text-late" disabled={back.running} onClick={() => back.start(one.id)}>
              {one.direction === 'given' ? m.take_back() : m.give_back()}
            </button>
          )}
        </article>
      ))}
    </section>
  );
}

function GiveSheet({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const cards = useBenefits().data?.items.filter((card) => card.person.id === session.account.personId) ?? [];
  const services = [...new Map(cards.map((card) => [card.service, card.name]))];
  const today = dayOf(serverNow());
  const [toName, setToName] = useState('');
  const [toPhone, setToPhone] = useState('');
  const [matter, setMatter] = useState('');
  const [until, setUntil] = useState('');
  const give = useAction((body: object, key) => post('/api/delegations', body, key), {
    refresh: [keys.delegations],
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
      <Field label={m.delegate_matter()}>
        {(control) => (
          <select {...control} className="input" value={matter} onChange={(event) => setMatter(event.target.value)}>
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
