/** A hospital's slots, its day, and the claims desk's file (handbook 2.7). */
import { z } from 'zod';
import { CaseSummary } from './cases.ts';
import { DayText, Id, listOf, Moment } from './common.ts';

const Item = z.enum(['outpatient', 'expert', 'check-up', 'accompaniment']);
export const SlotView = z.strictObject({
  id: Id,
  item: Item,
  department: z.string(),
  place: z.string(),
  doctor: z.string(),
  rank: z.string(),
  focus: z.string(),
  package: z.string(),
  forWhom: z.string(),
  includes: z.array(z.string()),
  prepare: z.string(),
  /** What the member pays at the hospital, in 分; null: to be asked there. */
  price: z.number().int().nullable(),
  startsAt: Moment,
  endsAt: Moment,
  /** Places that are left. */
  free: z.number().int(),
  sample: z.boolean(),
});
export type SlotView = z.infer<typeof SlotView>;

/** A slot as its hospital's desk has it: who comes, in the words that the consents let through. */
export const DeskSlot = SlotView.extend({
  capacity: z.number().int(),
  taken: z.number().int(),
  closed: z.boolean(),
  booked: z.array(
    CaseSummary.pick({ id: true, number: true, state: true, stateLabel: true, version: true, person: true }),
  ),
});
export type DeskSlot = z.infer<typeof DeskSlot>;
export const HospitalDay = z.strictObject({ day: DayText, slots: z.array(DeskSlot) });
export type HospitalDay = z.infer<typeof HospitalDay>;

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time as HH:MM' });
export const OpenSeries = z.strictObject({
  item: Item,
  department: z.string().max(60).default(''),
  doctor: z.string().max(60).default(''),
  package: z.string().max(60).default(''),
  from: DayText,
  to: DayText.nullable().default(null),
  /** 1 is Monday, 7 Sunday; empty: every day. */
  weekdays: z.array(z.int().min(1).max(7)).max(7).default([]),
  opens: Time,
  closes: Time,
  minutes: z.int().min(5).max(720),
  capacity: z.int().min(1).max(200),
});
export const SlotsOpened = z.strictObject({ added: z.number().int(), changed: z.number().int() });
/** One slot, or with `day` alone everything of that day; whoever had booked is told and chooses again. */
export const CloseSlots = z
  .strictObject({ slotId: Id.optional(), day: DayText.optional() })
  .refine(({ slotId, day }) => (slotId === undefined) !== (day === undefined), { error: 'slotId or day, one of them' });
export const SlotsClosed = z.strictObject({ closed: z.number().int(), told: z.number().int() });

/** A check-up package as its hospital offers it; `price` in 分, null: to be asked there. */
export const HospitalPackage = z.strictObject({
  name: z.string().trim().min(1).max(60),
  forWhom: z.string().trim().max(200).default(''),
  /** Its examinations. */
  includes: z.array(z.string().trim().min(1).max(60)).min(1).max(60),
  prepare: z.string().trim().max(500).default(''),
  price: z.int().min(0).max(100_000_000).nullable().default(null),
  place: z.string().trim().max(100).default(''),
});
export const HospitalPackageView = HospitalPackage.extend({ sample: z.boolean() });
export type HospitalPackageView = z.infer<typeof HospitalPackageView>;
export const HospitalPackages = listOf(HospitalPackageView);
/** `unchanged`: it stood like this already. */
export const PackageSaved = z.strictObject({ outcome: z.enum(['added', 'changed', 'unchanged']) });
/** Its times that are not over are closed with it; whoever had booked one is told and chooses again. */
export const DropPackage = z.strictObject({ name: z.string().min(1).max(60) });
