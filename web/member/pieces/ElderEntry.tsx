import { ZoomIn } from 'lucide-react';
import { useState } from 'react';
import { keepElder, readElder } from '../../shared/modes.ts';
import { m } from '../../shared/paraglide/messages.js';

/** The way into 长辈版 and back, one tap each, in words, where everybody comes by. Its sizes are in the settings. */
export function ElderEntry() {
  const [elder, setElder] = useState(readElder);
  const turn = () => {
    const next = elder ? '' : 'standard';
    keepElder(next);
    setElder(next);
  };
  return (
    <button type="button" className="btn btn-ghost mb-2 w-full" onClick={turn}>
      <ZoomIn aria-hidden className="size-5 flex-none" />
      {elder ? (
        m.elder_off()
      ) : (
        <span>
          {m.text_large()} <span className="font-normal">{m.elder_what()}</span>
        </span>
      )}
    </button>
  );
}
