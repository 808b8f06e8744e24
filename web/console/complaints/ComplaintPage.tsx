import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { ComplaintFile } from '../../shared/types.ts';
import { MinorFile } from '../case/MinorFile.tsx';
import { ClockCard } from '../clocks/ClockCard.tsx';
import { ExplainClock } from '../clocks/ExplainClock.tsx';
import { useComplaint, useDecision, useSession } from '../data/queries.ts';
import { byMoment, momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { useTitle } from '../shell/use-title.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';
import { ComplaintActs } from './ComplaintActs.tsx';

/** One complaint: what was said, its time, its history, and what its handler does. */
export default function ComplaintPage() {
  const { id = '' } = useParams();
  const found = useComplaint(id);
  useTitle(found.data?.number);
  return (
    <div className="page">
      <Screen query={found}>{(file) => <File file={file} />}</Screen>
    </div>
  );
}

function File({ file }: { file: ComplaintFile }) {
  const role = useSession().data?.account.role;
  const [explained, setExplained] = useState(false);
  return (
    <>
      <div className="page-head">
        <h1>{file.number}</h1>
        <span className="meta">
          {file.kindLabel}
          {file.serviceName ? ` · ${file.serviceName}` : ''}
        </span>
        <span className="pill">{file.stateLabel}</span>
        {file.round === 2 ? <span className="pill pill-brand">{m.console_complaint_review()}</span> : null}
        {file.breached ? <span className="pill pill-late">{m.console_complaint_breach()}</span> : null}
        <Link to={urls.complaints()}>{m.console_complaint_back()}</Link>
      </div>
      <div className="two">
        <div>
          <section className="section">
            <h2>{m.console_complaint_said()}</h2>
            <p className="meta">
              {file.person} · {file.relationLabel}
              {file.complainant.name ? ` ${file.complainant.name}` : ''}
              {file.complainant.phone ? ` ${file.complainant.phone}` : ''} · {file.channelLabel} ·{' '}
              {momentWords(file.filedAt)}
            </p>
            {file.complainant.proof ? (
              <p className="meta">{m.console_complaint_proof({ proof: file.complainant.proof })}</p>
            ) : null}
            <p className="meta row">
              {file.caseId && file.caseNumber && (file.mine || role === 'supervisor') ? (
                <Link to={role === 'supervisor' ? urls.case(file.caseId) : urls.complaintCase(file.id)}>
                  {m.console_complaint_case_of({ number: file.caseNumber })}
                </Link>
              ) : file.caseNumber ? (
                <span>{m.console_complaint_case_of({ number: file.caseNumber })}</span>
              ) : null}
              {file.decisionId ? (
                <span>{m.console_complaint_decided_by({ who: file.decidedBy ?? m.console_complaint_by_rules() })}</span>
              ) : null}
            </p>
            {file.closed ? (
              <MinorFile minor={file.closed} />
            ) : (
              <p style={{ whiteSpace: 'pre-line', marginTop: '.5rem' }}>{file.text}</p>
            )}
          </section>
          {file.decisionId && !file.closed && (file.mine || role === 'supervisor') ? (
            <Decided id={file.decisionId} />
          ) : null}
          {file.answers.length > 0 ? (
            <section className="section">
              <h2>{m.console_complaint_answers()}</h2>
              {file.answers.map((one) => (
                <div key={one.round}>
                  <p className="row-between">
                    <b>{one.outcomeLabel}</b>
                    <span className="meta">{momentWords(one.at)}</span>
                  </p>
                  <p style={{ whiteSpace: 'pre-line' }}>{one.text}</p>
                </div>
              ))}
            </section>
          ) : null}
          <section className="section">
            <h2>{m.console_complaint_history()}</h2>
            <ol className="stack">
              {file.history.map((one) => (
                <li key={one.id}>
                  <span className="row-between">
                    <b>{[one.label, one.of].filter(Boolean).join(' · ')}</b>
                    <span className="meta">
                      {one.by} · {momentWords(one.at)}
                    </span>
                  </span>
                  {one.text && one.type !== 'answered' ? (
                    <span style={{ whiteSpace: 'pre-line' }}>{one.text}</span>
                  ) : null}
                </li>
              ))}
            </ol>
          </section>
        </div>
        <div>
          <section className="section">
            <h2>{m.console_complaint_time()}</h2>
            <ul className="stack">
              <ClockCard clock={file.clock} times={1} onExplain={() => setExplained(true)} />
            </ul>
            {file.firstClock ? (
              <p className="meta">
                {m.console_complaint_first()}: {byMoment(file.firstClock.due)}
              </p>
            ) : null}
          </section>
          <ComplaintActs file={file} />
        </div>
      </div>
      {explained ? <ExplainClock clock={file.clock} onClose={() => setExplained(false)} /> : null}
    </>
  );
}

/** The decision that an appeal is against: what was decided, and by which rules. */
function Decided({ id }: { id: string }) {
  const decision = useDecision(id);
  return (
    <section className="section">
      <h2>{m.console_complaint_decision()}</h2>
      <Screen query={decision}>
        {(view) => (
          <>
            <p className="meta">{momentWords(view.at)}</p>
            <ul>
              {view.reasons.map((reason) => (
                <li key={reason.rule}>
                  {reason.message} {reason.printed ? <span className="meta">{reason.printed}</span> : null}
                </li>
              ))}
            </ul>
          </>
        )}
      </Screen>
    </section>
  );
}
