/**
 * The bounded vocabulary of event payloads: text, day, moment, integer, yes/no, choice (at most 30), arrays of these, and
 * references that name a search endpoint. One form component renders all of it; a test walks every event of every chart.
 */
import { z } from 'zod';
import { isDay, parseInstant } from '../calendar/day.ts';
import type { FieldGroup, Text } from '../plan/schema.ts';

/** What every field carries: its title in both languages and the field group by which it may be shared (PIPL 23). */
export type FieldMeta = {
  title: Text;
  group: FieldGroup | 'internal';
  help?: Text;
  showIf?: Record<string, string | boolean>;
  /** Read masked by everybody, its last four characters shown: the number of an account. */
  secret?: true;
};

const meta = ({ title, group, help, showIf, secret }: FieldMeta, extra: Record<string, unknown> = {}) => ({
  'x-title': title,
  'x-group': group,
  ...(help ? { 'x-help': help } : {}),
  ...(showIf ? { 'x-show-if': showIf } : {}),
  ...(secret ? { 'x-secret': true } : {}),
  ...extra,
});

export const textField = (m: FieldMeta & { max: number; multiline?: boolean }) =>
  z
    .string()
    .trim()
    .min(1)
    .max(m.max)
    .meta(meta(m, m.multiline ? { 'x-multiline': true } : {}));

export const dayField = (m: FieldMeta) =>
  z
    .string()
    .refine(isDay, { error: 'a day that exists, written YYYY-MM-DD' })
    .meta({ ...meta(m), format: 'date' });

/** A moment on the wire, with an offset; the engine parses it. */
export const momentField = (m: FieldMeta) =>
  z
    .string()
    .refine(isMoment, { error: 'a moment that exists, with an offset, e.g. 2026-11-25T09:30:00+08:00' })
    .meta({ ...meta(m), format: 'date-time' });

function isMoment(text: string): boolean {
  try {
    return !Number.isNaN(parseInstant(text).getTime());
  } catch {
    return false;
  }
}

export const integerField = (m: FieldMeta & { min: number; max: number }) =>
  z.int().min(m.min).max(m.max).meta(meta(m));
/** An amount in 分; a screen asks for yuan. */
export const moneyField = (m: FieldMeta & { max: number }) =>
  z
    .int()
    .min(0)
    .max(m.max)
    .meta(meta(m, { 'x-money': true }));
export const yesNoField = (m: FieldMeta) => z.boolean().meta(meta(m));

export const choiceField = <const C extends readonly [string, ...string[]]>(
  m: FieldMeta & { choices: C; labels: Record<C[number], Text> },
) => z.enum(m.choices).meta(meta(m, { 'x-labels': m.labels }));

/** `case:earlier`: a case of the same person and kind that may be opened by whoever fills in the form. */
export type Reference =
  | 'case:earlier'
  | `list:${string}`
  | `paper:${string}`
  | `staff:${string}`
  | 'person'
  | 'illness'
  | 'rule'
  | 'slot';
/** The id of something found through a search endpoint; the shell loads it and hands it to the guards as `refs`. */
export const referenceField = (m: FieldMeta & { ref: Reference }) =>
  z
    .string()
    .min(1)
    .max(64)
    .meta(meta(m, { 'x-ref': m.ref }));

export const manyOf = <T extends z.ZodType>(item: T, m: FieldMeta & { min: number; max: number }) =>
  z.array(item).min(m.min).max(m.max).meta(meta(m));
export const payload = <S extends z.ZodRawShape>(shape: S) => z.strictObject(shape);

type JsonSchema = Record<string, unknown>;

/** The JSON Schema of a payload in the caller's language: `title`, `description` and `x-labels` as plain words. */
export function payloadSchema(schema: z.ZodType, lang: 'zh' | 'en'): JsonSchema {
  const localise = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(localise);
    if (node === null || typeof node !== 'object') return node;
    const out: JsonSchema = {};
    for (const [key, value] of Object.entries(node as JsonSchema)) {
      if (key === 'x-title') out.title = (value as Text)[lang];
      else if (key === 'x-help') out.description = (value as Text)[lang];
      else if (key === 'x-labels')
        out[key] = Object.fromEntries(
          Object.entries(value as Record<string, Text>).map(([code, text]) => [code, text[lang]]),
        );
      // Which group a field belongs to is no matter of the caller's; that a text stays in the house is.
      else if (key === 'x-group') {
        if (value === 'internal') out['x-internal'] = true;
      } else if (key !== '$schema' && key !== 'x-secret') out[key] = localise(value);
    }
    return out;
  };
  return localise(z.toJSONSchema(schema, { unrepresentable: 'any' })) as JsonSchema;
}

/** Every top-level field of a payload with its meta; disclosures and reference look-ups walk this. */
export function fieldsOf(schema: z.ZodObject): {
  name: string;
  title: Text;
  group: FieldGroup | 'internal';
  ref?: Reference;
  labels?: Record<string, Text>;
  /** `date` for a day, `date-time` for a moment. */
  format?: string;
  /** An amount in 分. */
  money?: true;
  /** Shown masked. */
  secret?: true;
}[] {
  const properties =
    (z.toJSONSchema(schema, { unrepresentable: 'any' }) as { properties?: Record<string, JsonSchema> }).properties ??
    {};
  return Object.entries(properties).map(([name, node]) => {
    const item = (node.items ?? {}) as JsonSchema;
    const ref = (node['x-ref'] ?? item['x-ref']) as Reference | undefined;
    const labels = (node['x-labels'] ?? item['x-labels']) as Record<string, Text> | undefined;
    return {
      name,
      title: node['x-title'] as Text,
      group: node['x-group'] as FieldGroup | 'internal',
      ...(ref ? { ref } : {}),
      ...(labels ? { labels } : {}),
      ...(typeof node.format === 'string' ? { format: node.format } : {}),
      ...(node['x-money'] ? { money: true as const } : {}),
      ...(node['x-secret'] ? { secret: true as const } : {}),
    };
  });
}
