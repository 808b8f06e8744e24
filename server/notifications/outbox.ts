/** What a business transaction leaves behind for others to be told: a template's code and ids, never text. */
import type { Role } from '#contract/common.ts';
import { findTemplate } from '#domain/messages/templates.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

/**
 * Exactly one: a person (the member, with or without an account), an account, the desk of a provider's staff, or
 * everyone on staff in a role.
 */
export type Recipient = { accountId?: string; personId?: string; provider?: string; role?: Role };

export type MessageInput = {
  /** A code of domain/messages/templates.ts. */
  template: string;
  to: Recipient;
  /** The case it speaks of: most of its words are looked up there when it is rendered. */
  caseId?: string;
  /** Goes out at night as well. */
  urgent: boolean;
  /** Ids, codes and moments (ISO 8601) that the case alone does not tell; words.ts says which are understood. */
  params?: Readonly<Record<string, string>>;
  /** Business time. */
  now: Date;
  /** Unique within the insurer, `<event id>/<n>`: a second message under one key is the same message. */
  key: string;
};
export type LiveInput = { kind: 'case' | 'inbox' | 'clock'; id?: string; key: string; now: Date };

const insertMessage = sql<never>(
  'outbox.insertMessage',
  `insert into outbox (insurer, id, channel, unique_key, template, account_id, person_id, provider, role, case_id, params, urgent, created_at)
   values ($1, $2, 'message', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (insurer, unique_key) do nothing`,
);
const insertLive = sql<never>(
  'outbox.insertLive',
  `insert into outbox (insurer, id, channel, unique_key, live_kind, case_id, created_at)
   values ($1, $2, 'live', $3, $4, $5, $6) on conflict (insurer, unique_key) do nothing`,
);

/**
 * Tells somebody something, in the transaction that makes it true: rolled back with it. The dispatcher renders and
 * delivers it afterwards; a person who has died gets nothing. Throws on an unknown template and on a recipient that
 * is not exactly one.
 */
export async function queueMessage(db: Db, ctx: Pick<Ctx, 'insurer'>, message: MessageInput): Promise<void> {
  if (!findTemplate(message.template)) throw new Error(`There is no message template "${message.template}".`);
  const { accountId = null, personId = null, provider = null, role = null } = message.to;
  if ([accountId, personId, provider, role].filter((one) => one !== null).length !== 1) {
    throw new Error(
      `The message "${message.template}" names ${JSON.stringify(Object.keys(message.to))} as recipient: give exactly one.`,
    );
  }
  await query(db, insertMessage, [
    ctx.insurer,
    uuidv7(),
    `message/${message.key}`,
    message.template,
    accountId,
    personId,
    provider,
    role,
    message.caseId ?? null,
    JSON.stringify(message.params ?? {}),
    message.urgent,
    message.now,
  ]);
}

/**
 * Has open screens look again after this transaction's commit: `case` (id: the case) or `clock` (sandbox time moved).
 * The dispatcher sends the NOTIFY, never the business transaction.
 */
export async function queueLive(db: Db, ctx: Pick<Ctx, 'insurer'>, live: LiveInput): Promise<void> {
  await query(db, insertLive, [ctx.insurer, uuidv7(), `live/${live.key}`, live.kind, live.id ?? null, live.now]);
}
