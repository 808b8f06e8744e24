import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView } from '../../../shared/types.ts';
import { wordsOfUse } from './Outcome.tsx';

/** What was said in the request and what was verified, folded, and what became of the use. */
export function Facts({ view }: { view: CaseView }) {
  return (
    <details className="card mt-3">
      <summary className="min-h-11 content-center">
        <h2 className="inline font-semibold">{m.facts_title()}</h2>
      </summary>
      <dl className="mt-2 grid grid-cols-[fit-content(40%)_1fr] gap-x-3 gap-y-1">
        <dt className="text-ink-2">{m.plan()}</dt>
        <dd>{m.plan_edition({ plan: view.planName, edition: view.edition })}</dd>
        <dt className="text-ink-2">{m.policy_no()}</dt>
        <dd>{view.policyNo}</dd>
        <dt className="text-ink-2">{m.use_title()}</dt>
        <dd>{wordsOfUse(view.use)}</dd>
      </dl>
      {view.facts
        .filter(({ first }) => !first)
        .map((group) => (
          <section key={group.group} aria-label={group.group}>
            <h3 className="mt-3 text-sm font-semibold text-ink-2">{group.group}</h3>
            <Pairs group={group} />
          </section>
        ))}
    </details>
  );
}

/** What the case is about now, each a card of its own before everything else. */
export function FirstFacts({ view }: { view: CaseView }) {
  return view.facts.flatMap((group) =>
    group.first
      ? [
          <section key={group.group} className="card mt-3" aria-label={group.group}>
            <h2 className="font-semibold">{group.group}</h2>
            <Pairs group={group} />
          </section>,
        ]
      : [],
  );
}

/** Numbers that can be called, as staff write them. */
const TELEPHONE = /^(1\d{10}|0\d{2,3}-?\d{7,8}|\d{3}-\d{3}-\d{4})$/;

function Pairs({ group }: { group: CaseView['facts'][number] }) {
  return (
    <dl className="grid grid-cols-[fit-content(45%)_1fr] gap-x-3 gap-y-1">
      {group.items.map((item) => (
        <div key={`${item.label} ${item.value}`} className="contents">
          <dt className="text-ink-2">{item.label}</dt>
          <dd className="break-words">
            {TELEPHONE.test(item.value) ? (
              <a className="link underline underline-offset-4" href={`tel:${item.value.replaceAll('-', '')}`}>
                {item.value}
              </a>
            ) : (
              item.value
            )}
            {item.source && <span className="block text-sm text-ink-3">{item.source}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
