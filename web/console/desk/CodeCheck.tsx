import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import type { DeskResult } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

type CodeCheckProps = { checkId: string; phone: string; onHeard: (result: DeskResult) => void };

/** The other way to be sure: a code to the number on file, never to another one. */
export function CodeCheck({ checkId, phone, onHeard }: CodeCheckProps) {
  const [code, setCode] = useState('');
  const send = useAction((_: null, key) => post<void>(`/api/desk/checks/${checkId}/code`, {}, key));
  const verify = useAction(
    (said: string, key) => post<DeskResult>(`/api/desk/checks/${checkId}/code/verify`, { code: said }, key),
    {
      onDone: onHeard,
    },
  );
  const error = send.error ?? verify.error;
  return (
    <div className="need" style={{ marginTop: '1rem' }}>
      <h3>{m.console_code_title()}</h3>
      <div className="row">
        <Button loading={send.running} onClick={() => send.start(null)}>
          {send.done ? m.console_code_again({ phone }) : m.console_code_send({ phone })}
        </Button>
        {send.done ? (
          <>
            <Input
              aria-label={m.console_totp_code()}
              style={{ width: '9rem' }}
              inputMode="numeric"
              maxLength={6}
              placeholder={m.console_totp_code()}
              value={code}
              onChange={(event) => setCode(event.target.value.trim())}
            />
            <Button
              type="primary"
              disabled={!/^\d{6}$/.test(code)}
              loading={verify.running}
              onClick={() => verify.start(code)}
            >
              {m.console_check_do()}
            </Button>
          </>
        ) : null}
      </div>
      {verify.output?.state === 'asking' ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={m.console_check_again({ n: String(verify.output.attemptsLeft) })}
        />
      ) : null}
      {error ? <Alert type="error" showIcon role="alert" title={problemText(error)} /> : null}
    </div>
  );
}
