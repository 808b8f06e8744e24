import { DownOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useEffect } from 'react';
import { post, remove } from '../../shared/api.ts';
import type { Role, SessionView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';
import { consoleBase } from '../urls.ts';
import { roleName } from './desks.ts';

/** Who is signed in and as what; another role of the same person is one choice away, and so is the way out. */
export function AccountMenu({ session }: { session: SessionView }) {
  const { message } = App.useApp();
  const { account } = session;
  // Another role, or nobody: nothing that was read before may stay in memory, so the page starts anew.
  const startAnew = () => location.assign(`${consoleBase(location.pathname)}/`);
  const change = useAction((role: Role, key) => post<SessionView>('/api/session/role', { role }, key), {
    onDone: startAnew,
  });
  const out = useAction((_: null) => remove('/api/session'), { onDone: startAnew });
  const others = account.roles.filter((role) => role !== account.role && role !== 'member');
  const choose = ({ key }: { key: string }) => {
    if (key === 'out') out.start(null);
    else change.start(key as Role);
  };
  const failed = change.error ?? out.error;
  useEffect(() => {
    if (failed) void message.error(problemText(failed));
  }, [failed, message]);
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          ...others.map((role) => ({ key: role, label: m.console_role_switch({ role: roleName(role) }) })),
          ...(others.length > 0 ? [{ type: 'divider' as const }] : []),
          { key: 'out', label: m.console_sign_out() },
        ],
        onClick: choose,
      }}
    >
      <Button type="text" loading={change.running || out.running}>
        {account.name} · {roleName(account.role)} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
