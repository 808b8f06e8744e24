import { Alert, Button, Checkbox, Form, Input, Modal } from 'antd';
import { ApiProblem, post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { PhraseInput, PhraseUse, PhraseView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

const USES: readonly PhraseUse[] = ['member', 'note', 'call'];

/** Where a phrase is offered, in words. */
export function nameOfUse(use: PhraseUse): string {
  const names = {
    member: m.console_phrase_use_member,
    note: m.console_phrase_use_note,
    call: m.console_phrase_use_call,
  };
  return names[use]();
}

/** A new phrase, or one to change or take out of use; what the server refuses is said beside the form. */
export function PhraseDialog({ phrase, onClose }: { phrase: PhraseView | undefined; onClose: () => void }) {
  const [form] = Form.useForm<PhraseInput>();
  const keep = useAction(
    ({ retired, ...input }: PhraseInput & { retired: boolean }, key) =>
      phrase
        ? post('/api/phrases/'.concat(phrase.id), { ...input, retired, version: phrase.version }, key)
        : post('/api/phrases', input, key),
    { refresh: [keys.phrases], onDone: onClose },
  );
  const submit = (retired: boolean) =>
    void form.validateFields().then(
      (input) => keep.start({ ...input, retired }),
      () => undefined,
    );
  const needed = { required: true, message: m.fault_required() };
  const faults = keep.error instanceof ApiProblem ? keep.error.document.problems : undefined;
  return (
    <Modal
      open
      title={phrase ? m.console_phrase_change_of({ title: phrase.title }) : m.console_phrase_new()}
      width={560}
      onCancel={onClose}
      footer={
        <div className="row-between">
          {phrase ? (
            <Button loading={keep.running} onClick={() => submit(!phrase.retired)}>
              {phrase.retired ? m.console_phrase_restore() : m.console_phrase_retire()}
            </Button>
          ) : (
            <span />
          )}
          <Button type="primary" loading={keep.running} onClick={() => submit(phrase?.retired ?? false)}>
            {m.console_phrase_keep()}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={phrase ?? { title: '', text: '', uses: ['member'] }}
      >
        <Form.Item name="title" label={m.console_phrase_title()} rules={[{ ...needed, whitespace: true }]}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="text"
          label={m.console_phrase_text()}
          extra={m.console_phrases_what({ number: '{number}', service: '{service}', next: '{next}' })}
          rules={[{ ...needed, whitespace: true }]}
        >
          <Input.TextArea rows={5} maxLength={500} showCount />
        </Form.Item>
        <Form.Item
          name="uses"
          label={m.console_phrase_uses()}
          rules={[{ type: 'array', min: 1, message: m.fault_required() }]}
        >
          <Checkbox.Group options={USES.map((use) => ({ value: use, label: nameOfUse(use) }))} />
        </Form.Item>
      </Form>
      {keep.error ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={faults?.map(({ message }) => message).join(' ') || problemText(keep.error)}
        />
      ) : null}
    </Modal>
  );
}
