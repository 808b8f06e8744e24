import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { post } from '../../../shared/api.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { ComplaintView } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { by, moment } from '../../../shared/words.ts';
import { useComplaint } from '../../data/queries.ts';
import { useDraft } from '../../data/use-draft.ts';
import { Hotline } from '../../pieces/Benefit.tsx';
import { Clock } from '../../pieces/Clock.tsx';
import { DraftNote } from '../../pieces/DraftNote.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { ActionFault, Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { CardsSkeleton } from '../../ui/Skeleton.tsx';
import { toneOf } from './Complaints.tsx';

type Act = ComplaintView['acts'][number];

/** One complaint: where it stands and until when, the answer, what happened, and what she can do. */
export default function Complaint() {
  const { id = '' } = useParams();
  const complaint = useComplaint(id);
  const [act, setAct] = useState<Act | null>(null);
  const view = complaint.data;
  const first = view?.acts[0];
  const words = first && actWords(view, first);
  return (
    <Page
      title={m.complaint_title()}
      up="/m/complaints"
      aside={view && <span className="text-sm text-ink-2">{view.number}</span>}
      actions={
        first && (
          <button
            type="button"
            className={view.state === 'asked' || first === 'review' ? 'btn btn-primary' : 'btn btn-ghost'}
            aria-haspopup="dialog"
            onClick={() => setAct(first)}
          >
            {words}
          </button>
        )
      }
    >
      <Loaded query={complaint} skeleton={<CardsSkeleton count={3} />}>
        {(data) => <Body view={data} onAct={setAct} />}
      </Loaded>
      {view && act && <ActSheet view={view} act={act} onClose={() => setAct(null)} />}
    </Page>
  );
}

const actWords = (view: ComplaintView, act: Act): string =>
  act === 'withdraw'
    ? m.complaint_withdraw()
    : act === 'review'
      ? m.complaint_review()
      : view.state === 'asked'
        ? m.complaint_reply()
        : m.complaint_add();

function Body({ view, onAct }: { view: ComplaintView; onAct: (act: Act) => void }) {
  const question = view.state === 'asked' ? view.history.findLast(({ type }) => type === 'asked') : undefined;
  return (
    <>
      <section className="card mt-3" aria-label={view.kindLabel}>
        <h2 className="flex flex-wrap items-center justify-between gap-x-2 font-semibold">
          {view.serviceName ?? view.kindLabel}
          <Chip tone={toneOf(view)}>{view.stateLabel}</Chip>
        </h2>
        {view.serviceName && <p>{view.kindLabel}</p>}
        <p className="text-sm text-ink-2">
          {m.complaint_filed({ at: moment(view.filedAt) })} ·{' '}
          {view.handler ? m.complaint_handler({ name: view.handler }) : m.complaint_not_taken()}
        </p>
        {question?.text && <p className="mt-2 rounded-xl bg-soon-tint px-3 py-2 text-soon">{question.text}</p>}
        <Clock clock={view.clock} />
      </section>
      {view.answers.toReversed().map((one) => (
        <section
          key={one.round}
          className="card mt-3"
          aria-label={one.round === 2 ? m.complaint_review_answer() : m.complaint_answer()}
        >
          <h2 className="flex flex-wrap items-center justify-between gap-x-2 font-semibold">
            {one.round === 2 ? m.complaint_review_answer() : m.complaint_answer()}
            <Chip tone={one.outcome === 'upheld' ? 'quiet' : 'done'}>{one.outcomeLabel}</Chip>
          </h2>
          <p className="mt-2 whitespace-pre-line">{one.text}</p>
          <p className="mt-1 text-sm text-ink-2">{moment(one.at)}</p>
        </section>
      ))}
      {view.reviewUntil && <p className="mt-3">{m.complaint_review_text({ until: by(view.reviewUntil) })}</p>}
      <section className="card mt-3" aria-label={m.complaint_yours()}>
        <h2 className="font-semibold">{m.complaint_yours()}</h2>
        <p className="mt-1 whitespace-pre-line">{view.text}</p>
      </section>
      <section className="card mt-3" aria-label={m.complaint_history()}>
        <h2 className="font-semibold">{m.complaint_history()}</h2>
        <ol className="divide-y divide-line">
          {view.history.toReversed().map((one) => (
            <li key={one.id} className="py-2">
              <p className="flex flex-wrap justify-between gap-x-3">
                <span className="font-medium">{one.label}</span>
                <span className="text-sm text-ink-2">{moment(one.at)}</span>
              </p>
              {one.text && one.type !== 'answered' && <p className="whitespace-pre-line">{one.text}</p>}
            </li>
          ))}
        </ol>
      </section>
      <p className="mt-3 flex flex-wrap gap-x-4">
        {view.caseId && (
          <Link className="link" to={`/m/cases/${view.caseId}`}>
            {m.complaint_see_case()}
          </Link>
        )}
        {view.decisionId && (
          <Link className="link" to={`/m/decisions/${view.decisionId}`}>
            {m.complaint_see_decision()}
          </Link>
        )}
        {view.acts.includes('withdraw') && (
          <button type="button" className="link text-late" aria-haspopup="dialog" onClick={() => onAct('withdraw')}>
            {m.complaint_withdraw()}
          </button>
        )}
      </p>
      <Hotline number={view.hotline} />
    </>
  );
}

function ActSheet({ view, act, onClose }: { view: ComplaintView; act: Act; onClose: () => void }) {
  const kept = useDraft(`complaint/${view.id}/${act}`, () => ({ text: '' }));
  const { text } = kept.value;
  const send = useAction((body: object, key) => post<ComplaintView>(`/api/complaints/${view.id}/acts`, body, key), {
    refresh: [keys.complaints],
    onDone: () => {
      kept.drop();
      onClose();
    },
  });
  const needed = act !== 'withdraw';
  const said = text.trim();
  return (
    <Sheet
      open
      title={actWords(view, act)}
      onClose={onClose}
      actions={
        <button
          type="button"
          className="btn btn-primary"
          disabled={send.running || (needed && said.length < 5)}
          onClick={() => send.start({ act, ...(said ? { text: said } : {}) })}
        >
          {act === 'add' ? m.complaint_send_words() : actWords(view, act)}
        </button>
      }
    >
      {act === 'withdraw' && <p className="text-ink-2">{m.complaint_withdraw_text()}</p>}
      {act === 'review' && view.reviewUntil && (
        <p className="text-ink-2">{m.complaint_review_text({ until: by(view.reviewUntil) })}</p>
      )}
      <DraftNote keptAt={kept.keptAt} onRestart={kept.restart} />
      <Field label={needed ? m.complaint_words() : m.complaint_why_optional()} required={needed}>
        {(control) => (
          <textarea
            {...control}
            rows={5}
            maxLength={needed ? 2000 : 500}
            className="input"
            value={text}
            onChange={(event) => kept.change(() => ({ text: event.target.value }))}
          />
        )}
      </Field>
      <ActionFault error={send.error} />
    </Sheet>
  );
}
