import { Form } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { ApiProblem } from '../../shared/api.ts';
import { faultWords } from '../../shared/form/fault-words.ts';
import { type Field, readFields, type Schema } from '../../shared/form/fields.ts';
import { placeProblems } from '../../shared/form/problems.ts';
import {
  findFaults,
  initialValues,
  shownFields,
  toPayload,
  type Value,
  type Values,
} from '../../shared/form/values.ts';
import { getLocale } from '../../shared/paraglide/runtime.js';
import { FieldControl, type FormSources } from './FieldControl.tsx';

/** What a form over a JSON Schema of the server holds while it is filled in. */
export type SchemaFormState = {
  fields: Field[];
  values: Values;
  faults: Record<string, string>;
  set: (name: string, value: Value) => void;
  /** The payload when everything shown is right, else undefined, with the faults now on the screen. */
  check: () => Record<string, unknown> | undefined;
  /** Puts the server's faults beside their fields and answers what belongs to none of them. */
  place: (error: unknown) => string[];
};

/** `start` prefills by field name, where a screen already knows the answer (the paper that is open). */
export function useSchemaForm(schema: Schema, start: Values = {}, prefix = ''): SchemaFormState {
  const fields = useMemo(() => readFields(schema, getLocale()), [schema]);
  const [values, setValues] = useState<Values>(() => ({ ...initialValues(fields), ...start }));
  const [faults, setFaults] = useState<Record<string, string>>({});
  return {
    fields,
    values,
    faults,
    set: (name, value) => {
      setValues((now) => ({ ...now, [name]: value }));
      setFaults(({ [name]: _, ...others }) => others);
    },
    check: () => {
      const found = findFaults(fields, values);
      const words = Object.fromEntries(
        fields.flatMap((field) => (found[field.name] ? [[field.name, faultWords(field, found[field.name]!)]] : [])),
      );
      setFaults(words);
      return Object.keys(words).length === 0 ? toPayload(fields, values) : undefined;
    },
    place: (error) => {
      if (!(error instanceof ApiProblem)) return [];
      const placed = placeProblems(error.document, fields, prefix);
      setFaults(placed.fields);
      return placed.rest;
    },
  };
}

type SchemaFieldsProps = { form: SchemaFormState; sources: FormSources; idPrefix: string };

/** The fields that are asked for now, each with its title, help and fault; one renderer for every event of every chart. */
export function SchemaFields({ form, sources, idPrefix }: SchemaFieldsProps): ReactNode {
  return shownFields(form.fields, form.values).map((field) => {
    const id = `${idPrefix}-${field.name}`;
    const fault = form.faults[field.name];
    // A tick stands beside its own words.
    const tick = field.kind === 'boolean' && !field.required;
    return (
      <Form.Item
        key={field.name}
        htmlFor={id}
        label={tick ? undefined : field.title}
        required={field.required}
        extra={field.description || undefined}
        validateStatus={fault ? 'error' : undefined}
        help={fault}
      >
        <FieldControl
          id={id}
          field={field}
          value={form.values[field.name]}
          onChange={(value) => form.set(field.name, value)}
          sources={sources}
          invalid={Boolean(fault)}
        />
      </Form.Item>
    );
  });
}
