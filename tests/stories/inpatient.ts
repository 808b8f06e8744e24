/** Steps of an admission case that stories share, through HTTP; the request and its review are the outpatient one's. */

import type { Player } from '#server/sandbox/player.ts';
import { WORKERS } from '#server/sandbox/workers.ts';
import type { TestApp } from '#tests/with-app.ts';
import { accept, ask, type Change, hospitalRow, type Ids, offerBody } from './outpatient.ts';

export const SERVICE = 'inpatient-access';

/** A member asks for an admission; `with: ['admission-certificate']` where she has one already. */
export const askForBed = (on: TestApp, key: string, ids: Ids, change: Change = {}) =>
  ask(on, key, ids, { service: SERVICE, ...change });

/** The case manager who was named, signed in. */
export async function namedManager(on: TestApp, id: string): Promise<Player> {
  const { assignee } = await (await on.as('supervisor')).case(id);
  const worker = WORKERS.find(({ name }) => name === assignee);
  if (worker) return on.as(worker.key);
  throw new Error(`Nobody of the sandbox is "${assignee}"`);
}

/** Triage written and the case handed to the provider, by the named case manager. */
export async function handOverForBed(on: TestApp, id: string, provider = 'shangyong'): Promise<Player> {
  const manager = await namedManager(on, id);
  const hospital = await hospitalRow(manager);
  await manager.event(id, 'writeCarePath', {
    hospital: hospital.id,
    department: hospital.row.departments?.[0] ?? '',
    expert: '示例专家',
    why: '示例理由',
    examinations: '示例检查',
  });
  const { items } = await manager.must<{ items: { id: string; row: { code: string } }[] }>('GET', '/lists/providers');
  await manager.event(id, 'handToProvider', { provider: items.find(({ row }) => row.code === provider)!.id });
  return manager;
}

export async function issueCertificate(on: TestApp, id: string, issuedOn: string): Promise<Player> {
  const provider = await on.as('provider');
  const hospital = await hospitalRow(provider);
  await provider.event(id, 'issueCertificate', {
    hospital: hospital.id,
    department: hospital.row.departments?.[0] ?? '',
    doctor: '示例医生',
    issuedOn,
  });
  return provider;
}

export const bedBody = async (player: Player, slot: { visitAt: string; answerBy: string }) => ({
  ...(await offerBody(player, slot)),
  ward: '肿瘤外科三病区 12 床（示例）',
  preAdmission: '带身份证、医保卡和全部影像；入院前一晚十点后禁食。',
});
export async function offerBed(on: TestApp, id: string, slot: { visitAt: string; answerBy: string }): Promise<Player> {
  const provider = await on.as('provider');
  await provider.event(id, 'offerSlot', await bedBody(provider, slot));
  return provider;
}

/** From nothing to a booked bed, the member bringing her own certificate. */
export async function playToBed(
  on: TestApp,
  key: string,
  ids: Ids,
  slot: { visitAt: string; answerBy: string },
): Promise<{ player: Player; id: string }> {
  const { player, id } = await askForBed(on, key, ids, { with: ['admission-certificate'] });
  await accept(on, id);
  await handOverForBed(on, id);
  await offerBed(on, id, slot);
  await player.event(id, 'acceptOffer');
  return { player, id };
}
