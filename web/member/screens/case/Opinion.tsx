import { useQueryClient } from '@tanstack/react-query';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView } from '../../../shared/types.ts';
import { moment } from '../../../shared/words.ts';

/** The expert's opinion: the signed file first, its text to unfold, then what was explained, asked and answered. */
export function Opinion({ opinion, caseId }: { opinion: CaseView['opinion']; caseId: string }) {
  const client = useQueryClient();
  if (!opinion) return null;
  // Opening the file is what tells the case that she has it.
  const opened = () => setTimeout(() => void client.invalidateQueries({ queryKey: keys.case(caseId) }), 1500);
  return (
    <section className="card mt-3" aria-label={m.opinion_title()}>
      <h2 className="font-semibold">{m.opinion_title()}</h2>
      <p className="text-sm text-ink-2">{m.opinion_signed({ name: opinion.by, at: moment(opinion.at) })}</p>
      {opinion.reportUrl && (
        <a
          className="btn btn-primary mt-2 w-full"
          href={opinion.reportUrl}
          target="_blank"
          rel="noreferrer"
          onClick={opened}
        >
          {m.opinion_open()}
        </a>
      )}
      {opinion.intact !== null && (
        <p className={opinion.intact ? 'text-sm text-ink-2' : 'text-sm font-medium text-late'}>
          {opinion.intact ? m.opinion_intact() : m.opinion_altered()}
        </p>
      )}
      <details className="mt-2">
        <summary className="min-h-11 content-center">{m.opinion_read()}</summary>
        {opinion.sections.map(({ title, text }) => (
          <div key={title}>
            <h3 className="mt-2 text-sm font-semibold text-ink-2">{title}</h3>
            <p className="whitespace-pre-line">{text}</p>
          </div>
        ))}
        {opinion.sha256 && (
          <p className="mt-2 break-all text-sm text-ink-2">{m.opinion_hash({ hash: opinion.sha256 })}</p>
        )}
      </details>
      <Words title={m.opinion_explained()} text={opinion.explained} />
      <Words title={m.opinion_asked()} text={opinion.asked} />
      <Words title={m.opinion_answered()} text={opinion.answered} />
    </section>
  );
}

function Words({ title, text }: { title: string; text: string | null }) {
  if (!text) return null;
  return (
    <>
      <h3 className="mt-2 text-sm font-semibold text-ink-2">{title}</h3>
      <p className="whitespace-pre-line">{text}</p>
    </>
  );
}
