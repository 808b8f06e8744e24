import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useNavigate } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import { useHeadingFocus } from './focus.ts';

interface PageProps {
  title: string;
  /** Where back leads when this page was opened directly; without it the page is one of the four main ones. */
  up?: string;
  /** What stands at the right of the title, small. */
  aside?: ReactNode;
  /** The one primary action, and at most one other; stays at the thumb. */
  actions?: ReactNode;
  /** Taken instead of going back in the history, e.g. to the step before. */
  onBack?: () => void;
  /** A large screen has room for two columns (`lg:`). */
  wide?: boolean;
  children: ReactNode;
}

/** A screen: title and back at the top, content, the action at the bottom. */
export function Page({ title, up, aside, actions, onBack, wide, children }: PageProps) {
  const navigate = useNavigate();
  const heading = useHeadingFocus();
  useEffect(() => {
    document.title = `${title} · ${m.app_name()}`;
  }, [title]);
  const width = wide ? 'max-w-xl lg:max-w-5xl' : 'max-w-xl';
  const back = () => {
    if (onBack) return onBack();
    const deep = (window.history.state as { idx?: number } | null)?.idx;
    if (deep) navigate(-1);
    else navigate(up ?? '/', { replace: true });
  };
  return (
    <main id="main" className="flex flex-1 flex-col">
      <div className={`mx-auto w-full ${width} flex-1 px-4 ${actions ? 'pb-8' : 'pb-28'}`}>
        <header className="flex min-h-14 flex-wrap items-center gap-x-2 py-2">
          {(up || onBack) && (
            <button
              type="button"
              aria-label={m.back()}
              onClick={back}
              className="-ml-3 grid size-11 place-items-center"
            >
              <ChevronLeft aria-hidden className="size-6" />
            </button>
          )}
          <h1
            ref={heading}
            tabIndex={-1}
            className="flex-[1_1_9rem] text-xl [overflow-wrap:break-word] font-semibold leading-snug"
          >
            {title}
          </h1>
          {aside}
        </header>
        {children}
      </div>
      {actions && (
        <div className="sticky bottom-0 z-10 border-t border-line bg-ground pb-[env(safe-area-inset-bottom)]">
          <div className={`mx-auto flex ${width} flex-wrap gap-3 px-4 py-3 *:min-w-fit *:flex-1`}>{actions}</div>
        </div>
      )}
    </main>
  );
}
