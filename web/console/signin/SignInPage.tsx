import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { hearNow } from '../../shared/now.ts';
import type { SessionView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { usePublic, useSandboxAccounts } from '../data/queries.ts';
import { m } from '../messages.ts';
import { roleName } from '../shell/desks.ts';
import { LanguageSwitch } from '../shell/LanguageSwitch.tsx';
import { Screen } from '../states/Screen.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import './signin.css';

/** The way in: e-mail and password, then the second factor; in the sandbox also a list of people to be. */
export function SignInPage() {
  const client = useQueryClient();
  const info = usePublic();
  const sandbox = info.data?.mode === 'sandbox';
  const enter = (session: SessionView) => {
    hearNow(session.now);
    // Not `clear()`: the page above watches the session and would go on watching one that is gone.
    client.setQueryData(keys.session, session);
  };
  return (
    <main className="signin">
      <div className={sandbox ? 'signin-wide' : 'signin-box'}>
        <div className="stack">
          <div className="row-between">
            <h1>医路 {m.console_brand_desk()}</h1>
            <LanguageSwitch />
          </div>
          <p className="meta">{info.data?.insurer.name ?? ' '}</p>
          <section className="section">
            <PasswordForm onSignedIn={enter} />
          </section>
        </div>
        {sandbox ? <SandboxAccounts onSignedIn={enter} /> : null}
      </div>
    </main>
  );
}

function SandboxAccounts({ onSignedIn }: { onSignedIn: (session: SessionView) => void }) {
  const accounts = useSandboxAccounts(true);
  const [all, setAll] = useState(false);
  const signIn = useAction((account: string, key) => post<SessionView>('/api/sandbox/sign-in', { account }, key), {
    onDone: onSignedIn,
  });
  return (
    <section className="section" aria-labelledby="sandbox-accounts">
      <h2 id="sandbox-accounts">{m.console_signin_sandbox()}</h2>
      <p className="meta">{m.console_signin_sandbox_what()}</p>
      {signIn.error ? <Alert type="error" showIcon role="alert" title={problemText(signIn.error)} /> : null}
      <Screen
        query={accounts}
        waiting={<Skeleton active paragraph={{ rows: 8 }} />}
        empty={{ when: (rows) => rows.length === 0, title: m.console_signin_no_accounts() }}
      >
        {(rows) => {
          const staff = rows.filter((row) => row.role !== 'member');
          const shown = all ? rows : staff;
          const roles = [...new Set(shown.map((row) => row.role))];
          return (
            <div className="stack">
              <div className="accounts-groups">
                {roles.map((role) => (
                  <div key={role}>
                    <h3 className="meta">{roleName(role)}</h3>
                    <div className="accounts-pick">
                      {shown
                        .filter((row) => row.role === role)
                        .map((row) => (
                          <button
                            key={row.account}
                            type="button"
                            disabled={signIn.running}
                            onClick={() =>
                              row.role === 'member' ? window.open('/', '_blank') : signIn.start(row.account)
                            }
                          >
                            {row.name}
                            <small>{row.situation}</small>
                          </button>
                        ))}
                    </div>
                  </div>
                ))}
              </div>
              {staff.length < rows.length && !all ? (
                <Button type="link" onClick={() => setAll(true)}>
                  {m.console_signin_members()}
                </Button>
              ) : null}
            </div>
          );
        }}
      </Screen>
    </section>
  );
}
