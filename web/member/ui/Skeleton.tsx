import { m } from '../../shared/paraglide/messages.js';

/** Grey shapes of the layout that is coming; told once to those who hear the page. */
export function CardsSkeleton({ count = 3 }: { count?: number }) {
  return (
    <div role="status" aria-label={m.loading()}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are all alike.
        <div key={index} aria-hidden className="card mt-3">
          <div className="flex justify-between">
            <div className="bone h-6 w-2/5" />
            <div className="bone h-6 w-12" />
          </div>
          <div className="bone mt-3 h-4 w-4/5" />
          <div className="bone mt-2 h-4 w-3/5" />
          <div className="mt-4 flex justify-between">
            <div className="bone h-5 w-20" />
            <div className="bone h-11 w-24" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** A case page before its data: turn panel, clocks, list. */
export function CaseSkeleton() {
  return (
    <div role="status" aria-label={m.loading()}>
      <div aria-hidden className="mt-3 rounded-card bg-brand-tint p-4">
        <div className="bone h-5 w-1/3" />
        <div className="bone mt-2 h-4 w-5/6" />
      </div>
      <div aria-hidden className="card mt-3 space-y-4">
        {[0, 1, 2].map((row) => (
          <div key={row} className="border-l-3 border-line pl-3">
            <div className="bone h-5 w-3/5" />
            <div className="bone mt-2 h-3 w-2/5" />
          </div>
        ))}
      </div>
    </div>
  );
}

export function ScreenSkeleton() {
  return (
    <div className="mx-auto max-w-xl px-4">
      <div aria-hidden className="flex min-h-14 items-center">
        <div className="bone h-7 w-2/5" />
      </div>
      <CardsSkeleton />
    </div>
  );
}
