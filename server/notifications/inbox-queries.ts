/** SQL of inboxes and of the sandbox's message viewer; newest first. */
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type Cursor = { at: Date; id: string };
export type InboxRow = {
  id: string;
  ownerKind: 'person' | 'account';
  ownerId: string;
  caseId: string | null;
  caseNumber: string | null;
  /** Of the case, when it is about one. */
  casePersonId: string | null;
  sealedFor: string | null;
  /** The wrapped key of that person; null when she was erased. */
  wrapped: Buffer | null;
  sealed: Buffer;
  at: Date;
  readAt: Date | null;
};
export type OutsideRow = { id: string; at: Date; sealed: Buffer };
export type OpenDelivery = OutsideRow & { personId: string; channel: 'sms' | 'wechat'; state: string };

const inboxColumns = `m.id, m.owner_kind as "ownerKind", m.owner_id as "ownerId", m.case_id as "caseId", c.number as "caseNumber", c.person_id as "casePersonId",
  m.sealed_for as "sealedFor", k.wrapped, m.sealed,
  m.created_at as at, m.read_at as "readAt"
  from inbox_messages m left join cases c on c.insurer = m.insurer and c.id = m.case_id
  left join person_keys k on k.insurer = m.insurer and k.person_id = m.sealed_for`;
const listOwn = sql<InboxRow>(
  'inbox.listOwn',
  `select ${inboxColumns} where m.insurer = $1 and m.owner_id = $2 and (m.created_at, m.id) < ($3, $4::uuid)
    order by m.created_at desc, m.id desc limit $5`,
);
const listAll = sql<InboxRow>(
  'inbox.listAll',
  `select ${inboxColumns} where m.insurer = $1 and (m.created_at, m.id) < ($2, $3::uuid) order by m.created_at desc, m.id desc limit $4`,
);
const markRead = sql<{ caseId: string | null; template: string }>(
  'inbox.markRead',
  `update inbox_messages set read_at = coalesce(read_at, $4) where insurer = $1 and id = $2 and owner_id = $3
   returning case_id as "caseId", template`,
);
const listShown = sql<OutsideRow>(
  'inbox.listShown',
  `select id, at, sealed from sandbox_outside where insurer = $1 and (at, id) < ($2, $3::uuid) order by at desc, id desc limit $4`,
);
const listOpen = sql<OpenDelivery>(
  'inbox.listOpen',
  `select id, created_at as at, sealed, person_id as "personId", channel, state from deliveries
    where insurer = $1 and state in ('waiting', 'ready', 'queued', 'failed') and (created_at, id) < ($2, $3::uuid)
    order by created_at desc, id desc limit $4`,
);

export const listInbox = (db: Db, ctx: Keys, owner: string, before: Cursor, limit: number) =>
  query(db, listOwn, [ctx.insurer, owner, before.at, before.id, limit]);
/** Marks a message of this owner read, once. Undefined: no such message in this inbox. */
export const markInboxRead = (db: Db, ctx: Keys, owner: string, id: string, now: Date) =>
  queryOne(db, markRead, [ctx.insurer, id, owner, now]);

/** Sandbox only: everybody's inboxes, what was shown instead of sent, and what still waits. */
export const listAllInboxes = (db: Db, ctx: Keys, before: Cursor, limit: number) =>
  query(db, listAll, [ctx.insurer, before.at, before.id, limit]);
export const listShownOutside = (db: Db, ctx: Keys, before: Cursor, limit: number) =>
  query(db, listShown, [ctx.insurer, before.at, before.id, limit]);
export const listOpenDeliveries = (db: Db, ctx: Keys, before: Cursor, limit: number) =>
  query(db, listOpen, [ctx.insurer, before.at, before.id, limit]);
