import { Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { formatMoney } from '../../shared/format.ts';
import type { StatementView } from '../../shared/types.ts';
import { useStatement } from '../data/queries.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { useTitle } from '../shell/use-title.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';
import { StatementActs } from './StatementActs.tsx';
import { StatementLines } from './StatementLines.tsx';

/** One statement: what it comes to, its invoices, every line with its differences, and what the caller may do. */
export default function StatementPage() {
  const { id = '' } = useParams();
  const query = useStatement(id);
  useTitle(query.data ? `${query.data.providerName} ${query.data.month}` : undefined);
  return (
    <div className="page">
      <Screen query={query} waiting={<Skeleton active paragraph={{ rows: 10 }} />}>
        {(statement) => <Statement statement={statement} />}
      </Screen>
    </div>
  );
}

function Statement({ statement }: { statement: StatementView }) {
  const { invoices, items } = statement;
  return (
    <>
      <div className="page-head">
        <h1>
          {statement.providerName} {statement.month}
        </h1>
        <span className="meta">{statement.stateLabel}</span>
        <Link to={urls.settlement()}>{m.console_settlement_all()}</Link>
      </div>
      {statement.sentBack ? (
        <p className="pill pill-soon">{m.console_settlement_sent_back({ why: statement.sentBack })}</p>
      ) : null}
      <section className="section" aria-label={m.console_settlement_sums()}>
        <dl className="pairs">
          <dt>{m.console_settlement_invoiced()}</dt>
          <dd>{formatMoney(statement.invoiced)}</dd>
          <dt>{m.console_settlement_payable()}</dt>
          <dd>
            <strong>{formatMoney(statement.payable)}</strong>
          </dd>
          <dt>{m.console_settlement_differences()}</dt>
          <dd>{statement.differences}</dd>
          <dt>{m.console_settlement_invoices()}</dt>
          <dd>
            {invoices.length === 0
              ? m.console_settlement_no_invoices()
              : invoices.map((one) => (
                  <div key={one.number}>
                    {one.number}
                    <small>
                      {m.console_settlement_invoice_of({
                        lines: String(one.lines),
                        who: one.receivedBy,
                        at: momentWords(one.receivedAt),
                      })}
                    </small>
                  </div>
                ))}
          </dd>
        </dl>
        <StatementActs statement={statement} />
      </section>
      {items.length > 0 ? <StatementLines statement={statement} /> : null}
    </>
  );
}
