import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../shared/api.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView, SatisfactionView } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { ActionFault } from '../../ui/Loaded.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { STARS, starWords } from './Satisfaction.tsx';

interface SatisfactionSheetProps {
  view: CaseView;
  said: SatisfactionView;
  /** What was tapped; 0: nothing yet. */
  stars: number;
  onClose: () => void;
}

/** Stars, what it was about, and her own words; only the first is asked for. */
export default function SatisfactionSheet({ view, said, stars: first, onClose }: SatisfactionSheetProps) {
  const client = useQueryClient();
  const [stars, setStars] = useState(first);
  const [reasons, setReasons] = useState<string[]>(said.reasons);
  const [words, setWords] = useState(said.words ?? '');
  const send = useAction((body: object, key) => post<CaseView>(`/api/cases/${view.id}/satisfaction`, body, key), {
    refresh: [keys.cases],
    onDone: (next) => {
      client.setQueryData(keys.case(view.id), next);
      onClose();
    },
  });
  const toggle = (code: string) =>
    setReasons((now) => (now.includes(code) ? now.filter((one) => one !== code) : [...now, code]));
  return (
    <Sheet
      open
      title={m.satisfaction_title()}
      onClose={onClose}
      actions={
        <button
          type="button"
          className="btn btn-primary"
          disabled={send.running || stars === 0}
          onClick={() => send.start({ stars, reasons, ...(words.trim() ? { words: words.trim() } : {}) })}
        >
          {send.running ? m.working() : m.satisfaction_send()}
        </button>
      }
    >
      {said.warning && <p className="mt-2 rounded-xl bg-soon-tint px-3 py-2 text-soon">{said.warning}</p>}
      <fieldset className="mt-3">
        <legend className="font-semibold">{m.satisfaction_stars()}</legend>
        <div className="mt-1 grid gap-2">
          {STARS.toReversed().map((n) => (
            <label key={n} className="option">
              <input type="radio" name="stars" checked={stars === n} onChange={() => setStars(n)} />
              <span>
                {n} {starWords(n)}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {said.choices.length > 0 && (
        <fieldset className="mt-3">
          <legend className="font-semibold">
            {stars > 0 && stars <= 2 ? m.satisfaction_why_low() : m.satisfaction_why()}
          </legend>
          <div className="mt-1 grid gap-2 sm:grid-cols-2">
            {said.choices.map(({ code, label }) => (
              <label key={code} className="option">
                <input type="checkbox" checked={reasons.includes(code)} onChange={() => toggle(code)} />
                <span>{label}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <label className="mt-3 block">
        <span className="font-semibold">{m.satisfaction_words()}</span>
        <textarea
          className="input mt-1"
          rows={3}
          maxLength={500}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <ActionFault error={send.error} />
    </Sheet>
  );
}
