import { Alert, Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { ApprovalView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { useApprovals } from '../data/queries.ts';
import { momentWords, valueWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { More } from '../states/More.tsx';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';

/** What needs a second person: asked by one, decided by another, never by the same. */
export default function ApprovalsPage() {
  const approvals = useApprovals();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_approvals()}</h1>
        <span className="meta">{m.console_approvals_what()}</span>
      </div>
      <Screen
        query={approvals}
        waiting={<Skeleton active paragraph={{ rows: 6 }} />}
        empty={{
          when: (rows) => rows.length === 0,
          title: m.console_approvals_none(),
          hint: m.console_approvals_none_hint(),
        }}
      >
        {(rows) => (
          <>
            {rows.map((row) => (
              <Approval key={row.id} approval={row} />
            ))}
            <More query={approvals} />
          </>
        )}
      </Screen>
    </div>
  );
}

function Approval({ approval }: { approval: ApprovalView }) {
  const [note, setNote] = useState('');
  const decide = useAction(
    (approve: boolean, key) =>
      post<ApprovalView>(
        `/api/approvals/${approval.id}`,
        { approve, ...(note.trim() ? { note: note.trim() } : {}) },
        key,
      ),
    { refresh: [keys.approvals, keys.worklist] },
  );
  const kinds: Record<ApprovalView['kind'], () => string> = {
    'second-paper-list': m.console_approval_second_paper_list,
    'correct-bar': m.console_approval_correct_bar,
    'correct-use': m.console_approval_correct_use,
    'correct-clock': m.console_approval_correct_clock,
    'change-phone': m.console_approval_change_phone,
    'open-minor': m.console_approval_open_minor,
    'extend-complaint': m.console_approval_extend_complaint,
  };
  return (
    <article className="section">
      <div className="row-between">
        <h2>{kinds[approval.kind]()}</h2>
        {approval.caseId ? <Link to={urls.case(approval.caseId)}>{approval.caseNumber}</Link> : null}
      </div>
      <p className="meta">{m.console_approval_asked({ who: approval.askedBy, at: momentWords(approval.askedAt) })}</p>
      <p>{approval.reason}</p>
      <dl className="pairs" style={{ margin: '.5rem 0' }}>
        {approval.details.map((detail) => (
          <div key={detail.label} style={{ display: 'contents' }}>
            <dt>{detail.label}</dt>
            <dd>{valueWords(detail.value)}</dd>
          </div>
        ))}
      </dl>
      {approval.state === 'open' ? (
        <div className="stack">
          <label htmlFor={`note-${approval.id}`} className="meta">
            {m.console_approval_note()}
          </label>
          <Input.TextArea
            id={`note-${approval.id}`}
            rows={2}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {decide.error ? <Alert type="error" showIcon role="alert" title={problemText(decide.error)} /> : null}
          <div className="row">
            <Button type="primary" loading={decide.running} onClick={() => decide.start(true)}>
              {m.console_approve()}
            </Button>
            <Button danger disabled={decide.running} onClick={() => decide.start(false)}>
              {m.console_refuse()}
            </Button>
          </div>
        </div>
      ) : (
        <p className="meta">
          {approval.state === 'approved'
            ? m.console_approved_by({ who: approval.decidedBy ?? '' })
            : m.console_refused_by({ who: approval.decidedBy ?? '' })}
        </p>
      )}
    </article>
  );
}
