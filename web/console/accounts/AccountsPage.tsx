import { App, Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { post, remove } from '../../shared/api.ts';
import type { AccountView, Role } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { useAccounts } from '../data/queries.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { roleName } from '../shell/desks.ts';
import { More } from '../states/More.tsx';
import { Screen } from '../states/Screen.tsx';
import { NewAccount } from './NewAccount.tsx';
import { RolesDialog } from './RolesDialog.tsx';
import { showPassword } from './show-password.tsx';

type Change = { roles?: Role[]; state?: AccountView['state']; resetTotp?: boolean };

/** Who may sign in and as what. Nothing here says anything about a member's health. */
export default function AccountsPage() {
  const accounts = useAccounts();
  const [words, setWords] = useState('');
  const asked = words.trim().toLowerCase();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_accounts()}</h1>
        <span className="meta">{m.console_accounts_what()}</span>
        <Input
          style={{ width: '16rem' }}
          allowClear
          aria-label={m.console_accounts_search()}
          placeholder={m.console_accounts_search()}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <NewAccount />
      </div>
      <Screen query={accounts} waiting={<Skeleton active paragraph={{ rows: 12 }} />}>
        {(rows) => (
          <>
            <div className="grid-frame">
              <table className="grid">
                <thead>
                  <tr>
                    <th>{m.console_account_name()}</th>
                    <th>{m.console_account_roles()}</th>
                    <th>{m.console_account_state()}</th>
                    <th>{m.console_account_totp()}</th>
                    <th>{m.console_account_last()}</th>
                    <th className="num">{m.console_account_sessions()}</th>
                    <th>{m.console_act()}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows
                    .filter((row) =>
                      `${row.name} ${row.email ?? ''} ${row.provider ?? ''}`.toLowerCase().includes(asked),
                    )
                    .map((row) => (
                      <Account key={row.id} account={row} />
                    ))}
                </tbody>
              </table>
            </div>
            <More query={accounts} />
          </>
        )}
      </Screen>
    </div>
  );
}

function Account({ account }: { account: AccountView }) {
  const { modal, message } = App.useApp();
  const [editing, setEditing] = useState(false);
  const options = { refresh: [['accounts']], onDone: () => void message.success(m.console_saved()) };
  const change = useAction(
    (wanted: Change, key) => post<AccountView>(`/api/accounts/${account.id}`, wanted, key),
    options,
  );
  const end = useAction((_: null) => remove(`/api/accounts/${account.id}/sessions`), options);
  const password = useAction(
    (_: null, key) =>
      post<AccountView & { temporaryPassword: string }>(`/api/accounts/${account.id}/password`, {}, key),
    { refresh: [['accounts']], onDone: (changed) => showPassword(modal, changed) },
  );
  const running = change.running || end.running || password.running;
  const error = change.error ?? end.error ?? password.error;
  const ask = (title: string, content: string, run: () => void) =>
    modal.confirm({
      title,
      content,
      okText: title,
      cancelText: m.cancel(),
      okButtonProps: { danger: true },
      onOk: run,
    });
  const states = {
    active: { words: m.console_account_active(), tone: 'pill-done' },
    locked: { words: m.console_account_locked(), tone: 'pill-late' },
    left: { words: m.console_account_left(), tone: '' },
  };
  const { words, tone } = states[account.state];
  return (
    <tr>
      <td>
        {account.name}
        <div className="meta">{account.email ?? ''}</div>
      </td>
      <td>
        {account.roles.map(roleName).join(m.console_comma())}
        {account.provider ? <div className="meta">{account.provider}</div> : null}
      </td>
      <td>
        <span className={`pill ${tone}`}>{words}</span>
        {account.lockedUntil ? (
          <div className="meta">{m.console_account_until({ until: momentWords(account.lockedUntil) })}</div>
        ) : null}
      </td>
      <td>{account.totp ? m.console_account_totp_on() : m.console_account_totp_off()}</td>
      <td className="nowrap">{account.lastSignInAt ? momentWords(account.lastSignInAt) : m.console_account_never()}</td>
      <td className="num">{account.sessions}</td>
      <td>
        <div className="row">
          {account.state === 'left' ? null : (
            <>
              <Button size="small" disabled={running} onClick={() => setEditing(true)}>
                {m.console_account_change_roles()}
              </Button>
              <Button
                size="small"
                disabled={running}
                onClick={() => change.start({ state: account.state === 'locked' ? 'active' : 'locked' })}
              >
                {account.state === 'locked' ? m.console_account_unlock() : m.console_account_lock()}
              </Button>
              <Button size="small" disabled={running || account.sessions === 0} onClick={() => end.start(null)}>
                {m.console_account_end_sessions()}
              </Button>
              <Button
                size="small"
                disabled={running}
                onClick={() =>
                  ask(
                    m.console_account_reset_password(),
                    m.console_account_reset_password_what({ name: account.name }),
                    () => password.start(null),
                  )
                }
              >
                {m.console_account_reset_password()}
              </Button>
              <Button
                size="small"
                disabled={running || !account.totp}
                onClick={() =>
                  ask(m.console_account_reset_totp(), m.console_account_reset_totp_what({ name: account.name }), () =>
                    change.start({ resetTotp: true }),
                  )
                }
              >
                {m.console_account_reset_totp()}
              </Button>
              <Button
                size="small"
                danger
                disabled={running}
                onClick={() =>
                  ask(m.console_account_leave(), m.console_account_leave_what({ name: account.name }), () =>
                    change.start({ state: 'left' }),
                  )
                }
              >
                {m.console_account_leave()}
              </Button>
            </>
          )}
        </div>
        {error ? (
          <p role="alert" className="state-late">
            {problemText(error)}
          </p>
        ) : null}
        {editing ? (
          <RolesDialog
            account={account}
            onSave={(roles) => {
              change.start({ roles });
              setEditing(false);
            }}
            onClose={() => setEditing(false)}
          />
        ) : null}
      </td>
    </tr>
  );
}
