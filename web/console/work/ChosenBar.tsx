import { Alert, Button } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import type { CaseOutcome } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';
import { OutcomesDialog } from './OutcomesDialog.tsx';

/** What can be done with the rows that are selected: remind those members who are waited for, case by case. */
export function ChosenBar({ ids, onClear }: { ids: readonly string[]; onClear: () => void }) {
  const [outcomes, setOutcomes] = useState<CaseOutcome[] | null>(null);
  const remind = useAction(
    (cases: readonly string[], key) => post<{ items: CaseOutcome[] }>('/api/reminders', { cases }, key),
    { onDone: ({ items }) => setOutcomes(items) },
  );
  return (
    <section className="work-chosen" aria-label={m.console_work_selected({ n: String(ids.length) })}>
      <b>{m.console_work_selected({ n: String(ids.length) })}</b>
      <Button size="small" type="primary" loading={remind.running} onClick={() => remind.start(ids.slice(0, 100))}>
        {m.console_remind()}
      </Button>
      <Button size="small" type="text" onClick={onClear}>
        {m.console_work_deselect()}
      </Button>
      {remind.error ? <Alert type="error" showIcon role="alert" title={problemText(remind.error)} /> : null}
      {outcomes ? (
        <OutcomesDialog
          title={m.console_remind_result()}
          outcomes={outcomes}
          onClose={() => {
            setOutcomes(null);
            onClear();
          }}
        />
      ) : null}
    </section>
  );
}
