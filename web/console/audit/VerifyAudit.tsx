import { Alert, Button } from 'antd';
import { post } from '../../shared/api.ts';
import type { AuditVerdict } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

/** Recomputes the whole chain on the server and says what it found; the first fault by name. */
export function VerifyAudit() {
  const verify = useAction((_: null, key) => post<AuditVerdict>('/api/audit/verify', {}, key));
  const verdict = verify.output;
  return (
    <div className="stack">
      <div className="row">
        <Button loading={verify.running} onClick={() => verify.start(null)}>
          {m.console_verify()}
        </Button>
        <span className="meta">{m.console_verify_what()}</span>
      </div>
      {verify.error ? <Alert type="error" showIcon role="alert" title={problemText(verify.error)} /> : null}
      {verdict ? (
        <Alert
          role="status"
          type={verdict.ok ? 'success' : 'error'}
          showIcon
          title={
            verdict.ok ? m.console_verify_ok() : m.console_verify_fault({ message: verdict.firstFault?.message ?? '' })
          }
          description={m.console_verify_counts({
            checked: String(verdict.checked),
            sealed: String(verdict.sealed),
            unsealed: String(verdict.unsealed),
          })}
        />
      ) : null}
    </div>
  );
}
