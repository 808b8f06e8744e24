import type { CaseView } from '../../shared/types.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Facts } from './FactsColumn.tsx';

/** The expert's opinion, its signed file, and what was said of it since; before it, who still waits for consent. */
export function Opinion({ view }: { view: CaseView }) {
  const { opinion } = view;
  if (view.consentAsked === 'expert') return <p className="meta">{m.console_expert_consent()}</p>;
  if (view.consentAsked === 'provider' || view.consentAsked === 'pharmacy')
    return <p className="meta">{m.console_consent_waits()}</p>;
  if (!opinion) return null;
  return (
    <>
      <Facts
        title={m.console_opinion()}
        rows={[
          ...opinion.sections.map(({ title, text }): [string, string] => [title, text]),
          [m.console_opinion_explained(), opinion.explained ?? ''],
          [m.console_opinion_asked(), opinion.asked ?? ''],
          [m.console_opinion_answered(), opinion.answered ?? ''],
        ]}
      />
      {opinion.reportUrl ? (
        <p>
          <a href={opinion.reportUrl}>{m.console_opinion_file()}</a>{' '}
          <small className="meta">
            {m.console_opinion_signed({
              name: opinion.by,
              at: momentWords(opinion.at),
              hash: (opinion.sha256 ?? '').slice(0, 16),
            })}{' '}
            {opinion.intact ? m.console_opinion_intact() : m.console_opinion_altered()}
          </small>
        </p>
      ) : null}
    </>
  );
}
