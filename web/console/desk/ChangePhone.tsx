import { Alert, App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

type Entry = { phone: string; reason: string };

/** The old number is gone: the agent asks, a supervisor decides. Carriers give numbers to others, hence two people. */
export function ChangePhone({ personId }: { personId: string }) {
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Entry>();
  const ask = useAction((entry: Entry, key) => post<unknown>(`/api/desk/persons/${personId}/phone`, entry, key), {
    refresh: [keys.approvals],
    onDone: () => {
      setOpen(false);
      void message.success(m.console_breach_correct_done());
    },
  });
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {m.console_approval_change_phone()}
      </Button>
      <Modal
        open={open}
        title={m.console_approval_change_phone()}
        okText={m.console_correction_ask()}
        cancelText={m.cancel()}
        confirmLoading={ask.running}
        onOk={() => void form.validateFields().then(ask.start, () => undefined)}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        width={460}
      >
        <p className="meta">{m.console_phone_what()}</p>
        <Form form={form} layout="vertical" preserve={false} requiredMark={false} style={{ marginTop: 12 }}>
          <Form.Item
            name="phone"
            label={m.console_phone_new()}
            rules={[{ required: true, min: 5, message: m.fault_required() }]}
          >
            <Input maxLength={20} inputMode="tel" autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="reason"
            label={m.console_reason()}
            rules={[{ required: true, min: 5, message: m.console_five_at_least() }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </Form>
        {ask.error ? <Alert type="error" showIcon role="alert" title={problemText(ask.error)} /> : null}
      </Modal>
    </>
  );
}
