import { m } from '../../shared/paraglide/messages.js';

/** The first stop of the Tab key: past what stands on every screen. */
export function SkipLink() {
  return (
    <button
      type="button"
      className="btn btn-primary not-focus:sr-only absolute z-40"
      onClick={() => document.querySelector<HTMLElement>('#main h1')?.focus()}
    >
      {m.skip()}
    </button>
  );
}
