import { phasesOf, progressOf, useAid, whenOf } from '../../../shared/aid.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { AidView, CaseView } from '../../../shared/types.ts';
import { colon, day, listed } from '../../../shared/words.ts';

/** Charity aid: what to do next, when and where, and who paid which box. */
export function Aid({ view }: { view: CaseView }) {
  const aid = useAid(view, 'member').data;
  if (!aid?.programme) return null;
  const { programme, next } = aid;
  return (
    <section className="card mt-3" aria-label={m.aid_title()}>
      <h2 className="font-semibold">
        {programme.name} {programme.sample && <span className="text-sm font-normal text-ink-2">{m.sample()}</span>}
      </h2>
      <p className="text-sm text-ink-2">
        {programme.charity} · {aid.drug}
      </p>
      {next && <Next next={next} papers={programme.papers} />}
      <p className="mt-2">{progressOf(aid)}</p>
      <p className="text-sm text-ink-2">{phasesOf(programme)}</p>
      {aid.boxes.length > 0 && (
        <details className="mt-2">
          <summary className="min-h-11 content-center">{m.aid_boxes()}</summary>
          <ol className="divide-y divide-line">
            {aid.boxes.map((box) => (
              <li key={box.number} className="flex flex-wrap justify-between gap-x-3 py-2">
                <span>
                  {m.aid_box({ number: String(box.number), round: String(box.round) })} {box.label}
                </span>
                <span className="text-ink-2">{day(box.on)}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Next({ next, papers }: { next: NonNullable<AidView['next']>; papers: string[] }) {
  const [first, ...others] = next.pharmacies;
  const when = whenOf(next);
  return (
    <div className="mt-2 rounded-xl bg-brand-tint px-3 py-2">
      <p className="font-semibold">
        {next.label}
        {next.units > 0 && ` · ${m.aid_packs({ count: String(next.units) })}`}
      </p>
      {when && <p>{when}</p>}
      {first && <Pharmacy pharmacy={first} />}
      {others.length > 0 && (
        <details>
          <summary className="min-h-11 content-center">
            {m.aid_other_pharmacies({ count: String(others.length) })}
          </summary>
          {others.map((one) => (
            <Pharmacy key={`${one.city} ${one.name}`} pharmacy={one} />
          ))}
        </details>
      )}
      {next.kind === 'collect' && (
        <p className="mt-1 text-sm">
          {m.aid_bring()}
          {colon()}
          {listed(papers)}
        </p>
      )}
      {next.kind === 'collect' && <p className="mt-1 text-sm text-ink-2">{m.aid_cannot()}</p>}
    </div>
  );
}

function Pharmacy({ pharmacy }: { pharmacy: NonNullable<AidView['next']>['pharmacies'][number] }) {
  return (
    <p className="mt-1">
      {pharmacy.name}
      <span className="block text-sm text-ink-2">
        {[pharmacy.city, pharmacy.address, pharmacy.hours, pharmacy.phone].filter(Boolean).join(' · ')}
      </span>
    </p>
  );
}
