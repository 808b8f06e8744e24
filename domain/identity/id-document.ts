import { type ResidentIdFault, readResidentId } from './resident-id.ts';

/** The kinds of identity document, as stored; whether somebody is a mainland citizen follows from it (contract 2.5). */
export const ID_TYPES = ['resident-id', 'passport', 'hk-mo-permit', 'tw-permit', 'foreign-permanent', 'other'] as const;
export type IdType = (typeof ID_TYPES)[number];

export type IdDocument = { readonly number: string; readonly bornOn?: string; readonly sex?: 'F' | 'M' };

/**
 * The normal form of a document's number, and what a resident ID says beside it. Only resident IDs have a check digit;
 * of the others nothing but the form is checked: 4 to 30 letters, digits and hyphens.
 */
export function readIdDocument(type: IdType, raw: string): IdDocument | { readonly fault: ResidentIdFault } {
  if (type === 'resident-id') return readResidentId(raw);
  const number = raw.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  return /^[A-Z0-9()-]{4,30}$/.test(number) ? { number } : { fault: 'form' };
}
