import { useEffect } from 'react';
import { m } from '../messages.ts';

/** Names the page in the browser's tab; a case by its number and never by a person. */
export function useTitle(words: string | undefined): void {
  useEffect(() => {
    if (words === undefined) return;
    document.title = `${words} · ${m.console_title()}`;
    return () => {
      document.title = m.console_title();
    };
  }, [words]);
}
