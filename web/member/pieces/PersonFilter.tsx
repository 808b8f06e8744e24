import { m } from '../../shared/paraglide/messages.js';
import type { PersonRef } from '../../shared/types.ts';
import { useSession } from '../data/session.ts';

interface PersonFilterProps {
  persons: PersonRef[];
  chosen: string | null;
  onChoose: (personId: string | null) => void;
  /** Offers everyone at once, too. */
  everyone?: boolean;
}

/** For whom the reader acts: shown only to those who may act for somebody besides themselves. */
export function PersonFilter({ persons, chosen, onChoose, everyone = false }: PersonFilterProps) {
  const session = useSession();
  const unique = [...new Map(persons.map((person) => [person.id, person])).values()];
  if (unique.length < 2) return null;
  const choices = everyone ? [{ id: null, name: m.everyone() }, ...unique] : unique;
  return (
    <fieldset className="mt-2 flex flex-wrap gap-2">
      <legend className="sr-only">{m.for_whom()}</legend>
      {choices.map((person) => (
        <button
          key={person.id ?? 'all'}
          type="button"
          aria-pressed={chosen === person.id}
          onClick={() => onChoose(person.id)}
          className="min-h-11 rounded-full border border-edge bg-card px-4 aria-pressed:border-brand aria-pressed:bg-brand-tint aria-pressed:font-semibold aria-pressed:text-brand-text"
        >
          {person.id !== null && person.id === session.account.personId ? m.myself() : person.name}
        </button>
      ))}
    </fieldset>
  );
}
