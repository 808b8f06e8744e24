/**
 * The bounded JSON Schema vocabulary in which the server describes a payload, read into fields that a screen can show.
 * Vocabulary: text (x-multiline), day, moment, integer, money (x-money), yes/no, choice (x-labels), references (x-ref),
 * arrays of these; `x-show-if` on one sibling; `x-internal` on what stays in the house; `required`; titles in the reader's language.
 */
export type FieldKind =
  | 'text'
  | 'multiline'
  | 'day'
  | 'moment'
  | 'integer'
  | 'money'
  | 'boolean'
  | 'choice'
  | 'reference';

export type Reference =
  | { to: 'list'; list: string }
  | { to: 'paper'; kind: string }
  | { to: 'staff'; role: string }
  | { to: 'person' }
  | { to: 'illness' }
  | { to: 'rule' }
  | { to: 'slot' };

export interface Field {
  name: string;
  title: string;
  description: string;
  kind: FieldKind;
  required: boolean;
  /** The value is a list of such values. */
  many: boolean;
  options: { value: string; label: string }[];
  reference: Reference | undefined;
  minLength: number | undefined;
  maxLength: number | undefined;
  pattern: string | undefined;
  /** Bounds of integers and of money (分); of items where `many`, see `maxItems`. */
  minimum: number | undefined;
  maximum: number | undefined;
  minItems: number | undefined;
  maxItems: number | undefined;
  showIf: { field: string; value: unknown } | undefined;
  /** What the field starts with, as the payload has it. */
  initial: unknown;
  /** A text that stays in the house: no member reads it. */
  internal: boolean;
}

/** A JSON Schema object as it comes over the wire. */
export type Schema = Record<string, unknown>;

/** The fields of an object schema, in its order. Throws on what lies outside the vocabulary, naming the property. */
export function readFields(schema: Schema, locale: 'zh-CN' | 'en'): Field[] {
  const required = new Set(asArray(schema.required).map(String));
  return Object.entries(asObject(schema.properties)).map(([name, property]) =>
    readField(name, asObject(property), required.has(name), locale),
  );
}

function readField(name: string, property: Schema, required: boolean, locale: 'zh-CN' | 'en'): Field {
  const many = property.type === 'array';
  const core = many ? { ...asObject(property.items) } : property;
  const labels = asObject(core['x-labels'] ?? property['x-labels']);
  const ref = core['x-ref'] ?? property['x-ref'];
  const reference = typeof ref === 'string' ? readReference(name, ref) : undefined;
  const show = Object.entries(asObject(property['x-show-if']))[0];
  return {
    name,
    title: text(property.title) ?? text(core.title) ?? name,
    description: text(property.description) ?? '',
    kind: reference ? 'reference' : kindOf(name, core, property),
    // Whoever is shown a field because of another answer is asked for it.
    required: required || show !== undefined,
    many,
    options: asArray(core.enum).map((value) => ({
      value: String(value),
      label: label(labels[String(value)], locale) ?? String(value),
    })),
    reference,
    minLength: number(core.minLength),
    maxLength: number(core.maxLength),
    pattern: text(core.pattern),
    minimum: number(core.minimum),
    maximum: number(core.maximum),
    minItems: number(property.minItems),
    maxItems: number(property.maxItems),
    showIf: show ? { field: show[0], value: show[1] } : undefined,
    initial: property.default,
    internal: property['x-internal'] === true,
  };
}

function kindOf(name: string, core: Schema, property: Schema): FieldKind {
  if (Array.isArray(core.enum)) return 'choice';
  if (core.type === 'boolean') return 'boolean';
  if (core.type === 'integer' || core.type === 'number') return core['x-money'] ? 'money' : 'integer';
  if (core.type === 'string') {
    if (core.format === 'date') return 'day';
    if (core.format === 'date-time') return 'moment';
    return core['x-multiline'] || property['x-multiline'] ? 'multiline' : 'text';
  }
  throw new TypeError(`the form cannot show "${name}": give it a type of the form vocabulary`);
}

function readReference(name: string, ref: string): Reference {
  const [to, rest = ''] = ref.split(':');
  if (to === 'list') return { to, list: rest };
  if (to === 'paper') return { to, kind: rest };
  if (to === 'staff') return { to, role: rest };
  if (to === 'person' || to === 'illness' || to === 'rule' || to === 'slot') return { to };
  throw new TypeError(`the form cannot show "${name}": "${ref}" refers to nothing it knows`);
}

function asObject(value: unknown): Schema {
  return value && typeof value === 'object' && !Array.isArray(value) ? (value as Schema) : {};
}
function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
function label(value: unknown, locale: 'zh-CN' | 'en'): string | undefined {
  if (typeof value === 'string') return value;
  const both = asObject(value);
  return text(both[locale === 'en' ? 'en' : 'zh']) ?? text(both.zh);
}
