import type { UseQueryResult } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../shared/api.ts';
import { m } from '../../shared/paraglide/messages.js';

interface LoadedProps<T> {
  query: UseQueryResult<T, Error>;
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
}

/** What was read; before it a skeleton of the same layout; without it the reason and a way on. */
export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} busy={query.isFetching} />;
  return skeleton;
}

/** A read that failed: said plainly, with a way to try again. What is not there, or not the caller's, is told as gone. */
export function Failed({ error, retry, busy }: { error: Error; retry: () => void; busy: boolean }) {
  const gone = error instanceof ApiProblem && error.status === 404;
  return (
    <div role="alert" className="card mx-auto mt-3 max-w-xl">
      <h2 className="flex items-center gap-2 text-lg font-semibold">
        <CloudOff aria-hidden className="size-5" />
        {gone ? m.gone_title() : m.failed_title()}
      </h2>
      <p className="mt-1 text-ink-2">
        {gone ? m.gone_text() : error instanceof ApiProblem && error.message ? error.message : m.failed_text()}
      </p>
      {!gone && (
        <button type="button" className="btn btn-ghost mt-3" onClick={retry} disabled={busy}>
          {m.retry()}
        </button>
      )}
    </div>
  );
}

/** The same for something the person did: told beside the button, without taking the screen away. */
export function ActionFault({ error }: { error: Error | null }) {
  if (!error) return null;
  const text = error instanceof ApiProblem ? error.message || m.failed_text() : m.action_unreachable();
  return (
    <p role="alert" className="mt-3 rounded-xl bg-late-tint px-3 py-2 text-late">
      {text}
    </p>
  );
}

/** Nothing to show, said as what it means for the reader. */
export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="card mt-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-1 text-ink-2">{text}</p>
      {children}
    </div>
  );
}
