import { Alert } from 'antd';
import type { DecisionView, RequestForm } from '../../shared/types.ts';
import { byMoment } from '../data/words.ts';
import { m } from '../messages.ts';

/** What a dry run says: the outcome, every reason with its clause, the promises it would start, what else is open. */
export function Outcome({ decision, promises }: { decision: DecisionView; promises: RequestForm['promises'] }) {
  const nameOf = (code: string) => promises.find((promise) => promise.code === code)?.label ?? code;
  const says = {
    granted: { type: 'success', title: m.console_outcome_granted },
    review: { type: 'warning', title: m.console_outcome_review },
    refused: { type: 'error', title: m.console_outcome_refused },
  } as const;
  const { type, title } = says[decision.outcome];
  return (
    <Alert
      type={type}
      showIcon
      role="status"
      title={title()}
      style={{ marginBottom: 12 }}
      description={
        <>
          {decision.reasons.map((reason) => (
            <p key={reason.rule}>
              {reason.message} <small className="meta">{reason.printed ?? reason.clause}</small>
            </p>
          ))}
          {decision.clocks.map((clock) => (
            <p key={clock.promise}>
              {m.console_outcome_due({ promise: nameOf(clock.promise), by: byMoment(clock.due) })}
            </p>
          ))}
          {decision.outcome === 'refused' && decision.alternatives.length > 0 ? (
            <p>
              {m.console_outcome_instead({
                services: decision.alternatives.map(({ name }) => name).join(m.console_comma()),
              })}
            </p>
          ) : null}
        </>
      }
    />
  );
}
