/** One search over what a member may see. What she types is health data: it comes in a body and is kept nowhere. */
import { z } from 'zod';
import { MOST_TYPED } from '#domain/search/match.ts';
import { Id } from './common.ts';

export const SEARCH_GROUPS = [
  'services',
  'cases',
  'papers',
  'messages',
  'hospitals',
  'drugs',
  'pharmacies',
  'cart-hospitals',
  'cart-pharmacies',
  'programmes',
  'clauses',
] as const;
export type SearchGroup = (typeof SEARCH_GROUPS)[number];

export const SearchFor = z.strictObject({
  q: z.string().trim().min(1).max(MOST_TYPED),
  /** All of one group instead of the first of each. */
  only: z.enum(SEARCH_GROUPS).optional(),
});
const Place = { service: z.string(), policyId: Id, personId: Id };
export const SearchHit = z.strictObject({
  title: z.string(),
  text: z.string(),
  /** Whose it is, where it is somebody else's. */
  of: z.string().nullable(),
  /** Where it leads; null: what is said is all there is. */
  to: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('service'), ...Place, item: z.string().nullable() }),
      z.strictObject({ kind: z.literal('clause'), ...Place, clause: z.string() }),
      z.strictObject({ kind: z.literal('case'), caseId: Id }),
      z.strictObject({ kind: z.literal('papers') }),
      z.strictObject({ kind: z.literal('messages') }),
      z.strictObject({ kind: z.literal('list'), list: z.string() }),
    ])
    .nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;
export const SearchResult = z.strictObject({
  groups: z.array(
    z.strictObject({
      group: z.enum(SEARCH_GROUPS),
      items: z.array(SearchHit),
      /** There are more than these. */
      more: z.boolean(),
    }),
  ),
});
export type SearchResult = z.infer<typeof SearchResult>;
