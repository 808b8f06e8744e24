import { Link } from 'react-router';
import type { CaseView } from '../../../shared/types.ts';

/** Cases that a changed drug links, each way, with what still stands in the one before. */
export function Linked({ linked }: { linked: CaseView['linked'] }) {
  return linked.map((one) => (
    <section key={one.id} className="card mt-3" aria-label={one.label}>
      <h2 className="font-semibold">{one.label}</h2>
      <Link className="link flex min-h-11 items-center" to={`/m/cases/${one.id}`}>
        {[one.what, one.number].filter(Boolean).join(' · ')}
      </Link>
      <p className="text-sm text-ink-2">{one.stateLabel}</p>
      {one.stands && <p className="mt-2">{one.stands}</p>}
    </section>
  ));
}
