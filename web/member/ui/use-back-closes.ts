import { useEffect, useRef } from 'react';

/**
 * While `open`, the telephone's back key closes what is open instead of leaving the page: one more entry of the history
 * stands for it, and goes when it is closed any other way.
 */
export function useBackCloses(open: boolean, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (!open) return;
    let pushed = false;
    let popped = false;
    // Later, so that an effect that is taken back at once (as React does in development) leaves no entry behind.
    const timer = setTimeout(() => {
      window.history.pushState({ ...window.history.state, sheet: true }, '');
      pushed = true;
    }, 0);
    const back = () => {
      if (!pushed) return;
      popped = true;
      close.current();
    };
    window.addEventListener('popstate', back);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('popstate', back);
      // A link out of the sheet has put its own entry on top by now, and that one stays.
      const onTop = (window.history.state as { sheet?: boolean } | null)?.sheet === true;
      if (pushed && !popped && onTop) window.history.back();
    };
  }, [open]);
}
