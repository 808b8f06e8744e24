/** What a hospital's own system and the claims system are told: left behind by an event, called after its commit. */

import { tell } from '#server/cases/apply-changes.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { type CaseRow, findCase, findCaseForUpdate } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { recordDisclosure } from '#server/consents/disclosures.ts';
import { findConsent } from '#server/consents/queries.ts';
import type { HospitalBooking } from '#server/gateways/hospital.ts';
import { GatewayFailed } from '#server/gateways/signed-post.ts';
import { backOff, MOST_ATTEMPTS } from '#server/notifications/outbox-queries.ts';
import { getPerson } from '#server/persons/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import { type Ctx, SYSTEM } from '#server/platform/context.ts';
import { type Db, inTransaction, query, queryOne, sql } from '#server/platform/db.ts';
import { findClaimFile } from './claim.ts';
import { findSlot } from './slots.ts';

type Act = 'book' | 'move' | 'cancel' | 'claim';
type Call = { id: string; caseId: string; act: Act; key: string; attempts: number };

// The next try is set with the claim: a process that dies in the call leaves it to be tried again.
const claimCall = sql<Call>(
  'outgoing.claim',
  `update outgoing_calls set attempts = attempts + 1, next_try_at = $3 where insurer = $1 and id = (
     select id from outgoing_calls where insurer = $1 and state = 'ready' and (next_try_at is null or next_try_at <= $2)
     order by id limit 1 for update skip locked)
   returning id, case_id as "caseId", act, unique_key as "key", attempts`,
);
const endCall = sql<never>(
  'outgoing.end',
  'update outgoing_calls set state = $3, last_error = $4 where insurer = $1 and id = $2',
);
const retryCall = sql<never>(
  'outgoing.retry',
  'update outgoing_calls set next_try_at = $3, last_error = $4 where insurer = $1 and id = $2',
);

/** Works off what is ready now, one call after the other; returns how many were made. */
export async function callOutside(ctx: Ctx): Promise<number> {
  for (let made = 0; ; made += 1) {
    const machine = machineNow();
    const call = await queryOne(ctx.pool, claimCall, [ctx.insurer, machine, new Date(machine.getTime() + 60_000)]);
    if (!call) return made;
    try {
      const after = await make(ctx, call);
      await inTransaction(ctx.pool, async (db) => {
        await after(db);
        await query(db, endCall, [ctx.insurer, call.id, 'done', null]);
      });
    } catch (error) {
      if (!(error instanceof GatewayFailed)) throw error;
      if (error.retry && call.attempts < MOST_ATTEMPTS)
        await query(ctx.pool, retryCall, [ctx.insurer, call.id, backOff(machine, call.attempts), error.code]);
      else await giveUp(ctx, call, error.code);
    }
  }
}

/** A person has to do it by hand: it is said to those who can. */
const giveUp = (ctx: Ctx, call: Call, code: string) =>
  inTransaction(ctx.pool, async (db) => {
    const row = await findCaseForUpdate(db, ctx, call.caseId);
    await query(db, endCall, [ctx.insurer, call.id, 'failed', code]);
    const audience = call.act === 'claim' ? 'case-manager' : 'supervisor';
    if (row) await tell(db, ctx, row, audience, 'case-waits', false, `outgoing/${call.id}`, await ctx.clock.now(db));
  });

type After = (db: Db) => Promise<void>;
const nothing: After = async () => {};

/** Makes one call outside any transaction; what is true by its answer is returned to be written down. */
async function make(ctx: Ctx, { caseId, act, key }: Call): Promise<After> {
  const row = await findCase(ctx.pool, ctx, caseId);
  const { hospital, claims } = ctx.gateways;
  if (!row) return nothing;
  if (act === 'claim') {
    const claim = claims && (await inTransaction(ctx.pool, (db) => findClaimFile(db, ctx, row)));
    if (!claim) return nothing;
    const reference = (await claims.handOver(claim, key)) ?? row.number;
    return async (db) => {
      await sendSystemEvent(db, ctx, caseId, 'handOverClaim', await ctx.clock.now(db), { reference });
    };
  }
  if (!hospital) return nothing;
  if (act === 'cancel') {
    await hospital.cancel(row.number, key);
    return nothing;
  }
  const booking = await inTransaction(ctx.pool, (db) => bookingOf(db, ctx, row));
  if (!booking) return nothing;
  await hospital[act](booking, key);
  return async (db) => {
    await sendSystemEvent(db, ctx, caseId, 'enterBooking', await ctx.clock.now(db));
  };
}

/** What the consent names, and its disclosure on record; undefined where the booking or the consent is no more. */
async function bookingOf(db: Db, ctx: Ctx, row: CaseRow): Promise<HospitalBooking | undefined> {
  const now = await ctx.clock.now(db);
  const { memory } = await openCaseForEvent(db, ctx, row);
  const slotId = memory.chart.slotId as string | null;
  const slot = slotId === null || row.state !== 'booked' ? undefined : await findSlot(db, ctx, slotId);
  const consent =
    slot && (await findConsent(db, ctx, { personId: row.personId, caseId: row.id, recipient: slot.provider, now }));
  if (!slot || !consent) return undefined;
  await recordDisclosure(db, ctx, {
    personId: row.personId,
    caseId: row.id,
    recipient: slot.provider,
    actor: SYSTEM,
    groups: ['identity', 'contact', 'request', 'booking'],
    fields: ['person.name', 'person.idType', 'person.idNumber', 'person.phone', 'form.needs', 'offer.visitAt'],
    contentVersion: String(row.version),
    consentId: consent.id,
    now,
  });
  const { name, idType, idNumber, phone } = await getPerson(db, ctx, row.personId);
  return {
    number: row.number,
    person: { name, idType, idNumber, phone },
    item: slot.item,
    department: slot.department,
    doctor: slot.doctor,
    package: slot.package,
    startsAt: slot.startsAt.toISOString(),
    needs: String(memory.request.form.needs ?? ''),
  };
}
