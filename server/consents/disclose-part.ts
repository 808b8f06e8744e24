/** A part of a case that lies outside its events (a course, purchases, a ledger), shown to somebody who works outside. */
import type { FieldGroup } from '#domain/plan/schema.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { recordDisclosure } from './disclosures.ts';
import { type Consent, findConsent } from './queries.ts';

/**
 * Lets the part through under a consent to the caller's party that names `group`, and records what was shown.
 * @param told.along groups of which the part shows more where the consent names them too
 * @returns the consent, by whose fields the caller cuts the rest
 * @throws Problem not-found where no such consent holds
 */
export async function discloseUnder(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: { id: string; personId: string },
  told: {
    group: FieldGroup;
    along?: readonly FieldGroup[];
    fields: readonly string[];
    contentVersion: string;
    /** Whose staff the caller is, where the consent names them and not her. */
    recipient?: string | null;
  },
  now: Date,
): Promise<Consent> {
  const { group, along = [], fields, contentVersion } = told;
  const recipient = told.recipient ?? actor.provider ?? '';
  const of = { personId: row.personId, caseId: row.id, recipient };
  const consent = await findConsent(db, ctx, { ...of, group, now });
  if (!consent) throw new Problem('not-found');
  const groups = [group, ...along.filter((one) => consent.fields.includes(one))];
  await recordDisclosure(db, ctx, { ...of, actor, groups, fields, contentVersion, consentId: consent.id, now });
  return consent;
}
