/** Everyone's own inbox, in the caller's language, newest first. */
import { z } from 'zod';
import { Id, listOf, PageQuery } from '#contract/common.ts';
import { InboxMessage } from '#contract/people.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import type { App } from '#server/app.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getPersonKey, openInsurer, openWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { InboxText } from './deliver.ts';
import { type InboxRow, listInbox, markInboxRead } from './inbox-queries.ts';

export async function messageRoutes(app: App): Promise<void> {
  app.get(
    '/messages',
    { config: { allow: 'signed-in' }, schema: { querystring: PageQuery, response: { 200: listOf(InboxMessage) } } },
    async ({ ctx, actor, lang, query }) => {
      const before = readCursor(query.cursor);
      return await inTransaction(ctx.pool, async (db) => {
        const found = await listInbox(db, ctx, ownerOf(actor), before, query.limit + 1);
        const rows = found.slice(0, query.limit);
        const texts = await openTexts(db, ctx, rows);
        if (rows.length > 0) await recordListing(db, ctx, actor, rows.length);
        const last = found.length > query.limit ? rows.at(-1) : undefined;
        return { items: rows.map((row, i) => view(row, texts[i]![lang])), next: last ? writeCursor(last) : null };
      });
    },
  );

  app.post(
    '/messages/:id/read',
    {
      config: { allow: 'signed-in' },
      schema: { params: z.strictObject({ id: Id }), body: z.strictObject({}).nullish(), response: { 204: z.null() } },
    },
    async ({ ctx, actor, params }, reply) => {
      await inTransaction(ctx.pool, async (db) => {
        const now = await ctx.clock.now(db);
        const read = await markInboxRead(db, ctx, ownerOf(actor), params.id, now);
        if (!read) throw new Problem('not-found');
        await recordAudit(db, ctx, {
          actor,
          action: 'message.read',
          subject: `message:${params.id}`,
          now,
          details: { template: read.template },
          ...(read.caseId ? { caseId: read.caseId } : {}),
          ...(actor.personId ? { personId: actor.personId } : {}),
        });
      });
      return reply.code(204).send(null);
    },
  );
}

/** Members read what was told to their person, staff what was told to their account. */
export function ownerOf(actor: Pick<Actor, 'personId' | 'accountId'>): string {
  const owner = actor.personId ?? actor.accountId;
  if (owner === null) throw new Problem('sign-in-needed');
  return owner;
}

/** Opens rows of one or of many owners; each person's key is read once. */
export async function openTexts(db: Db, ctx: Ctx, rows: readonly InboxRow[]): Promise<InboxText[]> {
  const keys = new Map<string, Buffer>();
  const texts: InboxText[] = [];
  for (const row of rows) {
    if (row.ownerKind === 'account') {
      texts.push(openInsurer<InboxText>(ctx, 'inbox_messages', row.id, row.sealed));
      continue;
    }
    const key = keys.get(row.ownerId) ?? (await getPersonKey(db, ctx, row.ownerId));
    keys.set(row.ownerId, key);
    texts.push(openWith<InboxText>(key, ctx, 'inbox_messages', row.id, row.sealed));
  }
  return texts;
}

async function recordListing(db: Db, ctx: Ctx, actor: Actor, rows: number): Promise<void> {
  const now = await ctx.clock.now(db);
  const person = actor.personId ? { personId: actor.personId } : {};
  await recordAudit(db, ctx, {
    actor,
    action: 'message.listed',
    subject: 'messages',
    ...person,
    details: { rows },
    now,
  });
}

const view = (row: InboxRow, { subject, body }: { subject: string; body: string }) => ({
  id: row.id,
  at: formatInstant(row.at),
  subject,
  body,
  caseId: row.caseId,
  caseNumber: row.caseNumber,
  readAt: row.readAt && formatInstant(row.readAt),
});
