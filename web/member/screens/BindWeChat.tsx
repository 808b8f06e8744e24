import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { BoundWeChat } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { usePublic } from '../data/queries.ts';
import { LanguageSwitch } from '../pieces/LanguageSwitch.tsx';
import { Field } from '../ui/Field.tsx';
import { ActionFault } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';

/** Somebody whom WeChat named and we do not know proves who she is: her number, a code to it, name and ID number. */
export default function BindWeChat() {
  const info = usePublic();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [idNumber, setIdNumber] = useState('');
  const ask = useAction((body: { phone: string }, key) => post('/api/wechat/code', body, key));
  const bind = useAction((body: object, key) => post<BoundWeChat>('/api/wechat/bind', body, key), {
    onDone: ({ session, to }) => {
      if (!session) return;
      // Nothing of a reader before may be shown to the next one.
      client.clear();
      client.setQueryData(keys.session, session);
      navigate(to, { replace: true });
    },
  });
  const asked = ask.done;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (asked) bind.start({ phone, code, name, idNumber });
    else ask.start({ phone });
  };
  const busy = ask.running || bind.running;
  const ready = asked ? code.length === 6 && name.trim() !== '' && idNumber.trim().length >= 4 : phone.length >= 5;
  const left = bind.output?.session === null ? bind.output.attemptsLeft : undefined;
  return (
    <Page title={m.wechat_bind_title()} aside={<LanguageSwitch />} {...(asked ? { onBack: ask.reset } : {})}>
      <p className="text-ink-2">{m.wechat_bind_lead()}</p>
      <form onSubmit={submit} noValidate>
        {!asked && (
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
        {asked && (
          <>
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
            <Field label={m.wechat_name()} hint={m.wechat_bind_who()}>
              {(control) => (
                <input
                  {...control}
                  className="input"
                  autoComplete="name"
                  maxLength={60}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
            <Field label={m.wechat_id_number()}>
              {(control) => (
                <input
                  {...control}
                  className="input"
                  autoComplete="off"
                  maxLength={40}
                  value={idNumber}
                  onChange={(event) => setIdNumber(event.target.value.toUpperCase())}
                />
              )}
            </Field>
          </>
        )}
        {left !== undefined && (
          <p role="alert" className="mt-3 rounded-xl bg-late-tint px-3 py-2 text-late">
            {m.wechat_mismatch({ n: left })}
          </p>
        )}
        <ActionFault error={asked ? bind.error : ask.error} />
        <button type="submit" className="btn btn-primary mt-5 w-full" disabled={busy || !ready}>
          {busy ? m.working() : asked ? m.wechat_bind_done() : m.send_code()}
        </button>
        {asked && (
          <button type="button" className="link" disabled={busy} onClick={() => ask.start({ phone })}>
            {m.send_again()}
          </button>
        )}
      </form>
      <Link to="/" className="link mt-2" replace>
        {m.wechat_not_now()}
      </Link>
      {info.data && <p className="mt-4 text-sm text-ink-2">{m.sign_in_help({ hotline: info.data.insurer.hotline })}</p>}
    </Page>
  );
}
