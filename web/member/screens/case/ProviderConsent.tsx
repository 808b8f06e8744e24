import { useState } from 'react';
import { post } from '../../../shared/api.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView, RequestForm } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { useBenefits, useConsents, useRequestForm } from '../../data/queries.ts';
import { ConsentSheet } from '../../pieces/ConsentSheet.tsx';
import { ActionFault } from '../../ui/Loaded.tsx';

/** States in which the case asks for a consent: to who serves it next, or to telling the attending doctor. */
const ASKS_FOR_CONSENT: readonly string[] = ['awaiting-provider-consent', 'explaining-report'];

/** A consent the case waits for, with its sheet. The text comes from the service's form, as when applying. */
export function ProviderConsent({ view }: { view: CaseView }) {
  if (view.consentAsked === null && !ASKS_FOR_CONSENT.includes(view.state)) return null;
  return <Waiting view={view} />;
}

/** What it is for, where the state's own words do not say it. A panel judges before anything is booked. */
function whyAsked(view: CaseView): string | null {
  if (view.consentAsked === 'expert')
    return view.state === 'awaiting-panel-consent' ? m.panel_consent_text() : m.expert_consent_text();
  if (view.consentAsked === 'pharmacy') return m.pharmacy_consent_text();
  return view.state === 'explaining-report' ? m.doctor_consent_text() : null;
}

function Waiting({ view }: { view: CaseView }) {
  const card = useBenefits().data?.items.find(
    (one) => one.service === view.service && one.policyNo === view.policyNo && one.person.id === view.person.id,
  );
  const form = useRequestForm(
    view.service,
    card?.policyId ?? '',
    view.person.id,
    { caseId: view.id },
    card !== undefined,
  );
  const given = useConsents();
  const [shown, setShown] = useState<RequestForm['consents'][number] | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const give = useAction((body: object, key) => post('/api/consents', body, key), {
    refresh: [keys.consents, keys.case(view.id), keys.cases],
    onDone: () => setShown(null),
  });
  const live = (given.data?.items ?? []).filter((one) => one.caseId === view.id && !one.withdrawnAt);
  const open = (form.data?.consents ?? []).filter(
    (consent) => !live.some((one) => one.recipient === consent.recipient && one.purpose === consent.purpose),
  );
  const why = open.length > 0 ? whyAsked(view) : null;
  return (
    <>
      {why && <p className="mt-3">{why}</p>}
      {open.map((consent) => (
        <button
          key={`${consent.recipient}/${consent.purpose}`}
          type="button"
          aria-haspopup="dialog"
          className="btn btn-primary mt-3 w-full"
          onClick={() => {
            setRefused(null);
            setShown(consent);
          }}
        >
          {m.consent_to({ name: consent.recipientName })}
        </button>
      ))}
      {shown && (
        <ConsentSheet
          consent={shown}
          given={false}
          busy={give.running}
          onClose={() => setShown(null)}
          onDecide={(agree) => {
            if (agree)
              return give.start({
                personId: view.person.id,
                caseId: view.id,
                recipient: shown.recipient,
                purpose: shown.purpose,
                textVersion: shown.textVersion,
              });
            setRefused(shown.recipientName);
            setShown(null);
          }}
        />
      )}
      {refused && (
        <p role="status" className="mt-3 rounded-xl bg-sunk px-3 py-2">
          {m.consent_not_given({ name: refused })}
        </p>
      )}
      <ActionFault error={give.error} />
    </>
  );
}
