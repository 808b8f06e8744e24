import { TriangleAlert } from 'lucide-react';
import { m } from '../../../shared/paraglide/messages.js';
import type { EmergencyWords } from '../../../shared/types.ts';

/** Shown as soon as words of an emergency stand in the question: 120 first, a doctor on the screen afterwards. */
export function Emergency({ word, words }: { word: string; words: EmergencyWords }) {
  return (
    <section role="alert" className="mt-3 rounded-card border border-late bg-late-tint p-4">
      <h3 className="flex items-start gap-2 font-semibold text-late">
        <TriangleAlert aria-hidden className="mt-1 size-5 flex-none" />
        {m.video_emergency_title({ word })}
      </h3>
      <p className="mt-1">{words.advice}</p>
      <a className="btn btn-costly mt-3 w-full" href={`tel:${words.telephone}`}>
        {m.call({ number: words.telephone })}
      </a>
    </section>
  );
}
