import { m } from '../../../shared/paraglide/messages.js';
import { Clauses } from '../../ui/Clause.tsx';

/** What is to be known, in full, in one piece. */
export function Read({ texts }: { texts: { text: string; printed: string }[] }) {
  return (
    <section className="card mt-3" aria-label={m.notices_title()}>
      <h2 className="font-semibold">{m.notices_title()}</h2>
      <ul className="mt-1 list-disc space-y-1 pl-5">
        {texts.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <Clauses items={texts.map(({ printed }) => ({ printed, text: undefined }))} />
    </section>
  );
}
