import type { ReactNode } from 'react';

type NoticeProps = {
  tone: 'plain' | 'late' | 'soon';
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  heading?: boolean;
};

/** A state in words: what it is, what it means, and the one thing to do. `heading` where it is all there is on the page. */
export function Notice({ tone, title, hint, action, heading }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'late' ? 'alert' : undefined}>
      {heading ? <h1 className="notice-title">{title}</h1> : <p className="notice-title">{title}</p>}
      {hint ? <div className="notice-hint">{hint}</div> : null}
      {action}
    </div>
  );
}
