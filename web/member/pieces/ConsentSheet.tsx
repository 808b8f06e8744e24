import { groupBy } from '../../shared/group-by.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { RequestForm } from '../../shared/types.ts';
import { listed } from '../../shared/words.ts';
import { Clauses } from '../ui/Clause.tsx';
import { Sheet } from '../ui/Sheet.tsx';

interface ConsentSheetProps {
  consent: RequestForm['consents'][number];
  given: boolean;
  busy?: boolean;
  onDecide: (agree: boolean) => void;
  onClose: () => void;
}

/** One recipient: to whom, what exactly, what for, until when, and how to take it back. */
export function ConsentSheet({ consent, given, busy = false, onDecide, onClose }: ConsentSheetProps) {
  return (
    <Sheet
      open
      title={m.consent_to({ name: consent.recipientName })}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="btn btn-primary" disabled={busy} onClick={() => onDecide(true)}>
            {m.consent_agree({ name: consent.recipientName })}
          </button>
          <button type="button" className="btn btn-ghost" disabled={busy} onClick={() => onDecide(false)}>
            {given ? m.consent_take_back_now() : m.consent_disagree()}
          </button>
        </>
      }
    >
      <p>{consent.text}</p>
      <dl className="mt-3 space-y-2">
        <div>
          <dt className="text-sm font-semibold text-ink-2">{m.consent_what()}</dt>
          <dd>
            <ConsentFields fields={consent.fields} />
          </dd>
        </div>
        <div>
          <dt className="text-sm font-semibold text-ink-2">{m.consent_until()}</dt>
          <dd>{consent.until}</dd>
        </div>
        <div>
          <dt className="text-sm font-semibold text-ink-2">{m.consent_how_back()}</dt>
          <dd>{m.consent_how_back_text()}</dd>
        </div>
      </dl>
      <Clauses items={[{ printed: consent.printed, text: undefined }]} />
    </Sheet>
  );
}

/** What exactly is shared, group by group. */
export function ConsentFields({ fields }: { fields: { group: string; label: string }[] }) {
  return (
    <ul>
      {groupBy(fields, (field) => field.group).map(([group, items]) => (
        <li key={group}>{listed(items.map((item) => item.label))}</li>
      ))}
    </ul>
  );
}
