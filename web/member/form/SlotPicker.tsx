import { useState } from 'react';
import { dayOf, formatMoney } from '../../shared/format.ts';
import { groupBy } from '../../shared/group-by.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { SlotView } from '../../shared/types.ts';
import { day as dayWords, listed } from '../../shared/words.ts';
import { useSlots } from '../data/queries.ts';
import { Field, FieldGroup } from '../ui/Field.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Options } from './Control.tsx';

interface SlotPickerProps {
  caseId: string;
  title: string;
  fault: string | undefined;
  chosen: string;
  onChoose: (id: string) => void;
}

/** A slot by department, then doctor or package, then day and time; only what is still free is offered. */
export function SlotPicker(props: SlotPickerProps) {
  const slots = useSlots(props.caseId);
  return (
    <Loaded query={slots} skeleton={<p className="mt-3 text-ink-2">{m.working()}</p>}>
      {({ items }) =>
        items.length === 0 ? <p className="mt-3">{m.slots_none()}</p> : <Choose {...props} slots={items} />
      }
    </Loaded>
  );
}

const namesOf = (slots: SlotView[], of: (slot: SlotView) => string) => groupBy(slots, of).map(([name]) => name);
const whoOf = ({ doctor, package: pack }: SlotView) => doctor || pack;
const timeOf = ({ startsAt, endsAt }: SlotView) => `${startsAt.slice(11, 16)}–${endsAt.slice(11, 16)}`;

function Choose({ slots, title, fault, chosen, onChoose }: SlotPickerProps & { slots: SlotView[] }) {
  const known = slots.find(({ id }) => id === chosen);
  const [asked, setAsked] = useState<{ department?: string; who?: string; day?: string }>({});
  const departments = namesOf(slots, ({ department }) => department);
  const department = asked.department ?? known?.department ?? departments[0] ?? '';
  const inDepartment = slots.filter((slot) => slot.department === department);
  const people = namesOf(inDepartment, whoOf);
  const who = asked.who ?? (known && known.department === department ? whoOf(known) : people[0]) ?? '';
  const ofThem = inDepartment.filter((slot) => whoOf(slot) === who);
  const days = namesOf(ofThem, ({ startsAt }) => dayOf(startsAt));
  const day = asked.day && days.includes(asked.day) ? asked.day : known ? dayOf(known.startsAt) : (days[0] ?? '');
  const times = ofThem.filter(({ startsAt }) => dayOf(startsAt) === day);
  const about = ofThem[0];
  // What was chosen elsewhere is chosen no more: it would be sent unseen.
  const ask = (next: typeof asked) => {
    setAsked(next);
    onChoose('');
  };
  return (
    <>
      {departments.length > 1 && (
        <Select
          label={m.slot_department()}
          value={department}
          options={departments.map((one) => ({ value: one, label: one }))}
          onChange={(one) => ask({ department: one })}
        />
      )}
      {people.length > 1 && (
        <Select
          label={about?.package ? m.slot_package() : m.slot_doctor()}
          value={who}
          options={people.map((one) => ({ value: one, label: nameOf(inDepartment, one) }))}
          onChange={(one) => ask({ department, who: one })}
        />
      )}
      {about && <About slot={about} />}
      <Select
        label={m.slot_day()}
        value={day}
        options={days.map((one) => ({ value: one, label: dayWords(one) }))}
        onChange={(one) => ask({ department, who, day: one })}
      />
      <FieldGroup label={title} fault={fault}>
        <Options
          name="slot"
          options={times.map((slot) => ({ value: slot.id, label: timeOf(slot) }))}
          chosen={[chosen]}
          onChoose={onChoose}
        />
      </FieldGroup>
    </>
  );
}

/** A doctor with her rank; where nobody is named, anybody of the department. */
const nameOf = (slots: SlotView[], who: string): string => {
  const slot = slots.find((one) => whoOf(one) === who);
  return who ? [who, slot?.rank].filter(Boolean).join(' ') : m.slot_anybody();
};

function About({ slot }: { slot: SlotView }) {
  const lines = [
    slot.place,
    slot.focus,
    slot.forWhom,
    slot.includes.length > 0 ? listed(slot.includes) : '',
    slot.prepare,
    slot.price === null ? '' : m.slot_price({ price: formatMoney(slot.price) }),
    slot.sample ? m.sample() : '',
  ].filter(Boolean);
  return lines.length === 0 ? null : (
    <ul className="mt-3 rounded-xl bg-ground px-3 py-2 text-sm text-ink-2">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <Field label={label}>
      {(control) => (
        <select {...control} className="input" value={value} onChange={({ target }) => onChange(target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
