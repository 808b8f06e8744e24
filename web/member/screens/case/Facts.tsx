import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView } from '../../../shared/types.ts';
import { wordsOfUse } from './Outcome.tsx';

/** What was said in the request and what was verified, folded, and what became of the use. */
export function Facts({ view, open = false }: { view: CaseView; open?: boolean }) {
  return (
    <details className="card mt-3" open={open}>
      <summary className="min-h-11 content-center">
        <h2 className="inline font-semibold">{m.facts_title()}</h2>
      </summary>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        <dt className="text-ink-2">{m.plan()}</dt>
        <dd>{m.plan_edition({ plan: view.planName, edition: view.edition })}</dd>
        <dt className="text-ink-2">{m.policy_no()}</dt>
        <dd>{view.policyNo}</dd>
        <dt className="text-ink-2">{m.use_title()}</dt>
        <dd>{wordsOfUse(view.use)}</dd>
      </dl>
      {view.facts.map((group) => (
        <section key={group.group} aria-label={group.group}>
          <h3 className="mt-3 text-sm font-semibold text-ink-2">{group.group}</h3>
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            {group.items.map((item) => (
              <div key={item.label} className="contents">
                <dt className="text-ink-2">{item.label}</dt>
                <dd>
                  {item.value}
                  {item.source && <span className="block text-sm text-ink-3">{item.source}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </details>
  );
}
