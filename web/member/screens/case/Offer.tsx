import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView } from '../../../shared/types.ts';
import { by, moment } from '../../../shared/words.ts';
import { Chip } from '../../ui/Chip.tsx';
import { HoldLeft } from './HoldLeft.tsx';

/** The slot that is held or booked: when, where, with whom, and who comes along. */
export function Offer({ view }: { view: CaseView }) {
  const { offer } = view;
  // A visit that will not take place any more is no appointment: only the history still tells of it.
  if (!offer || (view.final && view.summary === null)) return null;
  return (
    <section className="card mt-3" aria-label={m.offer_title()}>
      <h2 className="flex flex-wrap items-center justify-between gap-x-2 text-lg font-semibold">
        {moment(offer.visitAt)}
        {!view.final && (
          <Chip tone={offer.confirmed ? 'done' : 'soon'}>
            {offer.confirmed ? m.offer_confirmed() : m.offer_waits()}
          </Chip>
        )}
      </h2>
      <p className="mt-1">{offer.hospital}</p>
      <p className="text-ink-2">
        {[offer.department, [offer.expert, offer.rank].filter(Boolean).join('，')].filter(Boolean).join(' · ')}
      </p>
      {!offer.confirmed && offer.answerBy && (
        <>
          <p className="mt-1 font-semibold text-soon">{m.answer_by({ by: by(offer.answerBy) })}</p>
          {view.state === 'held' && <HoldLeft until={offer.answerBy} />}
        </>
      )}
      {view.turn.appointment && (
        <a className="btn btn-ghost mt-3 w-full" href={`/api/cases/${view.id}/calendar.ics`} download>
          {m.add_to_calendar()}
        </a>
      )}
      {offer.more.length > 0 && (
        <dl className="mt-3 border-t border-line pt-3">
          {offer.more.map(({ label, value }) => (
            <div key={label} className="mb-2">
              <dt className="text-ink-2">{label}</dt>
              <dd className="whitespace-pre-line">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {offer.escort && (
        <dl className="mt-3 grid grid-cols-[fit-content(40%)_1fr] items-baseline gap-x-3 border-t border-line pt-3">
          <dt className="text-ink-2">{m.escort()}</dt>
          <dd>{offer.escort.name}</dd>
          <dt className="text-ink-2">{m.escort_phone()}</dt>
          <dd>
            <a className="link underline underline-offset-4" href={`tel:${offer.escort.phone.replace(/[^\d+]/g, '')}`}>
              {offer.escort.phone}
            </a>
          </dd>
          <dt className="text-ink-2">{m.meeting_place()}</dt>
          <dd>{offer.escort.meetingPlace}</dd>
          <dt className="text-ink-2">{m.escort_hours()}</dt>
          <dd>{offer.escort.hours}</dd>
        </dl>
      )}
    </section>
  );
}
