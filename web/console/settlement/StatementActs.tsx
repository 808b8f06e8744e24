import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { post, upload } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { InvoiceReport, StatementView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

type Props = { statement: StatementView };
const pathOf = ({ id }: StatementView, act: string) => `/api/settlement/statements/${id}/${act}`;

/** What may be done with the statement as a whole; the server says what, and why the rest is not possible yet. */
export function StatementActs({ statement }: Props) {
  const client = useQueryClient();
  const [reason, setReason] = useState<string>();
  const act = useAction(
    ({ name, body }: { name: string; body: object }, key) => post<StatementView>(pathOf(statement, name), body, key),
    {
      refresh: [keys.statements],
      onDone: (view) => client.setQueryData(keys.statement(statement.id), view),
    },
  );
  const may = (name: StatementView['allowed'][number]) => statement.allowed.includes(name);
  const reasons = {
    figures: m.console_settlement_back_figures(),
    differences: m.console_settlement_back_differences(),
    papers: m.console_settlement_back_papers(),
  };
  return (
    <div className="stack">
      {may('add-invoice') ? <Invoices statement={statement} /> : null}
      {statement.reasons.length > 0 ? <p className="meta">{statement.reasons.join(m.console_comma())}</p> : null}
      <div className="row">
        {may('prepare') ? (
          <Button type="primary" loading={act.running} onClick={() => act.start({ name: 'prepare', body: {} })}>
            {m.console_settlement_prepare()}
          </Button>
        ) : null}
        {may('approve') ? (
          <Button type="primary" loading={act.running} onClick={() => act.start({ name: 'approve', body: {} })}>
            {m.console_settlement_approve()}
          </Button>
        ) : null}
        {may('send-back') ? (
          <>
            <Select
              aria-label={m.console_settlement_back_why()}
              placeholder={m.console_settlement_back_why()}
              style={{ minWidth: '14rem' }}
              options={Object.entries(reasons).map(([value, label]) => ({ value, label }))}
              onChange={setReason}
            />
            <Button
              disabled={!reason || act.running}
              onClick={() => act.start({ name: 'send-back', body: { reason } })}
            >
              {m.console_settlement_back()}
            </Button>
          </>
        ) : null}
        {(['csv', 'xlsx'] as const).map((format) => (
          <Button key={format} icon={<DownloadOutlined />} href={`${pathOf(statement, 'export')}?format=${format}`}>
            {format === 'csv' ? 'CSV' : 'Excel'}
          </Button>
        ))}
      </div>
      {act.error ? <Alert type="error" showIcon role="alert" title={problemText(act.error)} /> : null}
    </div>
  );
}

/** Takes a file of invoices in; a file with a bad row changes nothing, and every bad row is named. */
function Invoices({ statement }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const take = useAction(
    // Name and size stand beside the file so that another file counts as another action.
    ({ file }: { file: File; name: string; size: number }, key) =>
      upload<InvoiceReport>(pathOf(statement, 'invoices'), { file }, { key }),
    { refresh: [keys.statement(statement.id), keys.statements] },
  );
  const report = take.output;
  return (
    <div className="stack">
      <div className="row">
        <Button icon={<UploadOutlined />} loading={take.running} onClick={() => input.current?.click()}>
          {m.console_settlement_add_invoice()}
        </Button>
        <span className="meta">
          {m.console_settlement_add_invoice_hint()}{' '}
          <a href="/api/settlement/invoice-template?format=xlsx">{m.console_settlement_template()}</a>
        </span>
        <input
          ref={input}
          type="file"
          accept=".csv,.xlsx"
          // The button beside it opens it; antd's own styles would show it again where only `hidden` is set.
          style={{ display: 'none' }}
          aria-label={m.console_settlement_add_invoice()}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) take.start({ file, name: file.name, size: file.size });
            event.target.value = '';
          }}
        />
      </div>
      {take.error ? <Alert type="error" showIcon role="alert" title={problemText(take.error)} /> : null}
      {report?.applied ? (
        <p role="status">{m.console_settlement_taken({ rows: String(report.rows) })}</p>
      ) : report ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={m.console_settlement_not_taken()}
          description={
            <ul>
              {report.faults.map((fault) => (
                <li key={`${fault.line} ${fault.column} ${fault.message}`}>
                  {fault.line === null ? '' : m.console_settlement_fault_line({ line: String(fault.line) })}
                  {fault.column === null ? '' : `${fault.column}: `}
                  {fault.message}
                </li>
              ))}
            </ul>
          }
        />
      ) : null}
    </div>
  );
}
