import { useState } from 'react';
import { m } from '../../../shared/paraglide/messages.js';
import { ConsentSheet } from '../../pieces/ConsentSheet.tsx';
import { Chip } from '../../ui/Chip.tsx';
import type { StepProps } from './Apply.tsx';
import { consentKey, consentsOf } from './request.ts';

/** What must be known before, ticked one by one, and the consents, one recipient a sheet. */
export function ConsentStep({ form, draft, change, faults }: StepProps) {
  const [open, setOpen] = useState<string | null>(null);
  const shown = consentsOf(form, draft).find((consent) => consentKey(consent) === open);
  const toggle = (id: string) =>
    change({
      acknowledged: draft.acknowledged.includes(id)
        ? draft.acknowledged.filter((one) => one !== id)
        : [...draft.acknowledged, id],
    });
  return (
    <>
      {form.notices.length > 0 && (
        <section className="card mt-3" aria-label={m.notices_title()}>
          <h3 className="font-semibold">{m.notices_title()}</h3>
          <ul className="divide-y divide-line">
            {form.notices.map((notice) => (
              <li key={notice.id} className="py-1">
                <label className="flex min-h-11 items-start gap-3 py-2">
                  <input
                    type="checkbox"
                    className="tick mt-1"
                    checked={draft.acknowledged.includes(notice.id)}
                    onChange={() => toggle(notice.id)}
                  />
                  <span>
                    {notice.text}
                    <span className="block text-sm text-ink-2">{m.by_clause({ printed: notice.printed })}</span>
                  </span>
                </label>
                <Fault text={faults[notice.id]} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {consentsOf(form, draft).map((consent) => {
        const key = consentKey(consent);
        const given = draft.consents.includes(key);
        return (
          <section key={key} className="card mt-3" aria-label={consent.recipientName}>
            <h3 className="flex flex-wrap items-center justify-between gap-2 font-semibold">
              {m.consent_to({ name: consent.recipientName })}
              {given && <Chip tone="done">{m.consent_given()}</Chip>}
            </h3>
            <p className="text-sm text-ink-2">{m.consent_fields({ n: consent.fields.length })}</p>
            <button
              type="button"
              className={given ? 'link' : 'btn btn-ghost mt-2'}
              aria-haspopup="dialog"
              onClick={() => setOpen(key)}
            >
              {given ? m.consent_read_again() : m.consent_read()}
            </button>
            <Fault text={faults[key]} />
          </section>
        );
      })}
      {shown && (
        <ConsentSheet
          consent={shown}
          given={draft.consents.includes(consentKey(shown))}
          onClose={() => setOpen(null)}
          onDecide={(agree) => {
            const others = draft.consents.filter((one) => one !== consentKey(shown));
            change({ consents: agree ? [...others, consentKey(shown)] : others });
            setOpen(null);
          }}
        />
      )}
    </>
  );
}

function Fault({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" className="text-sm font-medium text-late">
      {text}
    </p>
  ) : null;
}
