/** Steps of a CAR-T case that stories share, through HTTP. */
import type { CourseView } from '#contract/courses.ts';
import type { Player } from '#server/sandbox/player.ts';
import type { TestApp } from '#tests/with-app.ts';
import { type Change, type Ids, listRow, requestBody, verify } from './outpatient.ts';
import { newMember } from './steps.ts';

export const SERVICE = 'car-t';
export const PANEL = ['示例医生甲', '示例医生丙戊戊', '示例医生丙戊辛'] as const;
export const VOTERS = ['expert', 'expert2', 'expert3'] as const;
export const HOSPITAL = '中国医学科学院血液病医院（血液学研究所）';
export const CHAIN = 'COI-2026-0001';
export const LOT = 'LOT-7788';
export type Asked = { player: Player; id: string; ids: Ids; key: string };

export const carTBody = async (on: TestApp, player: Player, ids: Ids, change: Change = {}) => ({
  ...(await requestBody(on, player, ids, {
    service: SERVICE,
    ...change,
    illness: { code: 'lymphoma', ...change.illness },
  })),
  form: { treatedAt: '示例市人民医院血液科' },
});

export async function askCarT(on: TestApp, key: string, change: Change = {}): Promise<Asked> {
  const { ids } = await newMember(on, key);
  const player = await on.as(key);
  const { id } = await player.request(await carTBody(on, player, ids, change));
  return { player, id, ids, key };
}
export const specialist = (on: TestApp): Promise<Player> => on.as('car-t-specialist');

/** Reached by the specialist, verified and accepted: the panel is to be named. */
export async function playToChoosing(on: TestApp, key: string): Promise<Asked> {
  const asked = await askCarT(on, key);
  await (await specialist(on)).event(asked.id, 'logCall', { outcome: 'reached' });
  await (await verify(on, asked.id, { illness: 'lymphoma' })).event(asked.id, 'acceptRequest');
  return asked;
}
export const expertIds = async (player: Player, names: readonly string[] = PANEL): Promise<string[]> => {
  const ids = [];
  for (const name of names) ids.push((await listRow(player, `/lists/experts?q=${encodeURIComponent(name)}`)).id);
  return ids;
};

/** She agrees to everybody whom the form of the running case names and who has no consent yet. */
export async function consentToAll({ player, id, ids }: Asked, purposes = ['car-t-panel']): Promise<string[]> {
  const form = await player.must<{
    consents: { recipient: string; recipientName: string; purpose: string; textVersion: number }[];
  }>('GET', `/services/${SERVICE}/form?policyId=${ids.policyId}&personId=${ids.personId}&caseId=${id}`);
  const asked = form.consents.filter(({ purpose }) => purposes.includes(purpose));
  for (const { recipient, purpose, textVersion } of asked)
    await player.must('POST', '/consents', { personId: ids.personId, caseId: id, recipient, purpose, textVersion });
  return asked.map(({ recipientName }) => recipientName);
}
export async function playToPanel(on: TestApp, key: string): Promise<Asked> {
  const asked = await playToChoosing(on, key);
  const player = await specialist(on);
  await player.event(asked.id, 'namePanel', { experts: await expertIds(player) });
  await consentToAll(asked);
  return asked;
}
export async function vote(on: TestApp, id: string, findings: readonly ('fit' | 'unfit')[]): Promise<void> {
  for (const [i, finding] of findings.entries())
    await (await on.as(VOTERS[i]!)).event(id, 'vote', { finding, why: `示例依据 ${i + 1}` });
}
type Slot = { visitAt: string; answerBy: string };
export const placeBody = async (player: Player, slot: Slot) => ({
  hospital: (await listRow(player, `/lists/cart-hospitals?q=${encodeURIComponent(HOSPITAL)}`)).id,
  department: '血液科',
  ...slot,
});
export async function offerAssessment(on: TestApp, id: string, slot: Slot): Promise<void> {
  const player = await specialist(on);
  await player.event(id, 'offerSlot', { ...(await placeBody(player, slot)), doctor: '示例医生' });
}
export async function playToBooked(on: TestApp, key: string, slot: Slot): Promise<Asked> {
  const asked = await playToPanel(on, key);
  await vote(on, asked.id, ['fit', 'fit']);
  await offerAssessment(on, asked.id, slot);
  await asked.player.event(asked.id, 'acceptOffer');
  return asked;
}
export const productId = async (player: Player, brand = '奕凯达') =>
  (await listRow(player, `/lists/drugs?q=${encodeURIComponent(brand)}`)).id;

/** Attended on the day, passed with a product for lymphoma. */
export async function pass(on: TestApp, id: string): Promise<void> {
  const player = await specialist(on);
  await player.event(id, 'checkIn');
  await player.event(id, 'passAssessment', { product: await productId(player), note: '适合，身体条件允许' });
}
export async function offerBed(on: TestApp, id: string, slot: Slot): Promise<void> {
  const player = await specialist(on);
  await player.event(id, 'offerBed', { ...(await placeBody(player, slot)), ward: '示例病区 3 床' });
}
const moment = async (on: TestApp) => (await on.now()).toISOString();

/** Bed offered and taken, admitted on its day, cells collected: the product is being made. Time moves to the bed. */
export async function playToManufacturing(on: TestApp, asked: Asked, bed: Slot): Promise<void> {
  const player = await specialist(on);
  await offerBed(on, asked.id, bed);
  await asked.player.event(asked.id, 'acceptOffer');
  await on.advanceTo(bed.visitAt);
  await player.event(asked.id, 'admit');
  await player.event(asked.id, 'recordApheresis', { chain: CHAIN, collectedAt: await moment(on) });
}
export const cartPharmacy = (player: Player) =>
  listRow(player, `/lists/cart-pharmacies?q=${encodeURIComponent('示例药房细胞治疗一店')}`);
/** Pharmacy named and consented to, product finished. */
export async function playToConfirming(on: TestApp, asked: Asked): Promise<void> {
  const player = await specialist(on);
  await player.event(asked.id, 'namePharmacy', { pharmacy: (await cartPharmacy(player)).id });
  await consentToAll(asked, ['car-t-pharmacy']);
  await player.event(asked.id, 'recordProduct', { chain: CHAIN, lot: LOT, madeOn: '2026-08-20' });
}
export const infusion = async (on: TestApp, change: Record<string, unknown> = {}) => ({
  chain: CHAIN,
  lot: LOT,
  infusedAt: await moment(on),
  checkedBy: '示例护士甲、示例护士乙',
  ...change,
});
export const course = (player: Player, id: string): Promise<CourseView> => player.must('GET', `/cases/${id}/course`);
