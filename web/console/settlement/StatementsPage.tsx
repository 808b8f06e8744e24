import { Alert, Button, DatePicker, Modal, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { post } from '../../shared/api.ts';
import { dayOf, formatMoney } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import { serverNow } from '../../shared/now.ts';
import type { StatementSummary, StatementView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { useProviders, useSession, useStatements } from '../data/queries.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';
import { Doubts } from './Doubts.tsx';

/** The statements of providers, those in the making first; the clerk also opens one and closes doubts about dispensings. */
export default function StatementsPage() {
  const statements = useStatements();
  const role = useSession().data?.account.role;
  const [opening, setOpening] = useState(false);
  const clerk = role === 'settlement-clerk';
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_settlement()}</h1>
        <span className="meta">{m.console_settlement_what()}</span>
        {clerk ? (
          <Button type="primary" onClick={() => setOpening(true)}>
            {m.console_settlement_open()}
          </Button>
        ) : null}
      </div>
      {clerk ? <Doubts /> : null}
      <Screen
        query={statements}
        waiting={<Skeleton active paragraph={{ rows: 6 }} />}
        empty={{
          when: (rows) => rows.length === 0,
          title: m.console_settlement_none(),
          hint: m.console_settlement_none_hint(),
        }}
      >
        {(rows) => (
          <div className="grid-frame" style={{ marginTop: '.9rem' }}>
            <table className="grid">
              <thead>
                <tr>
                  <th>{m.console_settlement_month()}</th>
                  <th>{m.console_settlement_provider()}</th>
                  <th>{m.console_settlement_state()}</th>
                  <th className="num">{m.console_settlement_lines()}</th>
                  <th className="num">{m.console_settlement_differences()}</th>
                  <th className="num">{m.console_settlement_invoiced()}</th>
                  <th className="num">{m.console_settlement_payable()}</th>
                  <th>{m.console_settlement_people()}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <StatementRow key={row.id} statement={row} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Screen>
      {opening ? <OpenDialog onClose={() => setOpening(false)} /> : null}
    </div>
  );
}

function StatementRow({ statement }: { statement: StatementSummary }) {
  return (
    <tr>
      <td className="nowrap">
        <Link to={urls.statement(statement.id)}>{statement.month}</Link>
      </td>
      <td>{statement.providerName}</td>
      <td>
        <span className={`pill ${statement.state === 'approved' ? 'pill-done' : 'pill-soon'}`}>
          {statement.stateLabel}
        </span>
      </td>
      <td className="num">{statement.lines}</td>
      <td className="num">{statement.differences}</td>
      <td className="num">{formatMoney(statement.invoiced)}</td>
      <td className="num">{formatMoney(statement.payable)}</td>
      <td className="meta">{[statement.preparedBy, statement.approvedBy].filter(Boolean).join(m.console_comma())}</td>
    </tr>
  );
}

function OpenDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const providers = useProviders();
  const [provider, setProvider] = useState<string>();
  const [month, setMonth] = useState<string>();
  const open = useAction(
    (input: { provider: string; month: string }, key) => post<StatementView>('/api/settlement/statements', input, key),
    { refresh: [keys.statements], onDone: ({ id }) => navigate(urls.statement(id)) },
  );
  const thisMonth = dayOf(serverNow()).slice(0, 7);
  return (
    <Modal
      open
      title={m.console_settlement_open()}
      okText={m.console_settlement_open()}
      cancelText={m.cancel()}
      confirmLoading={open.running}
      okButtonProps={{ disabled: !provider || !month }}
      onOk={() => provider && month && open.start({ provider, month })}
      onCancel={onClose}
      width={420}
    >
      <div className="stack">
        <label htmlFor="settlement-provider">{m.console_settlement_provider()}</label>
        <Select
          id="settlement-provider"
          options={(providers.data ?? []).map(({ row, label }) => ({ value: String(row.code), label }))}
          onChange={setProvider}
        />
        <label htmlFor="settlement-month">{m.console_settlement_month()}</label>
        <DatePicker
          id="settlement-month"
          picker="month"
          format="YYYY-MM"
          disabledDate={(day) => day.format('YYYY-MM') >= thisMonth}
          onChange={(day) => setMonth(day?.format('YYYY-MM'))}
        />
        {open.error ? <Alert type="error" showIcon role="alert" title={problemText(open.error)} /> : null}
      </div>
    </Modal>
  );
}
