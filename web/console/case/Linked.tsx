import { Link } from 'react-router';
import type { CaseView } from '../../shared/types.ts';
import { urls } from '../urls.ts';

/** Cases that a changed drug links, each way, with what still stands in the one before. */
export function Linked({ view }: { view: CaseView }) {
  return view.linked.map((one) => (
    <div key={one.id} className="fact-group">
      <h3>{one.label}</h3>
      <p>
        <Link to={urls.case(one.id)}>{[one.number, one.what].filter(Boolean).join(' · ')}</Link> · {one.stateLabel}
      </p>
      {one.stands ? <p className="meta">{one.stands}</p> : null}
    </div>
  ));
}
