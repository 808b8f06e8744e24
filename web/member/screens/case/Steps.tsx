import { Check, Circle, CircleDot } from 'lucide-react';
import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView } from '../../../shared/types.ts';

const ICONS = { done: Check, now: CircleDot, next: Circle };

/** The straight path from request to end, and where the case stands on it. */
export function Steps({ steps }: { steps: CaseView['steps'] }) {
  if (steps.length === 0) return null;
  const words = { done: m.step_done(), now: m.step_now(), next: m.step_next() };
  return (
    <section className="card mt-3" aria-label={m.steps_title()}>
      <ol className="flex flex-wrap gap-x-4 gap-y-1">
        {steps.map((step) => {
          const Icon = ICONS[step.state];
          return (
            <li
              key={step.code}
              aria-current={step.state === 'now' ? 'step' : undefined}
              className={`flex items-center gap-1 text-sm ${step.state === 'now' ? 'font-semibold text-brand-text' : 'text-ink-2'}`}
            >
              <Icon aria-hidden className="size-4 flex-none" />
              {step.label}
              <span className="sr-only">（{words[step.state]}）</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
