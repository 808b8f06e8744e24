import { Alert, Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { ApiProblem, post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { MinorClosed } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Notice } from '../states/Notice.tsx';

/** Shortest reason that tells a supervisor anything. */
const REASON_MIN = 4;

/** What a refusal says of a minor's file; null for any other answer. */
export const minorOf = (error: unknown): MinorClosed | null =>
  error instanceof ApiProblem && error.code === 'minor-approval-needed'
    ? (error.document as ApiProblem['document'] & { minor: MinorClosed }).minor
    : null;

/** A minor's file before a supervisor agreed: why it is closed, whether it was asked for, and the one thing to do. */
export function MinorFile({ minor, heading }: { minor: MinorClosed; heading?: boolean }) {
  const { asked } = minor;
  if (asked?.state === 'open')
    return (
      <Notice
        tone="soon"
        heading={heading ?? false}
        title={m.console_minor_waits()}
        hint={<p role="status">{m.console_minor_waits_hint({ at: momentWords(asked.at) })}</p>}
      />
    );
  return (
    <Notice
      tone="plain"
      heading={heading ?? false}
      title={asked ? m.console_minor_refused() : m.console_minor_closed()}
      hint={
        <>
          {asked?.note ? <p>{m.console_minor_note({ note: asked.note })}</p> : null}
          <p>{m.console_minor_why()}</p>
        </>
      }
      action={<AskSupervisor minor={minor} />}
    />
  );
}

function AskSupervisor({ minor: { personId, caseId } }: { minor: MinorClosed }) {
  const field = useId();
  const [reason, setReason] = useState('');
  const ask = useAction(
    (why: string, key) =>
      post<unknown>(`/api/persons/${personId}/minor-access`, { reason: why, ...(caseId ? { caseId } : {}) }, key),
    { refresh: [...(caseId ? [keys.case(caseId)] : []), keys.complaints, keys.approvals] },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.start(reason.trim());
  };
  return (
    <form className="stack notice-form" onSubmit={submit}>
      <label htmlFor={field}>{m.console_minor_reason()}</label>
      <Input.TextArea
        id={field}
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {ask.error ? <Alert type="error" showIcon role="alert" title={problemText(ask.error)} /> : null}
      <Button type="primary" htmlType="submit" disabled={reason.trim().length < REASON_MIN} loading={ask.running}>
        {m.console_minor_ask()}
      </Button>
    </form>
  );
}
