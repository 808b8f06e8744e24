/** What is known about the case a message speaks of, read once, before its words are picked. */
import { findService } from '#domain/plan/registry.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import { openSecrets } from '#server/accounts/accounts.ts';
import type { CaseMemory } from '#server/cases/memory.ts';
import { type CaseRow, findCase } from '#server/cases/queries.ts';
import { planOf } from '#server/cases/question.ts';
import { findPerson } from '#server/persons/queries.ts';
import { getPersonKey, openWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import type { OutboxRow } from './outbox-queries.ts';

type Payload = Readonly<Record<string, unknown>>;
export type KnownCase = {
  row: CaseRow;
  plan: Plan;
  service: Service;
  key: Buffer;
  memory: CaseMemory;
  /** The event that caused the message, with the state it led to; null for a timer's. */
  event: { type: string; stateAfter: string; payload: Payload } | null;
};
/** A message about to be told: its row, and its case when it has one. */
export type Known = {
  db: Db;
  ctx: Ctx;
  message: OutboxRow;
  params: Readonly<Record<string, string>>;
  of: KnownCase | null;
};

type EventRow = { id: string; type: string; stateAfter: string; payload: Buffer };
const eventById = sql<EventRow>(
  'messages.eventById',
  `select id, type, state_after as "stateAfter", payload from events where insurer = $1 and case_id = $2 and id = $3`,
);
const eventsBackwards = sql<EventRow>(
  'messages.eventsBackwards',
  `select id, type, state_after as "stateAfter", payload from events where insurer = $1 and case_id = $2 order by seq desc limit 200`,
);
const accountById = sql<{ id: string; personId: string | null; sealed: Buffer }>(
  'messages.account',
  'select id, person_id as "personId", sealed from accounts where insurer = $1 and id = $2',
);

export async function loadKnown(db: Db, ctx: Ctx, message: OutboxRow): Promise<Known> {
  const base = { db, ctx, message, params: message.params };
  const row = message.caseId === null ? undefined : await findCase(db, ctx, message.caseId);
  if (!row) return { ...base, of: null };
  const key = await getPersonKey(db, ctx, row.personId);
  const { plan, service } = planOf(ctx, row.plan, row.edition, row.service);
  const memory = openWith<CaseMemory>(key, ctx, 'cases', row.id, row.context);
  return {
    ...base,
    of: { row, plan, service, key, memory, event: await findCause(db, ctx, row.id, key, message.key) },
  };
}

/** Effects of an event carry its id in their key (`<event id>/<n>`), so that its own words can be told. */
async function findCause(
  db: Db,
  ctx: Ctx,
  caseId: string,
  key: Buffer,
  messageKey: string,
): Promise<KnownCase['event']> {
  const id = /^message\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//.exec(messageKey)?.[1];
  const found = id === undefined ? undefined : await queryOne(db, eventById, [ctx.insurer, caseId, id]);
  return found
    ? {
        type: found.type,
        stateAfter: found.stateAfter,
        payload: openWith<Payload>(key, ctx, 'events', found.id, found.payload),
      }
    : null;
}

/** The latest payload of the case that holds a field: a slot that was given back is still spoken of. */
export async function findPayloadWith(known: Known, field: string): Promise<Payload | undefined> {
  const { db, ctx, of } = known;
  if (!of) return undefined;
  for (const event of await query(db, eventsBackwards, [ctx.insurer, of.row.id])) {
    const payload = openWith<Payload>(of.key, ctx, 'events', event.id, event.payload);
    if (field in payload) return payload;
  }
  return undefined;
}

/** The name of an account: a member's is the person's. */
export async function findAccountName({ db, ctx }: Known, id: string | null | undefined): Promise<string | undefined> {
  const row = id ? await queryOne(db, accountById, [ctx.insurer, id]) : undefined;
  if (!row) return undefined;
  return row.personId === null
    ? ((await openSecrets(db, ctx, row)).name ?? undefined)
    : await findPersonName({ db, ctx }, row.personId);
}
export async function findPersonName(
  { db, ctx }: Pick<Known, 'db' | 'ctx'>,
  id: string | null | undefined,
): Promise<string | undefined> {
  return id ? (await findPerson(db, ctx, id))?.name : undefined;
}

/** The name of a service code in whichever plan has it, the case's own first. */
export function findServiceName(known: Known, code: string): Service['name'] | undefined {
  const plans = [...(known.of ? [known.of.plan] : []), ...known.ctx.plans];
  return plans.map((plan) => findService(plan, code)?.name).find((name) => name !== undefined);
}
