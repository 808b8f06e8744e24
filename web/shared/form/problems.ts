import type { ProblemDocument } from '../types.ts';
import type { Field } from './fields.ts';

export interface PlacedProblems {
  /** The server's message by field name. */
  fields: Record<string, string>;
  /** What belongs to no field of this form. */
  rest: string[];
}

/**
 * Puts a problem document's faults beside their fields. Pointers are JSON pointers into the body; `prefix` is where the
 * form's values stand in it ('' for an event's payload, '/form' in a request).
 */
export function placeProblems(document: ProblemDocument, fields: Field[], prefix = ''): PlacedProblems {
  const names = new Set(fields.map((field) => field.name));
  const placed: PlacedProblems = { fields: {}, rest: [] };
  const single = document.pointer ? [{ pointer: document.pointer, message: document.detail ?? document.title }] : [];
  for (const { pointer, message } of document.problems ?? single) {
    const name = pointer.startsWith(`${prefix}/`) ? pointer.slice(prefix.length + 1).split('/')[0]! : '';
    const plain = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (names.has(plain)) placed.fields[plain] ??= message;
    else placed.rest.push(message);
  }
  if (Object.keys(placed.fields).length === 0 && placed.rest.length === 0) {
    placed.rest.push(document.detail ?? document.title);
  }
  return placed;
}
