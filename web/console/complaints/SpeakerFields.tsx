import { Form, Input, Select } from 'antd';
import { m } from '../messages.ts';

/** Who speaks for somebody by letter or telephone. */
export type Speaker = { relation: string; name?: string; phone?: string; proof?: string };

/** Herself without more; anybody else with name, number and proof. */
export const speakerOf = ({ relation, name, phone, proof }: Speaker): Speaker =>
  relation === 'self'
    ? { relation }
    : { relation, ...(name ? { name } : {}), ...(phone ? { phone } : {}), ...(proof ? { proof } : {}) };

export function SpeakerFields({ label }: { label: string }) {
  const relation = Form.useWatch('relation');
  const needed = [{ required: true, message: m.fault_required() }];
  return (
    <>
      <Form.Item name="relation" label={label}>
        <Select
          options={[
            { value: 'self', label: m.console_complaint_relation_self() },
            { value: 'agent', label: m.console_complaint_relation_agent() },
            { value: 'guardian', label: m.console_complaint_relation_guardian() },
            { value: 'heir', label: m.console_complaint_relation_heir() },
          ]}
        />
      </Form.Item>
      {relation !== undefined && relation !== 'self' ? (
        <>
          <Form.Item name="name" label={m.console_complaint_name()} rules={needed}>
            <Input maxLength={50} />
          </Form.Item>
          <Form.Item name="phone" label={m.console_complaint_phone()} rules={needed}>
            <Input maxLength={20} />
          </Form.Item>
          <Form.Item name="proof" label={m.console_complaint_proof_of()} rules={needed}>
            <Input maxLength={200} />
          </Form.Item>
        </>
      ) : null}
    </>
  );
}
