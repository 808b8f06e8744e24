/**
 * Valid payloads for the bounded vocabulary of event schemas (domain/journeys/fields.ts), made from the JSON Schema a
 * client sees. Used by the chart tests here and by the walks through HTTP.
 */
type Node = {
  type?: string;
  format?: string;
  enum?: readonly string[];
  properties?: Record<string, Node>;
  required?: readonly string[];
  items?: Node;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  title?: string;
  'x-ref'?: string;
  'x-labels'?: Record<string, string>;
  'x-show-if'?: Record<string, string | boolean>;
};

export type PayloadWishes = {
  /** Days and moments are made relative to it. */
  now: Date;
  /** Fields set as given; a field set to undefined is left out. */
  set?: Readonly<Record<string, unknown>>;
  /** Fill optional fields too; default true. */
  optional?: boolean;
  /** The id behind a reference such as `list:hospitals`, for the field that asks for it. */
  resolve?: (reference: string, field: string) => string;
};

const HOUR_MS = 3_600_000;
const SHANGHAI_MS = 8 * HOUR_MS;
const inShanghai = (moment: number) => new Date(moment + SHANGHAI_MS).toISOString();

/** A value of the vocabulary for each field of an event's JSON Schema. @throws on a node outside the vocabulary */
export function payloadFor(schema: Record<string, unknown>, wishes: PayloadWishes): Record<string, unknown> {
  const { properties = {}, required = [] } = schema as Node;
  const { set = {}, optional = true } = wishes;
  const payload: Record<string, unknown> = {};
  for (const [field, node] of Object.entries(properties)) {
    if (field in set) {
      if (set[field] !== undefined) payload[field] = set[field];
    } else if (required.includes(field) || (optional && isShown(node, { ...payload, ...set }))) {
      payload[field] = valueFor(node, field, wishes);
    }
  }
  return payload;
}

/** One payload for each choice of each choice field, every other field as in `payloadFor`; at least one. */
export function payloadVariants(schema: Record<string, unknown>, wishes: PayloadWishes): Record<string, unknown>[] {
  const choices = Object.entries((schema as Node).properties ?? {}).flatMap(([field, node]) =>
    field in (wishes.set ?? {}) ? [] : (node.enum ?? []).map((choice) => ({ [field]: choice })),
  );
  return (choices.length > 0 ? choices : [{}]).map((choice) =>
    payloadFor(schema, { ...wishes, set: { ...wishes.set, ...choice } }),
  );
}

const isShown = (node: Node, payload: Record<string, unknown>) =>
  Object.entries(node['x-show-if'] ?? {}).every(([field, value]) => payload[field] === value);

function valueFor(node: Node, field: string, wishes: PayloadWishes): unknown {
  const { now, resolve } = wishes;
  if (node['x-ref']) return resolve?.(node['x-ref'], field) ?? `sample-${field}`;
  if (node.enum) return node.enum[0];
  if (node.format === 'date') return inShanghai(now.getTime() - 30 * 24 * HOUR_MS).slice(0, 10);
  if (node.format === 'date-time') {
    // A time to come; what must be earlier than the rest (an answer, before a visit) has its own hour.
    const hours = /by$/i.test(field) ? 24 : 7 * 24;
    return inShanghai(now.getTime() + hours * HOUR_MS).replace(/\.\d+Z$/, '+08:00');
  }
  if (node.type === 'string' && /phone$/i.test(field)) return '19900009999';
  if (node.type === 'string') return '示例'.slice(0, node.maxLength ?? 2);
  if (node.type === 'integer') return node.maximum ?? node.minimum ?? 1;
  if (node.type === 'boolean') return true;
  if (node.type === 'array' && node.items)
    return Array.from({ length: Math.max(1, node.minItems ?? 1) }, () => valueFor(node.items as Node, field, wishes));
  throw new Error(`${field} is outside the vocabulary: ${JSON.stringify(node)}`);
}

const ALLOWED_KEYS = new Set([
  'type',
  'format',
  'pattern',
  'enum',
  'items',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'title',
  'description',
  'x-ref',
  'x-labels',
  'x-show-if',
  'x-multiline',
  'x-money',
  'x-internal',
]);
const REFERENCE = /^(case:earlier|list:[a-z-]+|paper:[a-z-]+|staff:[a-z-]+|person|illness|rule|slot|expert)$/;

/** What is wrong with an event's schema by the bounded vocabulary; empty when nothing is. */
export function vocabularyFaults(schema: Record<string, unknown>): string[] {
  const { properties = {}, type } = schema as Node;
  const faults = type === 'object' ? [] : ['the payload is no object'];
  if (schema.additionalProperties !== false) faults.push('unknown fields are not refused');
  for (const [field, node] of Object.entries(properties)) {
    faults.push(...nodeFaults(field, node));
    if (!node.title) faults.push(`${field} has no title`);
    const shownBy = Object.keys(node['x-show-if'] ?? {});
    if (shownBy.length > 1) faults.push(`${field} depends on more than one sibling`);
    for (const sibling of shownBy)
      if (!properties[sibling]) faults.push(`${field} depends on ${sibling}, which is not there`);
  }
  return faults;
}

function nodeFaults(field: string, node: Node): string[] {
  const faults = Object.keys(node)
    .filter((key) => !ALLOWED_KEYS.has(key))
    .map((key) => `${field} uses ${key}`);
  if (node['x-ref'] !== undefined && !REFERENCE.test(node['x-ref'])) faults.push(`${field} refers to ${node['x-ref']}`);
  if (node.enum) {
    if (node.enum.length > 30) faults.push(`${field} has more than 30 choices`);
    for (const choice of node.enum) if (!node['x-labels']?.[choice]) faults.push(`${field}: ${choice} has no label`);
  } else if (node.type === 'string' && !node.format && node.maxLength === undefined)
    faults.push(`${field} is unbounded`);
  if (!['string', 'integer', 'boolean', 'array'].includes(node.type ?? ''))
    faults.push(`${field} is of type ${node.type}`);
  if (node.type === 'array') {
    if (node.maxItems === undefined) faults.push(`${field} is an unbounded list`);
    faults.push(...(node.items ? nodeFaults(`${field}[]`, node.items) : [`${field} has no items`]));
  }
  return faults;
}
