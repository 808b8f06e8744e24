import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { CaseView, Role } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { useStaff } from '../data/queries.ts';
import { m } from '../messages.ts';
import { roleName } from '../shell/desks.ts';

type Wanted = { accountId: string; reason: string };
const ASSIGNABLE: readonly Role[] = ['case-manager', 'reviewer'];

/** Gives a case to another colleague; the reason is recorded. */
export function AssignCase({ view }: { view: CaseView }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [role, setRole] = useState<Role>(view.turn.who === 'reviewer' ? 'reviewer' : 'case-manager');
  const staff = useStaff(role, open);
  const [form] = Form.useForm<Wanted>();
  const assign = useAction((wanted: Wanted, key) => post<unknown>(`/api/cases/${view.id}/assign`, wanted, key), {
    refresh: [keys.case(view.id), keys.worklist],
    onDone: () => {
      setOpen(false);
      void message.success(m.console_assign_done());
      void client.invalidateQueries({ queryKey: ['staff'] });
    },
  });
  return (
    <>
      <Button block className="act-closed" onClick={() => setOpen(true)}>
        {m.console_assign()}
      </Button>
      <Modal
        open={open}
        title={m.console_assign()}
        okText={m.console_assign_do()}
        cancelText={m.cancel()}
        confirmLoading={assign.running}
        onOk={() => void form.validateFields().then(assign.start, () => undefined)}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        width={460}
      >
        <Form form={form} layout="vertical" preserve={false}>
          <Form.Item label={m.console_assign_role()} htmlFor="assign-role">
            <Select
              id="assign-role"
              value={role}
              options={ASSIGNABLE.map((value) => ({ value, label: roleName(value) }))}
              onChange={(value: Role) => {
                setRole(value);
                form.resetFields(['accountId']);
              }}
            />
          </Form.Item>
          <Form.Item
            name="accountId"
            label={m.console_assign_to()}
            rules={[{ required: true, message: m.fault_required() }]}
          >
            <Select
              loading={staff.isPending}
              placeholder={m.choose()}
              options={(staff.data ?? []).map((one) => ({
                value: one.id,
                label: m.console_staff_open({ name: one.name, open: String(one.open) }),
              }))}
            />
          </Form.Item>
          <Form.Item name="reason" label={m.console_reason()} rules={[{ required: true, message: m.fault_required() }]}>
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
        </Form>
        {assign.error ? <Alert type="error" showIcon role="alert" title={problemText(assign.error)} /> : null}
      </Modal>
    </>
  );
}
