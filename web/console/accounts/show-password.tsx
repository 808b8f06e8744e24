import { Typography } from 'antd';
import type { useAppProps } from 'antd/es/app/context';
import { m } from '../messages.ts';

/** Shows a temporary password this once; it is kept nowhere on this side. */
export function showPassword(modal: useAppProps['modal'], account: { name: string; temporaryPassword: string }): void {
  modal.success({
    title: m.console_account_password_title({ name: account.name }),
    content: (
      <div className="stack">
        <Typography.Text code copyable style={{ fontSize: 18 }}>
          {account.temporaryPassword}
        </Typography.Text>
        <p>{m.console_account_password_once()}</p>
      </div>
    ),
    okText: m.close(),
  });
}
