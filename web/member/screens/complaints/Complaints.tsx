import { Link } from 'react-router';
import { m } from '../../../shared/paraglide/messages.js';
import type { ComplaintSummary } from '../../../shared/types.ts';
import { moment } from '../../../shared/words.ts';
import { useComplaints } from '../../data/queries.ts';
import { useSession } from '../../data/session.ts';
import { clockLine } from '../../pieces/Clock.tsx';
import { Chip, type Tone } from '../../ui/Chip.tsx';
import { Empty, Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { CardsSkeleton } from '../../ui/Skeleton.tsx';

export const toneOf = ({ state, open }: Pick<ComplaintSummary, 'state' | 'open'>): Tone =>
  state === 'asked' ? 'soon' : open ? 'brand' : state === 'answered' ? 'done' : 'quiet';

/** What the reader complained of, and what others did for her. */
export default function Complaints() {
  const complaints = useComplaints();
  const session = useSession();
  return (
    <Page
      title={m.complaints_title()}
      up="/m/help"
      actions={
        <Link className="btn btn-primary" to="/m/help">
          {m.help_title()}
        </Link>
      }
    >
      <Loaded query={complaints} skeleton={<CardsSkeleton count={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={m.complaints_none_title()} text={m.complaints_none_text()} />
          ) : (
            items.map((one) => (
              <Link key={one.id} to={`/m/complaints/${one.id}`} className="card mt-3 block">
                <h2 className="flex flex-wrap items-center justify-between gap-x-2 font-semibold">
                  {one.serviceName ?? one.kindLabel}
                  <Chip tone={toneOf(one)}>{one.stateLabel}</Chip>
                </h2>
                {one.serviceName && <p>{one.kindLabel}</p>}
                {one.person !== session.account.name && <p>{m.complaint_person({ name: one.person })}</p>}
                <p className="text-sm text-ink-2">
                  {one.number} · {m.complaint_filed({ at: moment(one.filedAt) })}
                </p>
                {one.open && <p className="text-sm">{clockLine(one.clock)}</p>}
              </Link>
            ))
          )
        }
      </Loaded>
    </Page>
  );
}
