import { Alert, App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import type { AccountView, Role } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';
import { roleName } from '../shell/desks.ts';
import { STAFF_ROLES } from './RolesDialog.tsx';
import { showPassword } from './show-password.tsx';

/** Roles that belong to a company, or to a row of the list of experts or pharmacies. */
const OUTSIDE: readonly Role[] = [
  'provider',
  'laboratory',
  'expert',
  'drug-consultant',
  'aid-assistant',
  'car-t-specialist',
  'pharmacist',
  'hospital-staff',
];
type Entry = { name: string; email: string; roles: Role[]; provider?: string };

/** A new colleague; the first password is shown once and is only good for choosing another. */
export function NewAccount() {
  const { modal } = App.useApp();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Entry>();
  const roles = Form.useWatch('roles', form) as Role[] | undefined;
  const create = useAction(
    (entry: Entry, key) => post<AccountView & { temporaryPassword: string }>('/api/accounts', entry, key),
    {
      refresh: [['accounts']],
      onDone: (account) => {
        setOpen(false);
        showPassword(modal, account);
      },
    },
  );
  const needed = { required: true, message: m.fault_required() };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {m.console_account_new()}
      </Button>
      <Modal
        open={open}
        title={m.console_account_new()}
        okText={m.console_account_create()}
        cancelText={m.cancel()}
        confirmLoading={create.running}
        onOk={() => void form.validateFields().then(create.start, () => undefined)}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        width={460}
      >
        <Form form={form} layout="vertical" preserve={false} requiredMark={false}>
          <Form.Item name="name" label={m.console_account_name()} rules={[needed]}>
            <Input maxLength={50} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="email"
            label={m.console_email()}
            rules={[{ ...needed, type: 'email', message: m.console_email_wrong() }]}
          >
            <Input maxLength={200} autoComplete="off" inputMode="email" />
          </Form.Item>
          <Form.Item name="roles" label={m.console_account_roles()} rules={[needed]}>
            <Select mode="multiple" options={STAFF_ROLES.map((role) => ({ value: role, label: roleName(role) }))} />
          </Form.Item>
          {roles?.some((role) => OUTSIDE.includes(role)) ? (
            <Form.Item name="provider" label={m.console_account_provider()} rules={[needed]}>
              <Input maxLength={64} autoComplete="off" />
            </Form.Item>
          ) : null}
        </Form>
        {create.error ? <Alert type="error" showIcon role="alert" title={problemText(create.error)} /> : null}
      </Modal>
    </>
  );
}
