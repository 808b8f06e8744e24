import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'react-router';
import { ApiProblem, get, post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { SessionView, SignInResult } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { usePublic } from '../data/queries.ts';
import { inWeChat, throughWeChat } from '../data/wechat.ts';
import { ElderEntry } from '../pieces/ElderEntry.tsx';
import { LanguageSwitch } from '../pieces/LanguageSwitch.tsx';
import { SandboxAccounts } from '../pieces/SandboxAccounts.tsx';
import { WeChatNotIn } from '../pieces/WeChatNotIn.tsx';
import { Field } from '../ui/Field.tsx';
import { useFocusOn } from '../ui/focus.ts';
import { ActionFault } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';

type Step = 'phone' | 'code' | 'identity';

/** Sign-in by telephone number and code; a new number or device also proves who it is. */
export default function SignIn() {
  const info = usePublic();
  const client = useQueryClient();
  const [step, setStep] = useState<Step>('phone');
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [idLastSix, setIdLastSix] = useState('');
  const [bornOn, setBornOn] = useState('');
  const form = useFocusOn<HTMLFormElement>(step);
  const [triesLeft, setTriesLeft] = useState<number | null>(null);

  const enter = (session: SessionView) => {
    // Nothing of a reader before may be shown to the next one.
    client.removeQueries({
      predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] && queryKey[0] !== keys.public[0],
    });
    client.setQueryData(keys.session, session);
    // Read anew, so that the pages take the server's clock with it.
    void client.invalidateQueries({ queryKey: keys.session });
  };
  const ask = useAction((body: { phone: string }, key) => post('/api/session/code', body, key), {
    onDone: () => setStep('code'),
  });
  const verify = useAction((body: object, key) => post<SignInResult>('/api/session/verify', body, key), {
    onDone: (result) => {
      if (result.session) return enter(result.session);
      // Only the answer to a proof of identity tells of a failed one.
      if (step === 'identity') setTriesLeft(result.attemptsLeft ?? null);
      if (result.needs === 'identity') setStep('identity');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (step === 'phone') ask.start({ phone });
    else if (step === 'code') verify.start({ phone, code });
    else verify.start({ phone, code, idLastSix: idLastSix.toUpperCase(), bornOn });
  };
  const left = triesLeft ?? triesIn(verify.error);
  const busy = ask.running || verify.running;
  const back = step === 'phone' ? undefined : () => setStep(step === 'identity' ? 'code' : 'phone');
  const ready =
    step === 'phone'
      ? phone.length >= 5
      : step === 'code'
        ? code.length === 6
        : idLastSix.length === 6 && bornOn !== '';

  return (
    <Page title={m.sign_in_title()} aside={<LanguageSwitch />} {...(back ? { onBack: back } : {})}>
      <ElderEntry />
      <p className="mt-3 text-ink-2">{m.sign_in_lead({ insurer: info.data?.insurer.name ?? '' })}</p>
      {step === 'phone' && <ThroughWeChat offered={info.data?.wechat === true} />}
      <form ref={form} onSubmit={submit} noValidate>
        {step === 'phone' && (
          <Field label={m.phone()} hint={m.phone_hint()}>
            {(control) => (
              <input
                {...control}
                className="input"
                type="tel"
                autoComplete="tel"
                inputMode="tel"
                value={phone}
                onChange={(event) => setPhone(event.target.value.replace(/[^\d+]/g, ''))}
              />
            )}
          </Field>
        )}
        {step === 'code' && (
          <Field label={m.code()} hint={m.code_hint({ phone })}>
            {(control) => (
              <input
                {...control}
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
        {step === 'identity' && (
          <>
            <p className="mt-3 rounded-xl bg-brand-tint px-3 py-2">{m.identity_why()}</p>
            <Field label={m.id_last_six()}>
              {(control) => (
                <input
                  {...control}
                  className="input"
                  autoComplete="off"
                  maxLength={6}
                  value={idLastSix}
                  onChange={(event) => setIdLastSix(event.target.value)}
                />
              )}
            </Field>
            <Field label={m.born_on()}>
              {(control) => (
                <input
                  {...control}
                  className="input"
                  type="date"
                  autoComplete="bday"
                  value={bornOn}
                  onChange={(event) => setBornOn(event.target.value)}
                />
              )}
            </Field>
          </>
        )}
        {left !== null && (
          <p role="alert" className="mt-3 text-late">
            {m.tries_left({ n: left })}
          </p>
        )}
        <ActionFault error={step === 'phone' ? ask.error : verify.error} />
        <button type="submit" className="btn btn-primary mt-5 w-full" disabled={busy || !ready}>
          {step === 'phone' ? m.send_code() : m.sign_in()}
        </button>
        {step === 'code' && (
          <button type="button" className="link" disabled={busy} onClick={() => ask.start({ phone })}>
            {m.send_again()}
          </button>
        )}
      </form>
      {info.data && <p className="mt-4 text-sm text-ink-2">{m.sign_in_help({ hotline: info.data.insurer.hotline })}</p>}
      {info.data?.mode === 'sandbox' && (
        <SandboxAccounts onSession={async () => enter(await get<SessionView>('/api/session'))} />
      )}
    </Page>
  );
}

/** Inside WeChat the shorter way in, to the page that was asked for; and why it did not lead in. */
function ThroughWeChat({ offered }: { offered: boolean }) {
  const { pathname, search } = useLocation();
  const asked = new URLSearchParams(search);
  asked.delete('wechat');
  const to = asked.size > 0 ? `${pathname}?${asked}` : pathname;
  return (
    <>
      <WeChatNotIn />
      {offered && inWeChat() && (
        <>
          <a className="btn btn-primary mt-4 w-full" href={throughWeChat(to)}>
            {m.wechat_sign_in()}
          </a>
          <p className="mt-4 text-sm text-ink-2">{m.wechat_or_phone()}</p>
        </>
      )}
    </>
  );
}

/** How many tries a failed one leaves, where the server says. */
function triesIn(error: Error | null): number | null {
  const left = error instanceof ApiProblem ? error.document.attemptsLeft : undefined;
  return typeof left === 'number' ? left : null;
}
