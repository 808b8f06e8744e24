/** Turns one outbox row into what stands in inboxes and what leaves the house. */
import { mayLeaveFrom } from '#domain/messages/quiet-hours.ts';
import { placeholdersOf, renderMessage } from '#domain/messages/render.ts';
import type { LiveEvent } from '#server/live/notify.ts';
import { sealFor, sealInsurer } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { setTimer } from '#server/timers/timers.ts';
import type { OutboxRow } from './outbox-queries.ts';
import { listOwners, type Owner } from './recipients.ts';
import { type Channel, waysTo } from './wechat.ts';
import { loadWords } from './words.ts';

/** What is sealed in an inbox row: the text in both languages, as it was told. */
export type InboxText = Record<'zh' | 'en', { subject: string; body: string }>;
type Outgoing = { text: InboxText; outside: string | null };

const insertInbox = sql<{ id: string }>(
  'deliver.insertInbox',
  `insert into inbox_messages (insurer, id, outbox_id, owner_kind, owner_id, template, case_id, urgent, sealed_for, sealed, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (insurer, outbox_id, owner_id) do nothing returning id`,
);
const insertDelivery = sql<{ id: string }>(
  'deliver.insertDelivery',
  `insert into deliveries (insurer, id, outbox_id, person_id, channel, state, urgent, sealed, job_id, created_at, leaves_at)
   values ($1, $2, $3, $4, $11, $5, $6, $7, $8, $9, $10) on conflict (insurer, outbox_id, person_id, channel) do nothing returning id`,
);

/** In the dispatcher's transaction. Returns what open screens should hear of. `now`: business time. */
export async function deliverMessage(db: Db, ctx: Ctx, message: OutboxRow, now: Date): Promise<LiveEvent[]> {
  const owners = await listOwners(db, ctx, message, now);
  if (owners.length === 0) return [];
  const outgoing = await render(db, ctx, message);
  for (const owner of owners) {
    await putInInbox(db, ctx, message, owner, outgoing.text);
    if (owner.kind === 'account' || outgoing.outside === null) continue;
    for (const channel of await waysTo(db, ctx, owner.id, message.urgent))
      await prepareOutside(db, ctx, message, owner.id, channel, outgoing.outside, now);
  }
  return owners.map(({ id }) => ({ kind: 'inbox', id }));
}

async function render(db: Db, ctx: Ctx, message: OutboxRow): Promise<Outgoing> {
  const template = message.template ?? '';
  const words = await loadWords(db, ctx, message, placeholdersOf(template));
  const [zh, en] = [renderMessage(template, 'zh', words), renderMessage(template, 'en', words)];
  // Accounts hold no language: the inbox keeps both, and what leaves the house speaks Chinese.
  return {
    text: { zh: { subject: zh.subject, body: zh.body }, en: { subject: en.subject, body: en.body } },
    outside: zh.outside,
  };
}

async function putInInbox(db: Db, ctx: Ctx, message: OutboxRow, owner: Owner, text: InboxText): Promise<void> {
  const id = uuidv7();
  const sealed =
    owner.kind === 'person'
      ? await sealFor(db, ctx, owner.about, 'inbox_messages', id, text)
      : sealInsurer(ctx, 'inbox_messages', id, text);
  await query(db, insertInbox, [
    ctx.insurer,
    id,
    message.id,
    owner.kind,
    owner.id,
    message.template,
    message.caseId,
    message.urgent,
    owner.about,
    sealed,
    message.createdAt,
  ]);
}

async function prepareOutside(
  db: Db,
  ctx: Ctx,
  message: OutboxRow,
  personId: string,
  channel: Channel,
  body: string,
  now: Date,
): Promise<void> {
  const id = uuidv7();
  const leavesAt = mayLeaveFrom(message.createdAt, message.urgent) ?? message.createdAt;
  const later = leavesAt > now;
  const sealed = await sealFor(db, ctx, personId, 'deliveries', id, { body });
  const made = await query(db, insertDelivery, [
    ctx.insurer,
    id,
    message.id,
    personId,
    later ? 'waiting' : 'ready',
    message.urgent,
    sealed,
    uuidv7(),
    message.createdAt,
    leavesAt,
    channel,
  ]);
  if (later && made.length > 0) await waitUntil(db, ctx, id, leavesAt);
}

/** Sets the timer that lets a waiting message go. */
export const waitUntil = (db: Db, ctx: Pick<Ctx, 'insurer'>, delivery: string, opens: Date): Promise<void> =>
  setTimer(db, ctx, {
    dueAt: opens,
    kind: 'send-outside',
    subject: delivery,
    key: `send-outside/${delivery}/${opens.toISOString()}`,
  });
