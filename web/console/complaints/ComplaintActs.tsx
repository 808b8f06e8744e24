import { Alert, Button, Form, Input, Radio, Select } from 'antd';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { ComplaintFile } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

type Act = ComplaintFile['acts'][number];
type Entry = { act: Act; text?: string; of?: string; outcome?: string; told?: string };

const LABELS: Partial<Record<Act, () => string>> = {
  ask: m.console_complaint_ask,
  note: m.console_complaint_note,
  state: m.console_complaint_stated,
  extend: m.console_complaint_extend,
  'ask-extension': m.console_complaint_ask_extension,
  answer: m.console_complaint_answer,
};
const HINTS: Partial<Record<Act, () => string>> = {
  ask: m.console_complaint_told_hint,
  note: m.console_complaint_inside_hint,
  state: m.console_complaint_inside_hint,
  extend: m.console_complaint_extend_hint,
  'ask-extension': m.console_complaint_ask_extension_hint,
  answer: m.console_complaint_answer_hint,
};

/** What the caller may do with it now; the server says what that is. */
export function ComplaintActs({ file }: { file: ComplaintFile }) {
  const send = useAction((body: object, key) => post<ComplaintFile>(`/api/complaint-desk/${file.id}/acts`, body, key), {
    refresh: [keys.complaints, keys.approvals],
  });
  const written = file.acts.filter((act) => act in LABELS);
  return (
    <section className="section">
      <h2>{m.console_complaint_do()}</h2>
      {file.tookPart ? <p className="meta">{m.console_complaint_recuse()}</p> : null}
      {file.extensionAsked ? <p role="status">{m.console_complaint_waiting_approval()}</p> : null}
      {file.acts.includes('take') ? (
        <p className="row">
          <Button type="primary" loading={send.running} onClick={() => send.start({ act: 'take' })}>
            {m.console_complaint_take()}
          </Button>
          <span className="meta">{m.console_complaint_take_hint()}</span>
        </p>
      ) : null}
      {file.acts.includes('assign') ? (
        file.handlers.length > 0 ? (
          <Select
            aria-label={m.console_complaint_assign()}
            placeholder={m.console_complaint_assign()}
            style={{ minWidth: '14rem', margin: '.5rem 0' }}
            value={null}
            options={file.handlers.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(to) => to && send.start({ act: 'assign', to })}
          />
        ) : (
          <p className="meta">{m.console_complaint_assign_none()}</p>
        )
      ) : null}
      {written.length > 0 ? (
        <Written key={file.history.length} file={file} acts={written} running={send.running} onSend={send.start} />
      ) : null}
      {file.acts.length === 0 && !file.tookPart ? <p className="meta">{m.console_complaint_nothing()}</p> : null}
      {send.error ? <Alert type="error" showIcon role="alert" title={problemText(send.error)} /> : null}
    </section>
  );
}

type WrittenProps = { file: ComplaintFile; acts: Act[]; running: boolean; onSend: (entry: Entry) => void };

/** The acts that say something: which, and its words. */
function Written({ file, acts, running, onSend }: WrittenProps) {
  const [form] = Form.useForm<Entry>();
  const act = Form.useWatch('act', form) ?? acts[0]!;
  return (
    <Form<Entry>
      form={form}
      layout="vertical"
      requiredMark={false}
      name="complaint-act"
      initialValues={{ act: acts[0] }}
      onFinish={onSend}
    >
      <Form.Item name="act" label={m.console_complaint_act()}>
        <Radio.Group className="stack" options={acts.map((one) => ({ value: one, label: LABELS[one]?.() ?? one }))} />
      </Form.Item>
      {act === 'state' ? (
        <Form.Item name="of" label={m.console_complaint_of()} rules={[{ required: true, message: m.fault_required() }]}>
          <Radio.Group
            options={[
              { value: 'staff', label: m.console_complaint_of_staff() },
              { value: 'provider', label: m.console_complaint_of_provider() },
            ]}
          />
        </Form.Item>
      ) : null}
      {act === 'answer' ? (
        <Form.Item
          name="outcome"
          label={m.console_complaint_outcome()}
          rules={[{ required: true, message: m.fault_required() }]}
        >
          <Radio.Group
            options={[
              { value: 'upheld', label: m.console_complaint_upheld() },
              { value: 'overturned', label: m.console_complaint_overturned() },
              { value: 'partly', label: m.console_complaint_partly() },
              { value: 'settled', label: m.console_complaint_settled() },
            ]}
          />
        </Form.Item>
      ) : null}
      {act === 'answer' && file.tellBy ? (
        <Form.Item
          name="told"
          label={m.console_complaint_told()}
          rules={[{ required: true, message: m.fault_required() }]}
        >
          <Radio.Group
            options={[
              { value: 'letter', label: m.console_complaint_by_letter() },
              { value: 'telephone', label: m.console_complaint_by_phone() },
            ]}
          />
        </Form.Item>
      ) : null}
      <Form.Item
        name="text"
        label={m.console_complaint_text()}
        extra={HINTS[act]?.()}
        rules={[{ required: true, min: 5, message: m.console_five_at_least() }]}
      >
        <Input.TextArea rows={5} maxLength={2000} showCount />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={running}>
        {m.console_complaint_send()}
      </Button>
    </Form>
  );
}
