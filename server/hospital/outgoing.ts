/** What a hospital's own system and the claims system are told (`server/outgoing/` calls them). */
import { openCaseForEvent } from '#server/cases/move-case.ts';
import type { CaseRow } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { recordDisclosure } from '#server/consents/disclosures.ts';
import { findConsent } from '#server/consents/queries.ts';
import type { HospitalBooking } from '#server/gateways/hospital.ts';
import type { Outgoing } from '#server/outgoing/call-outside.ts';
import { getPerson } from '#server/persons/queries.ts';
import { type Ctx, SYSTEM } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { findClaimFile } from './claim.ts';
import { findSlot } from './slots.ts';

/** The claim as a whole; the number that the claims system gives it, or ours, is noted as its reference. */
export const CLAIM_CALL: Outgoing = {
  byHand: 'case-manager',
  async make(ctx, row, key) {
    const { claims } = ctx.gateways;
    const claim = claims && (await inTransaction(ctx.pool, (db) => findClaimFile(db, ctx, row)));
    if (!claim) return undefined;
    const reference = (await claims.handOver(claim, key)) ?? row.number;
    return async (db) => {
      await sendSystemEvent(db, ctx, row.id, 'handOverClaim', await ctx.clock.now(db), { reference });
    };
  },
};

const entering = (act: 'book' | 'move'): Outgoing => ({
  byHand: 'supervisor',
  async make(ctx, row, key) {
    const { hospital } = ctx.gateways;
    const booking = hospital && (await inTransaction(ctx.pool, (db) => bookingOf(db, ctx, row)));
    if (!booking) return undefined;
    await hospital[act](booking, key);
    return async (db) => {
      await sendSystemEvent(db, ctx, row.id, 'enterBooking', await ctx.clock.now(db));
    };
  },
});

export const BOOKING_CALLS: Readonly<Record<'book' | 'move' | 'cancel', Outgoing>> = {
  book: entering('book'),
  move: entering('move'),
  cancel: {
    byHand: 'supervisor',
    async make(ctx, row, key) {
      await ctx.gateways.hospital?.cancel(row.number, key);
      return undefined;
    },
  },
};

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
