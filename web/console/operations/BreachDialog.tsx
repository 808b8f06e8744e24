import { Alert, App, DatePicker, Form, Input, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { BreachView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { momentWords } from '../data/words.ts';
import { markOptional } from '../forms/mark-optional.tsx';
import { m } from '../messages.ts';

export type BreachAct = 'confirm' | 'appeal' | 'correct';
type Cause = BreachView['proposedCause'];
type Entry = { cause?: Cause; note?: string; text?: string; reason?: string; metAt?: Dayjs };

const CAUSES: Record<Cause, () => string> = {
  desk: m.console_cause_desk,
  reviewer: m.console_cause_reviewer,
  'case-manager': m.console_cause_case_manager,
  provider: m.console_cause_provider,
  hospital: m.console_cause_hospital,
  system: m.console_cause_system,
  'outside-control': m.console_cause_outside_control,
};

/** A cause in words. */
export function causeName(cause: Cause): string {
  return CAUSES[cause]();
}

type BreachDialogProps = { what: BreachAct; breach: BreachView; onClose: () => void };

/** Confirms the cause, appeals it, or proposes a correction on evidence (which a second person decides). */
export function BreachDialog({ what, breach, onClose }: BreachDialogProps) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Entry>();
  const send = useAction(
    (entry: Entry, key) => {
      const path = `/api/breaches/${breach.id}`;
      if (what === 'confirm')
        return post<unknown>(`${path}/cause`, { cause: entry.cause, ...(entry.note ? { note: entry.note } : {}) }, key);
      if (what === 'appeal') return post<unknown>(`${path}/appeal`, { text: entry.text }, key);
      const metAt = `${entry.metAt!.format('YYYY-MM-DDTHH:mm:ss')}+08:00`;
      return post<unknown>(`${path}/correct`, { reason: entry.reason, metAt }, key);
    },
    {
      refresh: [keys.breaches, keys.approvals],
      onDone: () => {
        void message.success(what === 'correct' ? m.console_breach_correct_done() : m.console_saved());
        onClose();
      },
    },
  );
  const titles = {
    confirm: m.console_breach_confirm,
    appeal: m.console_breach_appeal,
    correct: m.console_breach_correct,
  };
  const needed = [{ required: true, message: m.fault_required() }];
  return (
    <Modal
      open
      title={titles[what]()}
      okText={titles[what]()}
      cancelText={m.cancel()}
      confirmLoading={send.running}
      onOk={() => void form.validateFields().then(send.start, () => undefined)}
      onCancel={onClose}
      width={480}
    >
      <p className="meta">
        {breach.caseNumber} · {breach.label} · {momentWords(breach.dueAt)}
      </p>
      <Form
        form={form}
        requiredMark={markOptional}
        layout="vertical"
        initialValues={{ cause: breach.proposedCause }}
        style={{ marginTop: 12 }}
      >
        {what === 'confirm' ? (
          <>
            <Form.Item
              name="cause"
              label={m.console_breach_cause()}
              extra={m.console_breach_proposed({ cause: causeName(breach.proposedCause) })}
              rules={needed}
            >
              <Select options={Object.entries(CAUSES).map(([value, name]) => ({ value, label: name() }))} />
            </Form.Item>
            <Form.Item name="note" label={m.console_note()}>
              <Input.TextArea rows={2} maxLength={500} />
            </Form.Item>
          </>
        ) : what === 'appeal' ? (
          <Form.Item name="text" label={m.console_breach_appeal_text()} rules={needed}>
            <Input.TextArea rows={4} maxLength={1000} />
          </Form.Item>
        ) : (
          <>
            <p>{m.console_breach_correct_what()}</p>
            <Form.Item name="metAt" label={m.console_breach_met_at()} rules={needed}>
              <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="reason" label={m.console_breach_evidence()} rules={needed}>
              <Input.TextArea rows={3} maxLength={500} />
            </Form.Item>
          </>
        )}
      </Form>
      {send.error ? <Alert type="error" showIcon role="alert" title={problemText(send.error)} /> : null}
    </Modal>
  );
}
