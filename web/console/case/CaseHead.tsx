import { CheckOutlined, RightOutlined } from '@ant-design/icons';
import type { CaseView } from '../../shared/types.ts';
import { by, until } from '../../shared/words.ts';
import { m } from '../messages.ts';
import { attentionName } from '../work/attention.ts';
import { RevealPerson } from './RevealPerson.tsx';
import { rightWords } from './right-words.ts';

/** Which case, whose turn, how far: the first thing read and the last thing looked at. */
export function CaseHead({ view }: { view: CaseView }) {
  const done = view.steps.filter((step) => step.state === 'done').length;
  const now = view.steps.find((step) => step.state === 'now');
  const next = view.steps.find((step) => step.state === 'next');
  return (
    <header className="case-head">
      <div className="row-between">
        <h1>
          {view.serviceName} · {view.person.name}
        </h1>
        <span className="row">
          {view.suspended ? <span className="pill pill-soon">{m.console_case_suspended()}</span> : null}
          {view.attention.map((word) => (
            <span key={word} className="pill pill-soon">
              {attentionName(word)}
            </span>
          ))}
          {view.person.masked ? <RevealPerson personId={view.person.id} caseId={view.id} /> : null}
        </span>
      </div>
      <p className="meta">
        {[
          view.number,
          view.planName,
          m.console_case_edition({ edition: view.edition }),
          // A provider is told neither the policy nor what is left of the right.
          ...(view.policyNo ? [view.policyNo, rightWords(view.use)] : []),
          ...(view.assignee ? [m.console_case_assignee({ name: view.assignee })] : []),
        ].join(' · ')}
      </p>
      <p className="turn">
        <b>{view.final ? view.stateLabel : view.turn.label}</b>
        {view.final ? '' : ` ${view.turn.does}`}
        {view.turn.until
          ? ` · ${until(view.turn)}`
          : view.turn.untilWhy && !view.final
            ? ` · ${view.turn.untilWhy}`
            : ''}
      </p>
      {view.steps.length > 0 && !view.final ? (
        <ol className="steps" aria-label={m.console_case_steps({ done: String(done), all: String(view.steps.length) })}>
          {view.steps.map((step) => (
            <li key={step.code} aria-current={step === now ? 'step' : undefined}>
              {step.state === 'done' ? <CheckOutlined aria-label={m.console_step_done()} /> : null}
              {step === now ? <RightOutlined aria-hidden /> : null}
              {step.label}
              {step === next && step.by ? ` · ${by(step.by)}` : ''}
            </li>
          ))}
        </ol>
      ) : null}
    </header>
  );
}
