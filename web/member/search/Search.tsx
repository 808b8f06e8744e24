import { Search as Glass } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { m } from '../../shared/paraglide/messages.js';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

const SearchResults = lazy(() => import('./SearchResults.tsx'));
/** So long nobody types before the question is asked (milliseconds). */
const PAUSE = 300;
const MOST_TYPED = 50;

/** One field over everything the reader may see; what it finds takes the place of the page below while she searches. */
export function Search({ focused = false, children }: { focused?: boolean; children?: ReactNode }) {
  const [typed, setTyped] = useState('');
  // While Chinese is being composed the field holds letters that nobody means.
  const [composing, setComposing] = useState(false);
  const [asked, setAsked] = useState('');
  useEffect(() => {
    if (composing) return;
    const timer = setTimeout(() => setAsked(typed.trim()), typed.trim() === '' ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [typed, composing]);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: the element is unknown to the older browsers inside apps. */}
      <form
        role="search"
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <Glass aria-hidden className="pointer-events-none absolute left-3 top-1/2 size-5 -translate-y-1/2 text-ink-2" />
        <input
          type="search"
          aria-label={m.search_all()}
          placeholder={m.search_field_hint()}
          className="input pl-10"
          autoComplete="off"
          enterKeyHint="search"
          maxLength={MOST_TYPED}
          // biome-ignore lint/a11y/noAutofocus: the search page is opened to type.
          autoFocus={focused}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
        />
      </form>
      {asked === '' ? (
        children
      ) : (
        <Suspense fallback={<CardsSkeleton count={3} />}>
          <SearchResults q={asked} />
        </Suspense>
      )}
    </>
  );
}
