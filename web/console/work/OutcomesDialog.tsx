import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import type { CaseOutcome } from '../../shared/types.ts';
import { m } from '../messages.ts';

type OutcomesDialogProps = { title: string; outcomes: readonly CaseOutcome[]; onClose: () => void };

/** One act on many cases, case by case: what was not done stands first, with why. */
export function OutcomesDialog({ title, outcomes, onClose }: OutcomesDialogProps) {
  const not = outcomes.filter(({ done }) => !done);
  const done = outcomes.filter((one) => one.done);
  return (
    <Modal
      open
      title={title}
      width={620}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {m.console_dialog_close()}
        </Button>
      }
    >
      <p className="row" style={{ marginBottom: '.6rem' }}>
        <span className="state state-kept">
          <CheckCircleOutlined aria-hidden /> {m.console_outcomes_done({ n: String(done.length) })}
        </span>
        {not.length > 0 ? (
          <span className="state state-late">
            <CloseCircleOutlined aria-hidden /> {m.console_outcomes_not({ n: String(not.length) })}
          </span>
        ) : null}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls by itself and must be reachable by keyboard */}
      <section className="grid-frame" style={{ maxHeight: '50vh' }} tabIndex={0} aria-label={title}>
        <table className="grid">
          <thead>
            <tr>
              <th>{m.console_work_number()}</th>
              <th>{m.console_outcomes_what()}</th>
            </tr>
          </thead>
          <tbody>
            {[...not, ...done].map((one) => (
              <tr key={one.caseId}>
                <td className="nowrap">{one.number || m.console_outcomes_unknown()}</td>
                <td className={one.done ? '' : 'state-late'}>{one.done ? one.what : one.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Modal>
  );
}
