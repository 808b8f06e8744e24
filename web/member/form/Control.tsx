import type { Field as FieldSpec } from '../../shared/form/fields.ts';
import type { Value } from '../../shared/form/values.ts';
import { m } from '../../shared/paraglide/messages.js';
import { Field, FieldGroup } from '../ui/Field.tsx';
import type { ChosenRow, FormSources } from './FormFields.tsx';
import { IllnessPicker } from './IllnessPicker.tsx';
import { ListPicker } from './ListPicker.tsx';
import { PaperPicker } from './PaperPicker.tsx';
import { SlotPicker } from './SlotPicker.tsx';

interface ControlProps {
  field: FieldSpec;
  value: Value;
  fault: string | undefined;
  onChange: (value: Value) => void;
  sources: FormSources;
  labels: Record<string, ChosenRow>;
  onLabel: (id: string, row: ChosenRow) => void;
  suggestions: string[] | undefined;
}

const INPUTS = {
  text: { type: 'text' },
  day: { type: 'date' },
  moment: { type: 'datetime-local' },
  integer: { type: 'text', inputMode: 'numeric' },
  money: { type: 'text', inputMode: 'decimal' },
} as const;

/** One field of the vocabulary as a control. */
export function Control(props: ControlProps) {
  const { field, value, fault, onChange } = props;
  const about = { label: field.title, hint: field.description || undefined, fault, required: field.required };
  if (field.kind === 'reference') return <ReferenceControl {...props} />;
  if (field.kind === 'boolean') {
    const options = [
      { value: 'true', label: m.yes() },
      { value: 'false', label: m.no() },
    ];
    return (
      <FieldGroup {...about}>
        <Options
          name={field.name}
          options={options}
          chosen={value === undefined ? [] : [String(value)]}
          onChoose={(one) => onChange(one === 'true')}
        />
      </FieldGroup>
    );
  }
  const scale = scaleOf(field);
  const options = scale ?? props.suggestions?.map((one) => ({ value: one, label: one })) ?? field.options;
  if (field.kind === 'choice' || scale || props.suggestions?.length) {
    if (field.many) return <ManyChoices {...props} options={options} />;
    if (options.length > 5) {
      return (
        <Field {...about}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={String(value ?? '')}
              onChange={(event) => onChange(event.target.value)}
            >
              <option value="">{m.choose()}</option>
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
    return (
      <FieldGroup {...about}>
        <Options
          name={field.name}
          options={options}
          chosen={[String(value ?? '')]}
          onChoose={onChange}
          short={Boolean(scale)}
        />
      </FieldGroup>
    );
  }
  if (field.many) return <ManyTexts {...props} />;
  if (field.kind === 'multiline') {
    return (
      <Field {...about}>
        {(control) => (
          <textarea
            {...control}
            rows={4}
            maxLength={field.maxLength}
            className="input"
            value={String(value ?? '')}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
    );
  }
  return (
    <Field {...about}>
      {(control) => (
        <input
          {...control}
          {...INPUTS[field.kind as keyof typeof INPUTS]}
          maxLength={field.kind === 'text' ? field.maxLength : undefined}
          className="input"
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A small range of whole numbers is tapped, not typed: a rating of 1 to 5. */
function scaleOf(field: FieldSpec): { value: string; label: string }[] | undefined {
  const { kind, minimum, maximum } = field;
  if (kind !== 'integer' || minimum === undefined || maximum === undefined || maximum - minimum > 5) return undefined;
  return Array.from({ length: maximum - minimum + 1 }, (_, step) => ({
    value: String(minimum + step),
    label: String(minimum + step),
  }));
}

interface OptionsProps {
  name: string;
  options: { value: string; label: string }[];
  chosen: string[];
  onChoose: (value: string) => void;
  many?: boolean;
  short?: boolean;
}

/** Choices to tap, each with its own target. */
export function Options({ name, options, chosen, onChoose, many = false, short = false }: OptionsProps) {
  return (
    <div
      className={
        short
          ? 'flex flex-wrap gap-1.5 *:min-w-11 *:flex-auto *:justify-center *:px-1'
          : options.every((option) => option.label.length <= 7)
            ? 'flex flex-wrap gap-2 *:min-w-fit *:flex-1'
            : 'grid gap-2'
      }
    >
      {options.map((option) => (
        <label key={option.value} className="option">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            value={option.value}
            checked={chosen.includes(option.value)}
            onChange={() => onChoose(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

function ManyChoices({ field, value, fault, onChange, options }: ControlProps & { options: OptionsProps['options'] }) {
  const chosen = Array.isArray(value) ? value : [];
  const toggle = (one: string) =>
    onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  return (
    <FieldGroup label={field.title} hint={field.description || undefined} fault={fault} required={field.required}>
      <Options name={field.name} options={options} chosen={chosen} onChoose={toggle} many />
    </FieldGroup>
  );
}

/** A list of texts, days or numbers: one control each, and a way to add another. */
function ManyTexts({ field, value, fault, onChange }: ControlProps) {
  const items = Array.isArray(value) && value.length > 0 ? value : [''];
  const set = (at: number, text: string) =>
    onChange(
      items
        .map((item, index) => (index === at ? text : item))
        .filter((item, index) => item !== '' || index < items.length),
    );
  return (
    <FieldGroup label={field.title} hint={field.description || undefined} fault={fault} required={field.required}>
      <div className="grid gap-2">
        {items.map((item, index) => (
          <input
            // biome-ignore lint/suspicious/noArrayIndexKey: the position is what such an item has for a name.
            key={index}
            aria-label={`${field.title} ${index + 1}`}
            {...INPUTS[field.kind as keyof typeof INPUTS]}
            className="input"
            value={item}
            onChange={(event) => set(index, event.target.value)}
          />
        ))}
      </div>
      <button
        type="button"
        className="link"
        disabled={items.length >= (field.maxItems ?? 30)}
        onClick={() => onChange([...items, ''])}
      >
        {m.add()}
      </button>
    </FieldGroup>
  );
}

function ReferenceControl({ field, value, fault, onChange, sources, labels, onLabel }: ControlProps) {
  const about = { label: field.title, hint: field.description || undefined, fault, required: field.required };
  const chosen = Array.isArray(value) ? value : value ? [String(value)] : [];
  const choose = (id: string) =>
    onChange(field.many ? (chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]) : id);
  const reference = field.reference!;
  if (reference.to === 'list') {
    return (
      <FieldGroup {...about}>
        <ListPicker
          list={reference.list}
          title={field.title}
          chosen={chosen}
          labels={labels}
          onChoose={(id, row) => {
            onLabel(id, row);
            choose(id);
          }}
        />
      </FieldGroup>
    );
  }
  if (reference.to === 'slot')
    return (
      <SlotPicker
        caseId={sources.caseId ?? ''}
        title={field.title}
        fault={fault}
        chosen={chosen[0] ?? ''}
        onChoose={onChange}
      />
    );
  if (reference.to === 'illness') {
    return (
      <FieldGroup {...about}>
        <IllnessPicker illnesses={sources.illnesses ?? []} chosen={chosen[0] ?? ''} onChoose={choose} />
      </FieldGroup>
    );
  }
  if (reference.to === 'paper' && reference.kind !== 'kind') {
    return (
      <FieldGroup {...about}>
        <PaperPicker personId={sources.personId} kind={reference.kind} chosen={chosen} onChoose={choose} />
      </FieldGroup>
    );
  }
  // Kinds of paper; persons and staff are chosen on the console only, and no event of the member's asks for them.
  const options = sources.paperKinds.map(({ kind, name }) => ({ value: kind, label: name }));
  return (
    <FieldGroup {...about}>
      <Options name={field.name} options={options} chosen={chosen} onChoose={choose} many={field.many} />
    </FieldGroup>
  );
}
