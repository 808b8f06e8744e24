import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { isRefusal, problemText } from '../data/problems.ts';
import { m } from '../messages.ts';
import { Notice } from './Notice.tsx';

/** The part of a query (plain or paged) that a screen needs. */
type Reading<T> = { isPending: boolean; isError: boolean; error: unknown; data: T | undefined; refetch: () => unknown };

type ScreenProps<T> = {
  query: Reading<T>;
  /** A skeleton in the layout of what is coming. */
  waiting?: ReactNode;
  /** When the answer counts as empty, and what to say then. */
  empty?: { when: (data: T) => boolean; title: string; hint?: string };
  children: (data: T) => ReactNode;
};

/** Waiting, refused, failed and empty, drawn once for every screen; the child draws only what there is. */
export function Screen<T>({ query, waiting, empty, children }: ScreenProps<T>) {
  if (query.isPending)
    return (
      <div role="status" aria-label={m.console_loading()} style={{ display: 'contents' }}>
        <div aria-hidden style={{ display: 'contents' }}>
          {waiting ?? <Skeleton active paragraph={{ rows: 6 }} />}
        </div>
      </div>
    );
  if (query.isError && query.data === undefined) {
    const refused = isRefusal(query.error);
    return (
      <Notice
        tone={refused ? 'plain' : 'late'}
        title={refused ? m.console_refused_title() : m.console_failed_title()}
        hint={problemText(query.error)}
        action={refused ? undefined : <Button onClick={() => void query.refetch()}>{m.console_retry()}</Button>}
      />
    );
  }
  const data = query.data as T;
  if (empty?.when(data)) return <Notice tone="plain" title={empty.title} hint={empty.hint} />;
  return children(data);
}
