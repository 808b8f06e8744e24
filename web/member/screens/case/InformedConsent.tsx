import { useEffect, useRef, useState } from 'react';
import { post } from '../../../shared/api.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView, InformedConsentView } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { moment } from '../../../shared/words.ts';
import { useInformedConsent } from '../../data/queries.ts';
import { Clauses } from '../../ui/Clause.tsx';
import { Field } from '../../ui/Field.tsx';
import { ActionFault } from '../../ui/Loaded.tsx';
import { Sheet } from '../../ui/Sheet.tsx';

/**
 * The informed consent of a case that has come to it: to be signed, which is the point of the page, or what was signed and
 * whether it is intact, which is kept among the papers.
 */
export function InformedConsent({ view, signing }: { view: CaseView; signing: boolean }) {
  const reached = view.steps.some(({ code, state }) => code === 'consent' && state !== 'next');
  const consent = useInformedConsent(view.id, reached).data;
  const [open, setOpen] = useState(false);
  if (!consent || consent.state === 'none') return null;
  const toSign = consent.state === 'to-sign';
  if (toSign !== signing) return null;
  return (
    <section className="card mt-3" aria-label={m.ic_title()}>
      <h2 className="font-semibold">{consent.title}</h2>
      {toSign && !consent.mine && <p className="mt-1">{m.ic_not_mine({ signer: consent.signer })}</p>}
      {toSign && consent.mine && <p className="mt-1">{consent.onScreen ? m.ic_paper_too() : m.ic_paper_only()}</p>}
      {consent.state === 'on-paper' && <p className="mt-1">{m.ic_on_paper()}</p>}
      {consent.state === 'signed' && consent.signature && <Signature signature={consent.signature} />}
      <button
        type="button"
        aria-haspopup="dialog"
        className={`btn mt-3 w-full ${toSign && consent.mine && consent.onScreen ? 'btn-primary' : 'btn-ghost'}`}
        onClick={() => setOpen(true)}
      >
        {toSign && consent.mine && consent.onScreen ? m.ic_read_and_sign() : m.ic_read()}
      </button>
      {open && <ReadAndSign caseId={view.id} consent={consent} onClose={() => setOpen(false)} />}
    </section>
  );
}

function Signature({ signature }: { signature: NonNullable<InformedConsentView['signature']> }) {
  const intact = signature.check === 'intact';
  return (
    <>
      <p className={`mt-2 rounded-xl px-3 py-2 ${intact ? 'bg-done-tint text-done' : 'bg-late-tint text-late'}`}>
        {m.ic_signed({ name: signature.by })} · {signature.checkLabel}
      </p>
      <dl className="mt-2 grid grid-cols-[fit-content(40%)_1fr] gap-x-3 gap-y-1">
        <dt className="text-ink-2">{m.ic_signed_at()}</dt>
        <dd>{moment(signature.at)}</dd>
        <dt className="text-ink-2">{m.ic_version()}</dt>
        <dd>{m.ic_version_n({ n: signature.version })}</dd>
        <dt className="text-ink-2">{m.ic_certificate()}</dt>
        <dd className="break-all">{signature.certificate}</dd>
      </dl>
      {signature.demonstration && <p className="mt-1 text-sm text-soon">{m.ic_demo()}</p>}
    </>
  );
}

/** The whole text first; the code that confirms the will to sign is asked for under it and stays in view. */
function ReadAndSign({
  caseId,
  consent,
  onClose,
}: {
  caseId: string;
  consent: InformedConsentView;
  onClose: () => void;
}) {
  const [code, setCode] = useState('');
  const ask = useAction((_: null, key) => post(`/api/cases/${caseId}/informed-consent/code`, {}, key));
  const sign = useAction((body: object, key) => post(`/api/cases/${caseId}/informed-consent/signature`, body, key), {
    refresh: [keys.case(caseId), keys.cases],
    onDone: onClose,
  });
  const mine = consent.state === 'to-sign' && consent.mine && consent.onScreen;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ask.done) field.current?.focus();
  }, [ask.done]);
  return (
    <Sheet
      open
      title={consent.title}
      onClose={onClose}
      actions={
        mine && (
          <>
            {ask.done && (
              <Field label={m.ic_code()} hint={m.ic_code_hint()}>
                {(control) => (
                  <input
                    {...control}
                    ref={field}
                    className="input tracking-[0.4em]"
                    autoComplete="one-time-code"
                    inputMode="numeric"
                    maxLength={6}
                    value={code}
                    onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
                  />
                )}
              </Field>
            )}
            <ActionFault error={ask.error ?? sign.error} />
            {ask.done && (
              <button type="button" className="link self-start" disabled={ask.running} onClick={() => ask.start(null)}>
                {m.send_again()}
              </button>
            )}
            {ask.done ? (
              <button
                type="button"
                className="btn btn-primary"
                disabled={sign.running || code.length !== 6}
                onClick={() => sign.start({ code, version: consent.version })}
              >
                {m.ic_sign()}
              </button>
            ) : (
              <button type="button" className="btn btn-primary" disabled={ask.running} onClick={() => ask.start(null)}>
                {m.ic_send_code()}
              </button>
            )}
          </>
        )
      }
    >
      <p className="text-sm text-ink-2">
        {m.ic_laboratory()} {consent.laboratory} · {m.ic_version_n({ n: consent.version })}
      </p>
      <p className="mt-2 whitespace-pre-line">{consent.text}</p>
      <Clauses items={[{ printed: consent.printed, text: undefined }]} />
    </Sheet>
  );
}
