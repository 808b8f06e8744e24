import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { BenefitCard, DecisionView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { by, day, listed, moment } from '../../shared/words.ts';
import { useBenefits, useDecision } from '../data/queries.ts';
import { detailPath } from '../pieces/benefit-state.ts';
import { Option, Refusal } from '../pieces/Refusal.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Field } from '../ui/Field.tsx';
import { ActionFault, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** A decision as it was taken: why, what can be done, and the way to have somebody else look again. */
export default function Decision() {
  const { id = '' } = useParams();
  const decision = useDecision(id);
  const benefits = useBenefits();
  const cards = benefits.data?.items ?? [];
  return (
    <Page title={m.decision_title()} up="/">
      <Loaded query={decision} skeleton={<CardsSkeleton count={1} />}>
        {(view) => <Detail view={view} cards={cards} />}
      </Loaded>
    </Page>
  );
}

function Detail({ view, cards }: { view: DecisionView; cards: BenefitCard[] }) {
  const [appealing, setAppealing] = useState(false);
  const name = cards.find((card) => card.service === view.service)?.name ?? m.this_service();
  const later = cards.find((card) => card.service === view.service && card.usableFrom)?.usableFrom;
  return (
    <>
      <p className="text-sm text-ink-2">{m.decided_at({ at: moment(view.at) })}</p>
      {view.outcome === 'refused' ? (
        <Refusal title={m.cannot_apply({ name })} reasons={view.reasons} hotline={view.hotline}>
          {later && <Option text={m.opens_on({ day: day(later) })} />}
          {view.id && (!view.appeal || view.appeal.state === 'withdrawn') && (
            <Option text={m.disagree()}>
              <button type="button" className="link" onClick={() => setAppealing(true)}>
                {m.appeal()}
              </button>
            </Option>
          )}
          {view.papers.length > 0 && (
            <Option text={m.papers_would_change({ names: listed(view.papers.map((paper) => paper.name)) })} />
          )}
          {view.id && (
            <Option text={m.help_call_text_short()}>
              <Link className="link" to={`/m/help?decision=${view.id}`}>
                {m.complaint_call_me()}
              </Link>
            </Option>
          )}
          {view.alternatives.map((other) => {
            const card = cards.find((one) => one.service === other.service);
            return (
              <Option key={other.service} text={m.still_usable({ names: other.name })}>
                <Link className="link" to={card ? detailPath(card) : '/'}>
                  {m.look()}
                </Link>
              </Option>
            );
          })}
        </Refusal>
      ) : (
        <section className="card mt-3" aria-label={m.decision_title()}>
          <Chip tone={view.outcome === 'granted' ? 'done' : 'soon'}>
            {view.outcome === 'granted' ? m.outcome_granted() : m.outcome_review()}
          </Chip>
          <ul className="mt-2 space-y-2">
            {view.reasons.map((reason) => (
              <li key={reason.rule}>{reason.message}</li>
            ))}
          </ul>
        </section>
      )}
      {view.id && view.outcome !== 'refused' && (
        <Link className="link" to={`/m/help?decision=${view.id}`}>
          {m.help_title()}
        </Link>
      )}
      {view.appeal && <AppealState appeal={view.appeal} />}
      {view.id && <AppealSheet id={view.id} open={appealing} onClose={() => setAppealing(false)} />}
    </>
  );
}

function AppealState({ appeal }: { appeal: NonNullable<DecisionView['appeal']> }) {
  const words = {
    open: m.appeal_open(),
    upheld: m.appeal_upheld(),
    overturned: m.appeal_overturned(),
    partly: m.appeal_partly(),
    settled: m.appeal_settled(),
    withdrawn: m.appeal_withdrawn(),
  };
  return (
    <section className="card mt-3" aria-label={m.appeal_title()}>
      <h2 className="flex flex-wrap items-center justify-between gap-2 font-semibold">
        {m.appeal_title()}
        <Chip tone={appeal.state === 'open' ? 'soon' : appeal.state === 'overturned' ? 'done' : 'quiet'}>
          {words[appeal.state]}
        </Chip>
      </h2>
      {appeal.state === 'open' && appeal.due && <p className="mt-1">{m.appeal_due({ by: by(appeal.due) })}</p>}
      <p className="mt-1 text-ink-2">{m.appeal_yours({ text: appeal.text })}</p>
      {appeal.answer && <p className="mt-2">{appeal.answer}</p>}
      <Link className="link" to={`/m/complaints/${appeal.id}`}>
        {m.complaint_see()}
      </Link>
    </section>
  );
}

function AppealSheet({ id, open, onClose }: { id: string; open: boolean; onClose: () => void }) {
  const [text, setText] = useState('');
  const file = useAction(
    (body: { text: string }, key) => post<DecisionView>(`/api/decisions/${id}/appeal`, body, key),
    {
      refresh: [keys.decision(id), keys.complaints],
      onDone: onClose,
    },
  );
  return (
    <Sheet
      open={open}
      title={m.appeal_title()}
      onClose={onClose}
      actions={
        <button
          type="button"
          className="btn btn-primary"
          disabled={file.running || text.trim().length < 2}
          onClick={() => file.start({ text: text.trim() })}
        >
          {m.appeal_send()}
        </button>
      }
    >
      <p className="text-ink-2">{m.appeal_text()}</p>
      <Field label={m.appeal_why()}>
        {(control) => (
          <textarea
            {...control}
            rows={5}
            maxLength={2000}
            className="input"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <ActionFault error={file.error} />
    </Sheet>
  );
}
