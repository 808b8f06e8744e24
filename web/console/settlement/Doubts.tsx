import { Alert, Button } from 'antd';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { SettlementFlag } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { useSettlementFlags } from '../data/queries.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';

/** What the counter refused and a person has to look into: a code that was used before, a pharmacy that was not agreed. */
export function Doubts() {
  const flags = useSettlementFlags();
  if (!flags.data?.length) return null;
  return (
    <section className="section" aria-label={m.console_doubts()}>
      <h2>{m.console_doubts()}</h2>
      {flags.data.map((flag) => (
        <Doubt key={flag.id} flag={flag} />
      ))}
    </section>
  );
}

function Doubt({ flag }: { flag: SettlementFlag }) {
  const close = useAction(
    (outcome: 'mistake' | 'misuse', key) => post<unknown>(`/api/settlement/flags/${flag.id}`, { outcome }, key),
    { refresh: [keys.settlementFlags] },
  );
  return (
    <div className="stack">
      <p>
        {flag.text}
        <span className="meta">
          {' '}
          {[flag.approval, flag.pharmacy, flag.traceCode, momentWords(flag.raisedAt)].filter(Boolean).join(' · ')}
        </span>
      </p>
      {close.error ? <Alert type="error" showIcon role="alert" title={problemText(close.error)} /> : null}
      <div className="row">
        <Button size="small" loading={close.running} onClick={() => close.start('mistake')}>
          {m.console_doubt_mistake()}
        </Button>
        <Button size="small" danger disabled={close.running} onClick={() => close.start('misuse')}>
          {m.console_doubt_misuse()}
        </Button>
      </div>
    </div>
  );
}
