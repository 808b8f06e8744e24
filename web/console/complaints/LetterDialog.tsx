import { Alert, DatePicker, Form, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useNavigate } from 'react-router';
import { post } from '../../shared/api.ts';
import { dayOf } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import { serverNow } from '../../shared/now.ts';
import type { ComplaintFiled } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { keepEnter } from '../forms/keep-enter.ts';
import { m } from '../messages.ts';
import { urls } from '../urls.ts';
import { type Speaker, SpeakerFields, speakerOf } from './SpeakerFields.tsx';

const KINDS = {
  case: m.console_complaint_kind_case,
  conduct: m.console_complaint_kind_conduct,
  waiting: m.console_complaint_kind_waiting,
  data: m.console_complaint_kind_data,
  other: m.console_complaint_kind_other,
} as const;
type Entry = Speaker & {
  policyNo: string;
  personName: string;
  caseNumber?: string;
  kind: keyof typeof KINDS;
  receivedOn: Dayjs;
  text: string;
};

/** A letter becomes a complaint; its days count from the day it came. */
export function LetterDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [form] = Form.useForm<Entry>();
  const file = useAction((body: object, key) => post<ComplaintFiled>('/api/complaint-desk/letters', body, key), {
    refresh: [keys.complaints],
    onDone: ({ id }) => navigate(urls.complaint(id)),
  });
  const send = ({ policyNo, personName, caseNumber, kind, receivedOn, text, ...speaker }: Entry) =>
    file.start({
      policyNo,
      personName,
      ...(caseNumber ? { caseNumber } : {}),
      kind,
      receivedOn: receivedOn.format('YYYY-MM-DD'),
      text,
      complainant: speakerOf(speaker),
    });
  const needed = [{ required: true, message: m.fault_required() }];
  return (
    <Modal
      open
      title={<h2>{m.console_complaint_letter()}</h2>}
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
        name="letter"
        initialValues={{ kind: 'other', relation: 'self', receivedOn: dayjs(dayOf(serverNow())) }}
        onFinish={send}
      >
        <Form.Item name="policyNo" label={m.console_complaint_policy_no()} rules={needed}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="personName" label={m.console_complaint_person()} rules={needed}>
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item name="kind" label={m.console_complaint_kind()}>
          <Select options={Object.entries(KINDS).map(([value, label]) => ({ value, label: label() }))} />
        </Form.Item>
        <Form.Item name="caseNumber" label={`${m.console_complaint_case_number()} ${m.optional()}`}>
          <Input maxLength={32} />
        </Form.Item>
        <Form.Item name="receivedOn" label={m.console_complaint_received()} rules={needed}>
          <DatePicker onKeyDown={keepEnter} />
        </Form.Item>
        <SpeakerFields label={m.console_complaint_relation()} />
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
