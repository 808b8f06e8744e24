import { createHash } from 'node:crypto';
import type { FieldGroup } from '#domain/plan/schema.ts';
import { recordAudit } from '#server/audit/record.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

export type Disclosure = {
  id: string;
  at: Date;
  recipient: string;
  actorAccount: string | null;
  groups: FieldGroup[];
  fields: string[];
  consentId: string | null;
  caseId: string;
  caseNumber: string;
  personId: string;
  plan: string;
  edition: string;
};

const insertRow = sql<{ id: string }>(
  'disclosures.insert',
  `insert into disclosures (insurer, id, person_id, case_id, recipient, actor_account, groups, fields, content_version, digest, consent_id, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (insurer, case_id, recipient, digest) do nothing returning id`,
);
const selectOfPerson = sql<Disclosure>(
  'disclosures.ofPerson',
  `select d.id, d.at, d.recipient, d.actor_account as "actorAccount", d.groups, d.fields, d.consent_id as "consentId",
          d.case_id as "caseId", c.number as "caseNumber", d.person_id as "personId", c.plan, c.edition
     from disclosures d join cases c on c.insurer = d.insurer and c.id = d.case_id
    where d.insurer = $1 and d.person_id = $2 and ($3::timestamptz is null or (d.at, d.id) < ($3, $4::uuid))
    order by d.at desc, d.id desc limit $5`,
);

/**
 * Records that a provider was shown fields of a case, in the transaction that reads them. The same fields of the same
 * content version are recorded once; every opening, also a repeated one, goes into the audit. Nothing to show, no row.
 * @param input.contentVersion what changes when the content does: the case's version, or a paper's id
 */
export async function recordDisclosure(
  db: Db,
  ctx: Pick<Ctx, 'insurer' | 'keyRing'>,
  input: {
    personId: string;
    caseId: string;
    recipient: string;
    actor: Actor;
    groups: readonly FieldGroup[];
    fields: readonly string[];
    contentVersion: string;
    consentId: string;
    now: Date;
  },
): Promise<void> {
  if (input.fields.length === 0) return;
  const { personId, caseId, recipient, actor, groups, contentVersion, consentId, now } = input;
  const fields = [...input.fields].sort();
  // A new consent is a new ground, so what is shown again under it is told to the member again.
  const digest = createHash('sha256')
    .update(JSON.stringify([fields, contentVersion, consentId]))
    .digest();
  const inserted = await queryOne(db, insertRow, [
    ctx.insurer,
    uuidv7(),
    personId,
    caseId,
    recipient,
    actor.accountId,
    groups,
    fields,
    contentVersion,
    digest,
    consentId,
    now,
  ]);
  await recordAudit(db, ctx, {
    actor,
    action: 'disclosure.made',
    subject: `case:${caseId}`,
    caseId,
    personId,
    details: {
      recipient,
      groups: groups.join(' '),
      fields: fields.length,
      consent: consentId,
      first: inserted !== undefined,
    },
    now,
  });
}

/** What was shown about a person, newest first, at most `limit`; `after` is the last of the page before. */
export function listDisclosures(
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  personId: string,
  limit: number,
  after?: { at: Date; id: string },
): Promise<Disclosure[]> {
  return query(db, selectOfPerson, [ctx.insurer, personId, after?.at ?? null, after?.id ?? null, limit]);
}
