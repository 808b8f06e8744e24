import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { formatMoney } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import type { StatementLine, StatementView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { dayWords } from '../data/words.ts';
import { m } from '../messages.ts';

type Act = StatementLine['allowed'][number];
const ACTS: Record<Act, () => string> = {
  dispute: m.console_line_dispute,
  correct: m.console_line_correct,
  withdraw: m.console_line_withdraw,
  settle: m.console_line_settle,
};
const TONE: Record<StatementLine['state'], string> = {
  matched: 'pill-done',
  open: 'pill-late',
  disputed: 'pill-soon',
  settled: 'pill-brand',
  withdrawn: '',
};

/** Approval, dispensing and invoice beside each other, what differs in words, and what may be done about it. */
export function StatementLines({ statement }: { statement: StatementView }) {
  const client = useQueryClient();
  const [correcting, setCorrecting] = useState<StatementLine | null>(null);
  const act = useAction(
    ({ key: line, body }: { key: string; body: object }, key) =>
      post<StatementView>(`/api/settlement/statements/${statement.id}/lines/${line}`, body, key),
    {
      refresh: [keys.statements],
      onDone: (view) => {
        client.setQueryData(keys.statement(statement.id), view);
        setCorrecting(null);
      },
    },
  );
  const start = (line: StatementLine, what: Act) =>
    what === 'correct' ? setCorrecting(line) : act.start({ key: line.key, body: { act: what } });
  return (
    <>
      {act.error && !correcting ? <Alert type="error" showIcon role="alert" title={problemText(act.error)} /> : null}
      <section
        className="grid-frame"
        style={{ marginTop: '.9rem' }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too (axe: scrollable-region-focusable)
        tabIndex={0}
        aria-label={m.console_settlement_lines_title()}
      >
        <table className="grid">
          <thead>
            <tr>
              <th>{m.console_line_approval()}</th>
              <th>{m.console_line_dispensed()}</th>
              <th>{m.console_line_invoiced()}</th>
              <th>{m.console_line_differences()}</th>
              <th className="num">{m.console_settlement_payable()}</th>
              <th>{m.console_act()}</th>
            </tr>
          </thead>
          <tbody>
            {statement.items.map((line) => (
              <tr key={line.key}>
                <td className="words">
                  {line.approval?.number ?? line.invoiced?.approval}
                  <div className="meta">{line.traceCode}</div>
                  {line.approval ? (
                    <div className="meta">
                      {m.console_line_agreed({ price: formatMoney(line.approval.agreedPrice) })} · {line.approval.state}
                    </div>
                  ) : null}
                </td>
                <td>
                  <Dispensed line={line} />
                </td>
                <td>
                  <Invoiced line={line} />
                </td>
                <td className="words">
                  <span className={`pill ${TONE[line.state]}`}>{line.stateLabel}</span>
                  {line.differences.map((difference) => (
                    <div key={difference.code}>{difference.text}</div>
                  ))}
                </td>
                <td className="num">{formatMoney(line.payable)}</td>
                <td>
                  <div className="row">
                    {line.allowed.map((what) => (
                      <Button
                        key={what}
                        size="small"
                        disabled={act.running}
                        aria-label={m.console_line_act({ act: ACTS[what](), code: line.traceCode })}
                        onClick={() => start(line, what)}
                      >
                        {ACTS[what]()}
                      </Button>
                    ))}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {correcting ? (
        <CorrectDialog
          line={correcting}
          running={act.running}
          error={act.error}
          onSend={(body) => act.start({ key: correcting.key, body: { act: 'correct', ...body } })}
          onClose={() => setCorrecting(null)}
        />
      ) : null}
    </>
  );
}

function Dispensed({ line: { dispensed } }: { line: StatementLine }) {
  if (!dispensed) return <span className="meta">{m.console_line_none()}</span>;
  return (
    <>
      {dayWords(dispensed.on, false)}
      <div className="meta">{dispensed.pharmacy}</div>
      <div>{m.console_line_share({ amount: formatMoney(dispensed.insurer) })}</div>
      <div className="meta">
        {dispensed.returnedOn
          ? m.console_line_returned({ day: dayWords(dispensed.returnedOn, false) })
          : dispensed.signedOn
            ? m.console_line_signed({ day: dayWords(dispensed.signedOn, false) })
            : m.console_line_unsigned()}
      </div>
    </>
  );
}

function Invoiced({ line: { invoiced } }: { line: StatementLine }) {
  if (!invoiced) return <span className="meta">{m.console_line_none()}</span>;
  return (
    <>
      {invoiced.invoice}
      <div>{m.console_line_claimed({ amount: formatMoney(invoiced.amount) })}</div>
      <div className="meta">
        {m.console_line_packs({ n: String(invoiced.quantity), price: formatMoney(invoiced.price) })}
      </div>
      {invoiced.corrected ? <div className="meta">{m.console_line_corrected()}</div> : null}
    </>
  );
}

type Figures = { quantity: number; price: number; amount: number };
type CorrectDialogProps = {
  line: StatementLine;
  running: boolean;
  error: unknown;
  onSend: (figures: Figures) => void;
  onClose: () => void;
};

/** The invoice's figures anew, in yuan as they stand on it. */
function CorrectDialog({ line, running, error, onSend, onClose }: CorrectDialogProps) {
  const [figures, setFigures] = useState<Figures>({
    quantity: line.invoiced?.quantity ?? 1,
    price: line.invoiced?.price ?? 0,
    amount: line.invoiced?.amount ?? 0,
  });
  const yuan = (name: 'price' | 'amount', label: string) => (
    <>
      <label htmlFor={`line-${name}`}>{label}</label>
      <InputNumber
        id={`line-${name}`}
        min={0}
        max={100_000_000}
        precision={2}
        value={figures[name] / 100}
        onChange={(value) => setFigures({ ...figures, [name]: Math.round((value ?? 0) * 100) })}
      />
    </>
  );
  return (
    <Modal
      open
      title={m.console_line_correct()}
      okText={m.console_line_correct()}
      cancelText={m.cancel()}
      confirmLoading={running}
      onOk={() => onSend(figures)}
      onCancel={onClose}
      width={420}
    >
      <div className="stack">
        <p className="meta">
          {[line.invoiced?.invoice, line.invoiced?.approval, line.traceCode].filter(Boolean).join(' · ')}
        </p>
        <label htmlFor="line-quantity">{m.console_line_quantity()}</label>
        <InputNumber
          id="line-quantity"
          min={1}
          max={1000}
          precision={0}
          value={figures.quantity}
          onChange={(value) => setFigures({ ...figures, quantity: value ?? 1 })}
        />
        {yuan('price', m.console_line_price())}
        {yuan('amount', m.console_line_amount())}
        {error ? <Alert type="error" showIcon role="alert" title={problemText(error)} /> : null}
      </div>
    </Modal>
  );
}
