import { Alert, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { ComplaintFiled, PersonFile } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { useCallersComplaints } from '../data/queries.ts';
import { byMoment } from '../data/words.ts';
import { m } from '../messages.ts';
import { type Speaker, SpeakerFields, speakerOf } from './SpeakerFields.tsx';

/** What a checked caller complained of, and filing for her; the words are not the service desk's to read. */
export function CallerComplaints({ personId, cases }: { personId: string; cases: PersonFile['cases'] }) {
  const complaints = useCallersComplaints(personId);
  const [filing, setFiling] = useState(false);
  const items = complaints.data ?? [];
  return (
    <section className="section">
      <div className="row-between">
        <h2>{m.console_person_complaints()}</h2>
        <Button onClick={() => setFiling(true)}>{m.console_person_complain()}</Button>
      </div>
      {items.length === 0 ? <p className="meta">{m.console_person_no_complaints()}</p> : null}
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            {one.number} {one.kindLabel} · {one.stateLabel}
            {one.open ? ` · ${byMoment(one.clock.due)}` : ''}
          </li>
        ))}
      </ul>
      {filing ? <FileDialog personId={personId} cases={cases} onClose={() => setFiling(false)} /> : null}
    </section>
  );
}

type Entry = Speaker & { kind: string; caseId: string; text: string };

function FileDialog({
  personId,
  cases,
  onClose,
}: {
  personId: string;
  cases: PersonFile['cases'];
  onClose: () => void;
}) {
  const [form] = Form.useForm<Entry>();
  const file = useAction((body: object, key) => post<ComplaintFiled>('/api/complaints', body, key), {
    refresh: [keys.complaints],
  });
  const caseId = Form.useWatch('caseId', form);
  const send = ({ kind, caseId: about, text, ...speaker }: Entry) =>
    file.start({ kind, personId, text, ...(about ? { caseId: about } : {}), complainant: speakerOf(speaker) });
  if (file.output)
    return (
      <Modal open footer={null} onCancel={onClose} title={<h2>{m.console_person_complain()}</h2>}>
        <p role="status">{m.console_complaint_filed({ number: file.output.number })}</p>
        <p>{byMoment(file.output.due)}</p>
      </Modal>
    );
  return (
    <Modal
      open
      title={<h2>{m.console_person_complain()}</h2>}
      okText={m.console_complaint_register()}
      cancelText={m.cancel()}
      confirmLoading={file.running}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Entry>
        form={form}
        layout="vertical"
        requiredMark={false}
        name="caller-complaint"
        initialValues={{ kind: 'other', caseId: '', relation: 'self' }}
        onFinish={send}
      >
        <Form.Item name="caseId" label={m.console_complaint_about_case()}>
          <Select
            options={[
              { value: '', label: m.console_complaint_none_chosen() },
              ...cases.map(({ id, number, serviceName }) => ({ value: id, label: `${number} ${serviceName}` })),
            ]}
          />
        </Form.Item>
        <Form.Item name="kind" label={m.console_complaint_kind()}>
          <Select
            options={[
              ...(caseId ? [{ value: 'case', label: m.console_complaint_kind_case() }] : []),
              { value: 'conduct', label: m.console_complaint_kind_conduct() },
              { value: 'waiting', label: m.console_complaint_kind_waiting() },
              { value: 'data', label: m.console_complaint_kind_data() },
              { value: 'other', label: m.console_complaint_kind_other() },
            ]}
          />
        </Form.Item>
        <SpeakerFields label={m.console_complaint_speaker()} />
        <Form.Item
          name="text"
          label={m.console_complaint_said()}
          rules={[{ required: true, min: 5, message: m.console_five_at_least() }]}
        >
          <Input.TextArea rows={5} maxLength={2000} />
        </Form.Item>
        {file.error ? <Alert type="error" showIcon role="alert" title={problemText(file.error)} /> : null}
      </Form>
    </Modal>
  );
}
