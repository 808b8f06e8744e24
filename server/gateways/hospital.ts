/**
 * A hospital's own system. Without one configured, Yilu's rows of slots are the system and nothing is called. Every call
 * carries an idempotency key: called again, the hospital does it once.
 */
import { z } from 'zod';
import { Moment } from '#contract/common.ts';
import { type GatewayTarget, signedPost } from './signed-post.ts';

/** Who comes when, as far as the consent to the hospital goes. */
export type HospitalBooking = {
  number: string;
  person: { name: string; idType: string; idNumber: string; phone: string };
  item: string;
  department: string;
  doctor: string;
  package: string;
  startsAt: string;
  needs: string;
};
/** A slot as the hospital's system has it. */
export const HospitalSlot = z.object({
  item: z.enum(['outpatient', 'expert', 'check-up', 'accompaniment']),
  department: z.string().max(60).default(''),
  doctor: z.string().max(60).default(''),
  package: z.string().max(60).default(''),
  startsAt: Moment,
  endsAt: Moment,
  capacity: z.int().min(1).max(200),
});
export type HospitalSlot = z.infer<typeof HospitalSlot>;

/** Each throws GatewayFailed. */
export interface HospitalGateway {
  book(booking: HospitalBooking, key: string): Promise<void>;
  move(booking: HospitalBooking, key: string): Promise<void>;
  /** The number of the case says which; nothing of the person leaves for it. */
  cancel(number: string, key: string): Promise<void>;
  /** The slots between two days, both included. */
  slots(from: string, to: string): Promise<HospitalSlot[]>;
}

const Slots = z.object({ slots: z.array(HospitalSlot).max(10_000) });

/** One address; `act` in the body says what is asked. */
export const openHttpHospital = (target: GatewayTarget): HospitalGateway => ({
  async book(booking, key) {
    await signedPost(target, { act: 'book', ...booking }, key);
  },
  async move(booking, key) {
    await signedPost(target, { act: 'move', ...booking }, key);
  },
  async cancel(number, key) {
    await signedPost(target, { act: 'cancel', number }, key);
  },
  async slots(from, to) {
    return Slots.parse((await signedPost(target, { act: 'slots', from, to }, `slots/${from}/${to}`)).body).slots;
  },
});
