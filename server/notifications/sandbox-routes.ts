/** Sandbox only: every message, to whomever and by whatever way, one-time codes included. All persons are invented. */
import type { z } from 'zod';
import { listOf, PageQuery } from '#contract/common.ts';
import { SandboxMessage } from '#contract/people.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { openSecrets } from '#server/accounts/accounts.ts';
import type { App } from '#server/app.ts';
import { findPerson } from '#server/persons/queries.ts';
import { openFor, openInsurer } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';
import type { Language } from '#server/platform/problem.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type Cursor, listAllInboxes, listOpenDeliveries, listShownOutside } from './inbox-queries.ts';
import { openText } from './routes.ts';

type Shown = Cursor & Omit<z.infer<typeof SandboxMessage>, 'at' | 'id'>;

const staffById = sql<{ id: string; personId: null; sealed: Buffer }>(
  'viewer.staff',
  'select id, person_id as "personId", sealed from accounts where insurer = $1 and id = $2',
);

/** Throws at boot outside a sandbox. */
export async function sandboxMessageRoutes(app: App, options: { mode: string }): Promise<void> {
  if (options.mode !== 'sandbox') throw new Error('The routes of the sandbox exist only in a sandbox.');

  app.get(
    '/sandbox/messages',
    { config: { allow: 'public' }, schema: { querystring: PageQuery, response: { 200: listOf(SandboxMessage) } } },
    async ({ ctx, lang, query }) => {
      const before = readCursor(query.cursor);
      const limit = query.limit + 1;
      const found = [
        ...(await viewInboxes(ctx.pool, ctx, before, limit, lang)),
        ...(await viewOutside(ctx, before, limit)),
        ...(await viewOpen(ctx.pool, ctx, before, limit)),
      ].toSorted(newestFirst);
      const rows = found.slice(0, query.limit);
      const last = found.length > query.limit ? rows.at(-1) : undefined;
      return {
        items: rows.map(({ at, ...rest }) => ({ ...rest, at: formatInstant(at) })),
        next: last ? writeCursor(last) : null,
      };
    },
  );
}

const newestFirst = (a: Cursor, b: Cursor): number => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);

async function viewInboxes(db: Db, ctx: Ctx, before: Cursor, limit: number, lang: Language): Promise<Shown[]> {
  const rows = await listAllInboxes(db, ctx, before, limit);
  const names = new Map<string, string>();
  for (const row of rows)
    if (!names.has(row.ownerId)) names.set(row.ownerId, await nameOf(db, ctx, row.ownerKind, row.ownerId));
  return rows.flatMap((row): Shown[] => {
    const text = openText(ctx, row)?.[lang];
    const { id, at, readAt } = row;
    const to = names.get(row.ownerId) ?? '';
    return text ? [{ id, at, channel: 'inbox', to, ...text, state: readAt ? 'read' : 'delivered' }] : [];
  });
}

async function viewOutside(ctx: Ctx, before: Cursor, limit: number): Promise<Shown[]> {
  return (await listShownOutside(ctx.pool, ctx, before, limit)).map(({ id, at, sealed }) => ({
    id,
    at,
    channel: 'sms',
    subject: '',
    state: ctx.sms.outcome,
    ...openInsurer<{ to: string; body: string }>(ctx, 'sandbox_outside', id, sealed),
  }));
}

/** What has not left yet, or was given up. */
async function viewOpen(db: Db, ctx: Ctx, before: Cursor, limit: number): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const { id, at, personId, channel, state, sealed } of await listOpenDeliveries(db, ctx, before, limit)) {
    const { body } = await openFor<{ body: string }>(db, ctx, personId, 'deliveries', id, sealed);
    shown.push({
      id,
      at,
      channel,
      subject: '',
      to: (await findPerson(db, ctx, personId))?.phone ?? '',
      body,
      state,
    });
  }
  return shown;
}

async function nameOf(db: Db, ctx: Ctx, kind: 'person' | 'account', id: string): Promise<string> {
  if (kind === 'person') return (await findPerson(db, ctx, id))?.name ?? '';
  const row = await queryOne(db, staffById, [ctx.insurer, id]);
  return (row && (await openSecrets(db, ctx, row)).name) ?? '';
}
