import { Alert, Button, DatePicker, Form, Input, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { CaseOutcome, HandOver } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { useSession, useStaff } from '../data/queries.ts';
import { m } from '../messages.ts';
import { OutcomesDialog } from './OutcomesDialog.tsx';

type Wanted = { from: string; to: string[]; reason: string; until?: Dayjs };

/** All cases of somebody on leave, to one colleague or several; what came of each is shown case by case. */
export function HandOverDialog() {
  const account = useSession().data?.account;
  const [open, setOpen] = useState(false);
  const [outcomes, setOutcomes] = useState<CaseOutcome[] | null>(null);
  const [form] = Form.useForm<Wanted>();
  const staff = useStaff('case-manager', open).data ?? [];
  const from = Form.useWatch('from', form) as string | undefined;
  const hand = useAction((wanted: HandOver, key) => post<{ items: CaseOutcome[] }>('/api/handovers', wanted, key), {
    refresh: [keys.worklist, ['staff']],
    onDone: ({ items }) => {
      setOpen(false);
      setOutcomes(items);
    },
  });
  // A case manager hands over her own; a supervisor anybody's.
  const own = account?.role === 'case-manager';
  const label = ({ name, open: cases }: (typeof staff)[number]) => m.console_staff_open({ name, open: String(cases) });
  const needed = { required: true, message: m.fault_required() };
  const submit = ({ until, ...rest }: Wanted) =>
    hand.start({ ...rest, ...(until ? { until: until.format('YYYY-MM-DD') } : {}) });
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {m.console_handover()}
      </Button>
      <Modal
        open={open}
        title={m.console_handover_title()}
        okText={m.console_handover_do({ n: String(staff.find(({ id }) => id === from)?.open ?? 0) })}
        cancelText={m.cancel()}
        confirmLoading={hand.running}
        okButtonProps={{ disabled: !staff.find(({ id }) => id === from)?.open }}
        onOk={() => void form.validateFields().then(submit, () => undefined)}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        width={500}
      >
        <Form
          form={form}
          layout="vertical"
          preserve={false}
          requiredMark={false}
          initialValues={own && account ? { from: account.id } : {}}
        >
          <Form.Item name="from" label={m.console_handover_from()} rules={[needed]}>
            <Select
              disabled={own}
              placeholder={m.choose()}
              options={staff.map((one) => ({ value: one.id, label: label(one) }))}
            />
          </Form.Item>
          <Form.Item name="to" label={m.console_handover_to()} rules={[needed]}>
            <Select
              mode="multiple"
              placeholder={m.choose()}
              options={staff.filter(({ id }) => id !== from).map((one) => ({ value: one.id, label: label(one) }))}
            />
          </Form.Item>
          <Form.Item name="reason" label={m.console_handover_reason()} rules={[{ ...needed, whitespace: true }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
          <Form.Item name="until" label={`${m.console_handover_until()} (${m.optional()})`}>
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
        </Form>
        {hand.error ? <Alert type="error" showIcon role="alert" title={problemText(hand.error)} /> : null}
      </Modal>
      {outcomes ? (
        <OutcomesDialog title={m.console_handover_result()} outcomes={outcomes} onClose={() => setOutcomes(null)} />
      ) : null}
    </>
  );
}
