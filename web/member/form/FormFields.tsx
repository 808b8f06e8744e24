import type { Field as FieldSpec } from '../../shared/form/fields.ts';
import { shownFields, type Value, type Values } from '../../shared/form/values.ts';
import type { RequestForm } from '../../shared/types.ts';
import { Control } from './Control.tsx';

/** What references need to know: whose papers, which illnesses, which kinds of paper. */
export interface FormSources {
  personId: string;
  illnesses: RequestForm['illnesses'];
  paperKinds: { kind: string; name: string }[];
  /** The running case; a request that is not sent yet has none. */
  caseId?: string;
}

interface FormFieldsProps {
  fields: FieldSpec[];
  values: Values;
  /** What to say beside a field, by its name. */
  faults: Record<string, string>;
  onChange: (name: string, value: Value) => void;
  sources: FormSources;
  /** Words for chosen references, by id; kept by the owner, so that a draft can show them again. */
  labels: Record<string, ChosenRow>;
  onLabel: (id: string, row: ChosenRow) => void;
}

export interface ChosenRow {
  label: string;
  /** A hospital's departments, offered where its form asks for one. */
  departments?: string[];
}

/** The member's rendering of the form vocabulary: the fields that apply now, in the schema's order. */
export function FormFields(props: FormFieldsProps) {
  const hospital = props.fields.find((field) => field.reference?.to === 'list' && field.reference.list === 'hospitals');
  const chosen = hospital && props.values[hospital.name];
  const departments = typeof chosen === 'string' ? props.labels[chosen]?.departments : undefined;
  return shownFields(props.fields, props.values).map((field) => (
    <Control
      key={field.name}
      field={field}
      value={props.values[field.name]}
      fault={props.faults[field.name]}
      onChange={(value) => props.onChange(field.name, value)}
      sources={props.sources}
      labels={props.labels}
      onLabel={props.onLabel}
      // A department is free text in the vocabulary; beside a hospital of the list it is one of that hospital's.
      suggestions={field.name === 'department' ? departments : undefined}
    />
  ));
}
