import type { CaseView, PaperNeed, Role, SatisfactionView } from '../../shared/types.ts';
import { useSession } from '../data/queries.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { AttachPaper } from '../papers/AttachPaper.tsx';
import { PaperRow } from '../papers/PaperRow.tsx';
import { Aid } from './Aid.tsx';
import { CoursePanel } from './CoursePanel.tsx';
import { InformedConsent } from './InformedConsent.tsx';
import { Linked } from './Linked.tsx';
import { Money } from './Money.tsx';
import { Opinion } from './Opinion.tsx';

/** Who may put a paper to a case; the server holds the same list. */
const HANDS_IN: readonly Role[] = ['service-desk', 'case-manager', 'provider', 'aid-assistant', 'car-t-specialist'];

/** Who is shown the papers that a consent covers, and no checklist. */
const OUTSIDE: readonly Role[] = ['provider', 'laboratory', 'expert', 'hospital-staff'];

type FactsColumnProps = { view: CaseView; paperId: string | null; onPaper: (paperId: string) => void };

/** What is known, and the papers that say so. */
export function FactsColumn({ view, paperId, onPaper }: FactsColumnProps) {
  const role = useSession().data?.account.role;
  const missing = view.papers.filter((need) => need.required && need.missing).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the column scrolls by itself and must be reachable by keyboard
    <section className="col" aria-label={m.console_case_facts()} tabIndex={0}>
      <h2>{m.console_case_facts()}</h2>
      {view.decision ? <Decision view={view} /> : null}
      {view.facts.map((group) => (
        <div key={group.group} className="fact-group">
          <h3>{group.group}</h3>
          <dl className="pairs">
            {group.items.map((item) => (
              <div key={`${item.label} ${item.value}`} style={{ display: 'contents' }}>
                <dt>{item.label}</dt>
                <dd>
                  {item.value}
                  {item.source ? <small>{item.source}</small> : null}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      <InformedConsent view={view} />
      <Linked view={view} />
      <Money view={view} />
      <Aid view={view} />
      {view.carePath ? (
        <Facts
          title={m.console_care_path()}
          rows={[
            [m.console_care_hospital(), `${view.carePath.hospital} · ${view.carePath.department}`],
            [m.console_care_expert(), view.carePath.expert],
            [m.console_care_why(), view.carePath.why],
            [m.console_care_examinations(), view.carePath.examinations],
          ]}
        />
      ) : null}
      {view.offer ? <Offer offer={view.offer} /> : null}
      {view.summary ? (
        <Facts
          title={m.console_summary()}
          rows={[
            [m.console_summary_said(), view.summary.said],
            [m.console_summary_next(), view.summary.nextSteps],
          ]}
        />
      ) : null}
      {view.satisfaction?.stars ? <Said said={view.satisfaction} stars={view.satisfaction.stars} /> : null}
      <Opinion view={view} />
      <CoursePanel view={view} />
      <h2>
        {m.console_papers()}{' '}
        {missing > 0 ? (
          <span className="pill pill-soon">{m.console_papers_missing({ n: String(missing) })}</span>
        ) : null}
      </h2>
      {view.papers.length === 0 ? (
        <p className="meta">
          {role && OUTSIDE.includes(role) ? m.console_papers_none_shared() : m.console_papers_none()}
        </p>
      ) : null}
      {view.papers.map((need) => (
        <Need key={need.kind} need={need} paperId={paperId} onPaper={onPaper} />
      ))}
      {view.final || view.papers.length === 0 || !role || !HANDS_IN.includes(role) ? null : (
        <AttachPaper caseId={view.id} kinds={view.papers.map(({ kind, kindName }) => ({ kind, name: kindName }))} />
      )}
    </section>
  );
}

function Said({ said, stars }: { said: SatisfactionView; stars: number }) {
  const reasons = said.choices.filter(({ code }) => said.reasons.includes(code)).map(({ label }) => label);
  return (
    <Facts
      title={m.console_satisfaction()}
      rows={[
        [m.console_satisfaction_stars(), String(stars)],
        [m.console_quality_reasons(), reasons.join(m.console_and())],
        [m.console_satisfaction_words(), said.words ?? ''],
      ]}
    />
  );
}

function Decision({ view }: { view: CaseView }) {
  const decision = view.decision!;
  const words = {
    granted: m.console_outcome_granted,
    review: m.console_outcome_review,
    refused: m.console_outcome_refused,
  };
  return (
    <div className="fact-group">
      <h3>{m.console_decision()}</h3>
      <p>{words[decision.outcome]()}</p>
      {decision.reasons.map((reason) => (
        <p key={reason.rule}>
          {reason.message} <small className="meta">{reason.printed ?? reason.clause}</small>
        </p>
      ))}
    </div>
  );
}

export function Facts({ title, rows }: { title: string; rows: [string, string][] }) {
  return (
    <div className="fact-group">
      <h3>{title}</h3>
      <dl className="pairs">
        {rows
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd style={{ whiteSpace: 'pre-line' }}>{value}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}

function Offer({ offer }: { offer: NonNullable<CaseView['offer']> }) {
  const escort = offer.escort;
  return (
    <Facts
      title={offer.confirmed ? m.console_offer_booked() : m.console_offer()}
      rows={[
        [m.console_offer_visit(), momentWords(offer.visitAt)],
        [m.console_care_hospital(), `${offer.hospital} · ${offer.department}`],
        [m.console_care_expert(), [offer.expert, offer.rank].filter(Boolean).join(' · ')],
        [m.console_offer_answer(), offer.answerBy && !offer.confirmed ? momentWords(offer.answerBy) : ''],
        ...offer.more.map(({ label, value }): [string, string] => [label, value]),
        [
          m.console_offer_escort(),
          escort ? `${escort.name} · ${escort.phone}\n${escort.meetingPlace} · ${escort.hours}` : '',
        ],
      ]}
    />
  );
}

type NeedProps = { need: PaperNeed; paperId: string | null; onPaper: (paperId: string) => void };

function Need({ need, paperId, onPaper }: NeedProps) {
  return (
    <div className={`need ${need.missing ? 'need-missing' : ''}`}>
      <div className="row-between">
        <h3>{need.kindName}</h3>
        {need.missing ? (
          <span className={need.required ? 'pill pill-soon' : 'pill'}>
            {need.required ? m.console_paper_missing() : m.console_paper_optional()}
          </span>
        ) : null}
      </div>
      {need.papers.length === 0 ? (
        <p className="meta">
          {need.why} <small>{need.printed}</small>
        </p>
      ) : null}
      {need.papers.map((paper) => (
        <PaperRow key={paper.id} paper={paper} open={paper.id === paperId} onOpen={() => onPaper(paper.id)} />
      ))}
    </div>
  );
}
