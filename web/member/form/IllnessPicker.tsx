import { useRef, useState } from 'react';
import { m } from '../../shared/paraglide/messages.js';
import { severityOf } from '../../shared/severity.ts';
import type { RequestForm } from '../../shared/types.ts';

type Illness = NonNullable<RequestForm['illnesses']>[number];

interface IllnessPickerProps {
  illnesses: Illness[];
  chosen: string;
  onChoose: (code: string) => void;
}

/** The illnesses of the plan's table, narrowed by what is typed; once chosen only the choice stays in view. */
export function IllnessPicker({ illnesses, chosen, onChoose }: IllnessPickerProps) {
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  // The list goes with what was tapped in it: the focus goes to what stands in its place.
  const picked = useRef(false);
  const current = illnesses.find((illness) => illness.code === chosen);
  if (current && !open) {
    return (
      <div className="option justify-between border-brand bg-brand-tint">
        <Words illness={current} />
        <button
          type="button"
          className="link"
          aria-label={`${m.change()}：${current.name}`}
          ref={(button) => {
            if (!button || !picked.current) return;
            picked.current = false;
            button.focus();
          }}
          onClick={() => setOpen(true)}
        >
          {m.change()}
        </button>
      </div>
    );
  }
  const found = illnesses.filter((illness) => illness.name.includes(typed.trim()));
  return (
    <div className="rounded-xl border border-edge">
      <input
        type="search"
        aria-label={m.search_in({ title: m.illness() })}
        placeholder={m.search_illness()}
        className="input border-0"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="max-h-72 overflow-y-auto border-t border-line">
        {found.length === 0 && <p className="px-3 py-3 text-ink-2">{m.nothing_found()}</p>}
        <ul className="divide-y divide-line">
          {found.map((illness) => (
            <li key={illness.code}>
              <button
                type="button"
                aria-pressed={illness.code === chosen}
                className="min-h-11 w-full px-3 py-2 text-start aria-pressed:bg-brand-tint"
                onClick={() => {
                  picked.current = true;
                  onChoose(illness.code);
                  setOpen(false);
                }}
              >
                <Words illness={illness} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Words({ illness }: { illness: Illness }) {
  const severity = severityOf(illness);
  return (
    <span>
      <span className="font-medium">{illness.name}</span>{' '}
      {severity && <span className="text-sm text-ink-2">{severity}</span>}{' '}
      {illness.sample && <span className="text-sm text-ink-2">{m.sample()}</span>}
    </span>
  );
}
