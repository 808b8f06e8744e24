import { foldTimeline } from '../../shared/fold-timeline.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { TimelineEntry } from '../../shared/types.ts';
import { by, colon, moment } from '../../shared/words.ts';

/** What happened, as facts with time and actor, and what is promised to come, in a lighter tone. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <ol className="mt-1">
      {foldTimeline(entries).map(([entry, ...more]) => (
        <li
          key={entry.id}
          className="relative py-1.5 pl-6 before:absolute before:left-1 before:top-4 before:size-2.5 before:rounded-full after:absolute after:bottom-[-0.8rem] after:left-[0.56rem] after:top-7 after:w-0.5 after:bg-line last:after:hidden data-[future=false]:before:bg-brand data-[future=true]:text-ink-3 data-[future=true]:before:border-2 data-[future=true]:before:border-ink-3 data-[future=true]:before:bg-card"
          data-future={entry.future}
        >
          {entry.future && <span className="sr-only">{m.to_come() + colon()}</span>}
          {more.length > 0 ? m.label_times({ label: entry.label, n: more.length + 1 }) : entry.label}
          <span className="block text-sm text-ink-3">
            {entry.future ? entry.by && by(entry.by) : `${moment(entry.at)} · ${entry.actor}`}
          </span>
          {more.length > 0 ? (
            <ul className="text-sm text-ink-2">
              {[entry, ...more].map(({ id, facts }) => (
                <li key={id}>{facts.map(({ value }) => value).join(' · ')}</li>
              ))}
            </ul>
          ) : entry.facts.length > 0 ? (
            <dl className="text-sm text-ink-2">
              {entry.facts.map((fact) => (
                <div key={fact.label} className="flex flex-wrap gap-x-2">
                  <dt>{fact.label + colon()}</dt>
                  <dd>{fact.value}</dd>
                </div>
              ))}
            </dl>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
