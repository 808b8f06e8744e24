/** Steps of a case at the hospital that stories share, through HTTP. */
import type { z } from 'zod';
import type { HospitalDay, SlotView } from '#contract/hospital.ts';
import type { Player } from '#server/sandbox/player.ts';
import type { TestApp } from '#tests/with-app.ts';
import type { Ids } from './outpatient.ts';

export const SERVICE = 'hospital-assist';
export type Slot = z.infer<typeof SlotView>;

/** The body of a request for an item, with the consents that this item asks for. */
export async function bodyFor(
  player: Player,
  ids: Ids,
  item: string,
  change: object = {},
): Promise<Record<string, unknown>> {
  const form = await player.form(SERVICE, ids.policyId, ids.personId);
  return {
    service: SERVICE,
    ...ids,
    form: { item },
    consents: form.consents
      .filter(({ items }) => items === null || items.includes(item))
      .map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
    ...change,
  };
}
export async function ask(on: TestApp, key: string, ids: Ids, item: string): Promise<{ player: Player; id: string }> {
  const player = await on.as(key);
  return { player, id: (await player.request(await bodyFor(player, ids, item))).id };
}
export const slotsOf = async (player: Player, id: string): Promise<Slot[]> =>
  (await player.must<{ items: Slot[] }>('GET', `/hospital/slots?caseId=${id}`)).items;
export const dayOf = (staff: Player, on: string): Promise<z.infer<typeof HospitalDay>> =>
  staff.must('GET', `/hospital/day?on=${on}`);

/** The hospital opens a series; the story's own doctor keeps it apart from others. */
export const openSeries = (staff: Player, change: object = {}): Promise<{ added: number; changed: number }> =>
  staff.must('POST', '/hospital/slots', {
    item: 'expert',
    department: '心血管内科',
    doctor: '示例医生弘一',
    from: '2026-11-25',
    opens: '09:00',
    closes: '10:00',
    minutes: 30,
    capacity: 1,
    ...change,
  });

/** From the request to a booked slot. */
export async function book(
  on: TestApp,
  key: string,
  ids: Ids,
  item: string,
  which: (slot: Slot) => boolean = () => true,
): Promise<{ player: Player; id: string; slot: Slot }> {
  const { player, id } = await ask(on, key, ids, item);
  const slot = (await slotsOf(player, id)).find(which)!;
  await player.event(id, 'holdSlot', { slot: slot.id });
  await player.event(id, 'confirmBooking');
  return { player, id, slot };
}
