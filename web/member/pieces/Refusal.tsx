import { CircleSlash } from 'lucide-react';
import type { ReactNode } from 'react';
import { m } from '../../shared/paraglide/messages.js';
import type { Reason } from '../../shared/types.ts';
import { Clauses } from '../ui/Clause.tsx';
import { Hotline } from './Benefit.tsx';

interface RefusalProps {
  /** What cannot be done now. */
  title: string;
  reasons: Reason[];
  /** What the person can do: list items, besides the call that always stands here. */
  children?: ReactNode;
  hotline: string;
}

/** A refusal in four parts, in this order: what cannot be done, why, what can be done, by which clause. */
export function Refusal({ title, reasons, children, hotline }: RefusalProps) {
  return (
    <section className="card mt-3" aria-label={title}>
      <h2 className="flex items-start gap-2 text-lg font-semibold leading-snug">
        <CircleSlash aria-hidden className="mt-1 size-5 flex-none text-ink-2" />
        {title}
      </h2>
      <ul className="mt-2 space-y-2">
        {reasons.map((reason) => (
          <li key={reason.rule}>{reason.message}</li>
        ))}
      </ul>
      <h3 className="mt-4 text-sm font-semibold text-ink-2">{m.you_can()}</h3>
      <ul className="divide-y divide-line">
        {children}
        <Option text={m.ask_by_phone()}>
          <Hotline number={hotline} />
        </Option>
      </ul>
      <Clauses items={reasons.map((reason) => ({ printed: reason.printed, text: reason.clauseText }))} />
    </section>
  );
}

/** One thing that can be done instead. */
export function Option({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <li className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 py-1">
      <span>{text}</span>
      {children}
    </li>
  );
}
