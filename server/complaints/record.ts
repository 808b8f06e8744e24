/** What each step of a complaint writes: its event, the audit, and who is told. */
import type { Role } from '#contract/common.ts';
import type { ComplaintEventType } from '#domain/complaints/rules.ts';
import type { TemplateCode } from '#domain/messages/templates.ts';
import type { DetailValue } from '#domain/operations/audit-words.ts';
import { findAccountOfPerson } from '#server/accounts/queries.ts';
import { recordAudit } from '#server/audit/record.ts';
import { queueLive, queueMessage, type Recipient } from '#server/notifications/outbox.ts';
import { mayBeTold } from '#server/notifications/recipients.ts';
import { openFor, sealFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type ComplaintRow, insertEventRow } from './queries.ts';

/** Who complains, where it is no account: as she said on the telephone or wrote. */
export type NamedComplainant = { name: string | null; phone: string | null; proof: string | null };
/** Sealed in the complaint's row; `answer` only in what was an appeal before there were complaints. */
export type ComplaintWords = { text: string; complainant?: NamedComplainant; answer?: string | null };
export type EventWords = { text: string };
/** What a step needs of the complaint. */
export type Subject = Pick<
  ComplaintRow,
  'id' | 'round' | 'personId' | 'caseId' | 'complainant' | 'relation' | 'handler'
>;

export const openWords = (db: Db, ctx: Ctx, row: ComplaintRow): Promise<ComplaintWords> =>
  openFor<ComplaintWords>(db, ctx, row.personId, row.sealedAs, row.id, row.sealed);

/** Appends to the history, and to the audit without the words. Returns the event's id. */
export async function record(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: Subject,
  type: ComplaintEventType,
  { text, ...data }: { text?: string | undefined } & Record<string, string | undefined>,
  now: Date,
): Promise<string> {
  const id = uuidv7();
  const plain = Object.fromEntries(Object.entries(data).filter((one): one is [string, string] => one[1] !== undefined));
  await insertEventRow(db, ctx, row.id, {
    id,
    round: row.round,
    type,
    at: now,
    actorAccount: actor.accountId,
    actorRole: actor.role,
    data: plain,
    sealed: text ? await sealFor(db, ctx, row.personId, 'complaint_events', id, { text } satisfies EventWords) : null,
  });
  await recordAudit(db, ctx, {
    actor,
    action: `complaint.${type}`,
    subject: `complaint:${row.id}`,
    ...(row.caseId ? { caseId: row.caseId } : {}),
    personId: row.personId,
    details: AUDITED(plain),
    now,
  });
  if (row.caseId) await queueLive(db, ctx, { kind: 'case', id: row.caseId, key: `${id}/live`, now });
  return id;
}
const AUDITED = ({ outcome, due, to, of, by, norm }: Record<string, string>): Record<string, DetailValue> => ({
  ...(outcome ? { verdict: outcome } : {}),
  ...(due ? { due } : {}),
  ...(to ? { to } : {}),
  ...(of ? { from: of } : {}),
  ...(by ? { how: by } : {}),
  ...(norm ? { promise: norm } : {}),
});

/** Whom our messages reach: the person while she lives, and who complains for her by an account of her own. */
export async function listTold(db: Db, ctx: Ctx, row: Subject, now: Date): Promise<Recipient[]> {
  const told: Recipient[] = [];
  if (await mayBeTold(db, ctx, row.personId, now)) told.push({ personId: row.personId });
  if (row.complainant !== null && row.complainant !== row.personId) {
    const account = await findAccountOfPerson(db, ctx.insurer, row.complainant);
    if (account && (await mayBeTold(db, ctx, row.complainant, now))) told.push({ accountId: account.id });
  }
  return told;
}

/** Tells the complainant's side; only ids, codes and moments are queued. Returns how many were told. */
export async function tellComplainant(
  db: Db,
  ctx: Ctx,
  row: Subject,
  template: TemplateCode,
  params: Record<string, string>,
  key: string,
  now: Date,
): Promise<number> {
  const told = await listTold(db, ctx, row, now);
  for (const [n, to] of told.entries())
    await queueMessage(db, ctx, {
      template,
      to,
      urgent: false,
      params: { complaint: row.id, ...params },
      now,
      key: `${key}/${template}/${n}`,
    });
  return told.length;
}

/** Tells the handler, or before there is one all of them; a supervisor as well where asked. */
export async function tellDesk(
  db: Db,
  ctx: Ctx,
  row: Subject,
  template: TemplateCode,
  to: { supervisor: boolean; due?: Date },
  key: string,
  now: Date,
): Promise<void> {
  const recipients: Recipient[] = [
    row.handler ? { accountId: row.handler } : { role: 'complaint-handler' satisfies Role },
    ...(to.supervisor ? [{ role: 'supervisor' as const }] : []),
  ];
  for (const [n, one] of recipients.entries())
    await queueMessage(db, ctx, {
      template,
      to: one,
      urgent: false,
      params: { complaint: row.id, ...(to.due ? { due: to.due.toISOString() } : {}) },
      now,
      key: `${key}/${template}/desk/${n}`,
    });
}
