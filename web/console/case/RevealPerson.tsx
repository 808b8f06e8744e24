import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

type Revealed = { name: string; idNumber: string; phone: string };

/** Shortest reason that tells an auditor anything. */
const REASON_MIN = 4;

/** Opens masked data for a reason that is recorded; what was opened lives in this dialog and nowhere else. */
export function RevealPerson({ personId, caseId }: { personId: string; caseId?: string }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const reveal = useAction((why: string, key) =>
    post<Revealed>(`/api/persons/${personId}/reveal`, { reason: why, ...(caseId ? { caseId } : {}) }, key),
  );
  const close = () => {
    setOpen(false);
    setReason('');
    reveal.reset();
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {m.console_reveal()}
      </Button>
      <Modal
        open={open}
        onCancel={close}
        title={m.console_reveal_title()}
        width={460}
        destroyOnHidden
        footer={
          reveal.output ? (
            <Button onClick={close}>{m.close()}</Button>
          ) : (
            <>
              <Button onClick={close}>{m.cancel()}</Button>
              <Button
                type="primary"
                disabled={reason.trim().length < REASON_MIN}
                loading={reveal.running}
                onClick={() => reveal.start(reason.trim())}
              >
                {m.console_reveal_do()}
              </Button>
            </>
          )
        }
      >
        {reveal.output ? (
          <dl className="pairs" aria-live="polite">
            <dt>{m.console_person_name()}</dt>
            <dd>{reveal.output.name}</dd>
            <dt>{m.console_person_id()}</dt>
            <dd>{reveal.output.idNumber}</dd>
            <dt>{m.console_person_phone()}</dt>
            <dd>{reveal.output.phone}</dd>
          </dl>
        ) : (
          <div className="stack">
            <p>{m.console_reveal_what()}</p>
            <label htmlFor="reveal-reason">{m.console_reveal_reason()}</label>
            <Input.TextArea
              id="reveal-reason"
              rows={2}
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            {reveal.error ? <Alert type="error" showIcon role="alert" title={problemText(reveal.error)} /> : null}
          </div>
        )}
      </Modal>
    </>
  );
}
