/** Everyone's own inbox, in the caller's language, newest first. */
import { z } from 'zod';
import { Id, listOf, PageQuery } from '#contract/common.ts';
import { InboxMessage } from '#contract/people.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import type { App } from '#server/app.ts';
import { recordAudit } from '#server/audit/record.ts';
import { maySeeCase } from '#server/cases/access.ts';
import { onMessageRead } from '#server/cases/letters.ts';
import { openInsurer, openWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { unwrapDataKey } from '#server/platform/crypto.ts';
import { inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { InboxText } from './deliver.ts';
import { type InboxRow, listInbox, markInboxRead } from './inbox-queries.ts';

export async function messageRoutes(app: App): Promise<void> {
  app.get(
    '/messages',
    { config: { allow: 'signed-in' }, schema: { querystring: PageQuery, response: { 200: listOf(InboxMessage) } } },
    async ({ ctx, actor, lang, query }) => {
      const page = await listMessages(ctx, actor, lang, query);
      if (page.items.length > 0) await recordListing(ctx, actor, page.items.length);
      return page;
    },
  );

  app.post(
    '/messages/:id/read',
    {
      config: { allow: 'signed-in', replay: true },
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
        await onMessageRead(db, ctx, params.id, now);
      });
      return reply.code(204).send(null);
    },
  );
}

/** A page of the caller's own inbox, newest first; what may not be read any more is left out. */
export async function listMessages(
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: z.infer<typeof InboxMessage>[]; next: string | null }> {
  const found = await listInbox(ctx.pool, ctx, ownerOf(actor), readCursor(page.cursor), page.limit + 1);
  const rows = found.slice(0, page.limit);
  const items: z.infer<typeof InboxMessage>[] = [];
  for (const row of rows) {
    const text = (await mayStillRead(ctx, actor, row)) ? openText(ctx, row) : undefined;
    if (text) items.push(view(row, text[lang]));
  }
  const last = found.length > page.limit ? rows.at(-1) : undefined;
  return { items, next: last ? writeCursor(last) : null };
}

/** Members read what was told to their person, staff what was told to their account. */
export function ownerOf(actor: Pick<Actor, 'personId' | 'accountId'>): string {
  const owner = actor.personId ?? actor.accountId;
  if (owner === null) throw new Problem('sign-in-needed');
  return owner;
}

/** The text of a row; undefined when the person it speaks of was erased. */
export function openText(ctx: Ctx, row: InboxRow): InboxText | undefined {
  if (row.sealedFor === null) return openInsurer<InboxText>(ctx, 'inbox_messages', row.id, row.sealed);
  if (row.wrapped === null) return undefined;
  const key = unwrapDataKey(ctx.keyRing, ctx.insurer, row.sealedFor, row.wrapped);
  return openWith<InboxText>(key, ctx, 'inbox_messages', row.id, row.sealed);
}

/** Messages about another person's case are there only while the caller may see that case (contract 3). */
async function mayStillRead(ctx: Ctx, actor: Actor, row: InboxRow): Promise<boolean> {
  if (row.ownerKind === 'account' || row.caseId === null || row.casePersonId === actor.personId) return true;
  return await maySeeCase(ctx, actor, row.caseId);
}

async function recordListing(ctx: Ctx, actor: Actor, rows: number): Promise<void> {
  const person = actor.personId ? { personId: actor.personId } : {};
  await inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    await recordAudit(db, ctx, {
      actor,
      action: 'message.listed',
      subject: 'messages',
      ...person,
      details: { rows },
      now,
    });
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
