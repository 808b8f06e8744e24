import { useState } from 'react';
import { Link } from 'react-router';
import { remove } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { ConsentView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { moment } from '../../shared/words.ts';
import { useConsents } from '../data/queries.ts';
import { ConsentFields } from '../pieces/ConsentSheet.tsx';
import { Chip } from '../ui/Chip.tsx';
import { ActionFault, Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** To whom the person's data may go, and taking that back. Consent is given while applying or on the case. */
export default function Consents() {
  const consents = useConsents();
  const [leaving, setLeaving] = useState<ConsentView | null>(null);
  return (
    <Page title={m.consents_title()} up="/m/me">
      <p className="text-ink-2">{m.consents_lead()}</p>
      <Link to="/m/disclosures" className="link">
        {m.disclosures_title()}
      </Link>
      <Loaded query={consents} skeleton={<CardsSkeleton />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={m.no_consents_title()} text={m.no_consents_text()} />
          ) : (
            items.map((consent) => <Consent key={consent.id} consent={consent} onLeave={() => setLeaving(consent)} />)
          )
        }
      </Loaded>
      {leaving && <WithdrawSheet consent={leaving} onClose={() => setLeaving(null)} />}
    </Page>
  );
}

function Consent({ consent, onLeave }: { consent: ConsentView; onLeave: () => void }) {
  return (
    <section className="card mt-3" aria-label={consent.recipientName}>
      <h2 className="flex flex-wrap items-center justify-between gap-x-2 font-semibold">
        {consent.recipientName}
        <Chip tone={consent.withdrawnAt ? 'quiet' : 'done'}>
          {consent.withdrawnAt ? m.consent_withdrawn() : m.consent_live()}
        </Chip>
      </h2>
      <p className="text-sm text-ink-2">
        {[consent.person.name, consent.caseNumber, m.given_at({ at: moment(consent.givenAt), by: consent.givenBy })]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {consent.withdrawnAt && (
        <p className="text-sm text-ink-2">{m.withdrawn_at({ at: moment(consent.withdrawnAt) })}</p>
      )}
      <details>
        <summary className="min-h-11 content-center text-[0.92rem] font-semibold text-brand-text">
          {m.consent_what()}
        </summary>
        <p>{consent.text}</p>
        <ConsentFields fields={consent.fields} />
        <p className="mt-1 text-sm text-ink-2">
          {m.consent_until()}：{consent.until}
        </p>
      </details>
      {!consent.withdrawnAt && (
        <button type="button" className="link text-late" aria-haspopup="dialog" onClick={onLeave}>
          {m.withdraw_consent()}
        </button>
      )}
    </section>
  );
}

function WithdrawSheet({ consent, onClose }: { consent: ConsentView; onClose: () => void }) {
  const withdraw = useAction((id: string) => remove(`/api/consents/${id}`), {
    refresh: [keys.consents, keys.cases, ['case']],
    onDone: onClose,
  });
  return (
    <Sheet
      open
      title={m.withdraw_consent()}
      onClose={onClose}
      actions={
        <>
          <button
            type="button"
            className="btn btn-costly"
            disabled={withdraw.running}
            onClick={() => withdraw.start(consent.id)}
          >
            {m.withdraw_consent_from({ name: consent.recipientName })}
          </button>
          <button type="button" className="btn btn-ghost" disabled={withdraw.running} onClick={onClose}>
            {m.cancel()}
          </button>
        </>
      }
    >
      <p>{m.withdraw_consent_text({ name: consent.recipientName })}</p>
      {consent.warning && <p className="mt-2 rounded-xl bg-late-tint px-3 py-2 text-late">{consent.warning}</p>}
      <ActionFault error={withdraw.error} />
    </Sheet>
  );
}
