import type { ReactNode } from 'react';

type NoticeProps = { tone: 'plain' | 'late' | 'soon'; title: string; hint?: ReactNode; action?: ReactNode };

/** A state of a whole screen in words: what it is, what it means, and the one thing to do. */
export function Notice({ tone, title, hint, action }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'late' ? 'alert' : undefined}>
      <p className="notice-title">{title}</p>
      {hint ? <div className="notice-hint">{hint}</div> : null}
      {action}
    </div>
  );
}
