import { Alert, App, Button, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

type Entry = { kind: 'correct-use' | 'correct-bar'; reason: string };
const REASON_MIN = 5;

/** A use or a waiting-period bar that was recorded wrongly is put before a second person; nothing changes until then. */
export function ProposeCorrection({ caseId }: { caseId: string }) {
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Entry>();
  const ask = useAction((entry: Entry, key) => post<unknown>(`/api/cases/${caseId}/corrections`, entry, key), {
    refresh: [keys.approvals, keys.case(caseId)],
    onDone: () => {
      setOpen(false);
      void message.success(m.console_breach_correct_done());
    },
  });
  return (
    <>
      <Button block type="text" className="act-closed" onClick={() => setOpen(true)}>
        {m.console_correction()}
      </Button>
      <Modal
        open={open}
        title={m.console_correction()}
        okText={m.console_correction_ask()}
        cancelText={m.cancel()}
        confirmLoading={ask.running}
        onOk={() => void form.validateFields().then(ask.start, () => undefined)}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        width={460}
      >
        <p className="meta">{m.console_correction_what()}</p>
        <Form form={form} layout="vertical" preserve={false} requiredMark={false} style={{ marginTop: 12 }}>
          <Form.Item
            name="kind"
            label={m.console_correction_kind()}
            rules={[{ required: true, message: m.fault_required() }]}
          >
            <Radio.Group
              options={[
                { value: 'correct-use', label: m.console_approval_correct_use() },
                { value: 'correct-bar', label: m.console_approval_correct_bar() },
              ]}
            />
          </Form.Item>
          <Form.Item
            name="reason"
            label={m.console_breach_evidence()}
            rules={[{ required: true, min: REASON_MIN, message: m.console_five_at_least() }]}
          >
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        </Form>
        {ask.error ? <Alert type="error" showIcon role="alert" title={problemText(ask.error)} /> : null}
      </Modal>
    </>
  );
}
