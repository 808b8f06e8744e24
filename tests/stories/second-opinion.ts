/** Steps of a second-opinion case that stories share, through HTTP; the request comes by the hotline [2.5.8]. */
import type { z } from 'zod';
import type { CaseView } from '#contract/cases.ts';
import type { Persona } from '#server/sandbox/people.ts';
import { type Player, passCheck } from '#server/sandbox/player.ts';
import type { TestApp } from '#tests/with-app.ts';
import { namedManager } from './inpatient.ts';
import { accept, type Change, hospitalRow, type Ids, listRow, requestBody } from './outpatient.ts';
import { newMember } from './steps.ts';

export const SERVICE = 'second-opinion';
/** Where the sandbox's expert works. */
export const EXPERTS_HOSPITAL = '中国医学科学院北京协和医院';
export const EXPERT = '示例医生甲';
export const QUESTION = '需不需要先做化疗再手术？';
export const OPINION = {
  question: QUESTION,
  recordsSeen: '2026-06-20 病理报告一份；2026-06-25 胸部 CT 一套。',
  findings: '右上肺结节 18 mm，病理为腺癌。\n纵隔淋巴结未见肿大。',
  opinion: '同意原诊断，可以直接手术。',
  treatment: '建议肺叶切除加淋巴结清扫。',
  followUp: '术后每三个月复查一次。',
  limits: '仅依据所列资料，未见骨扫描。',
};
type View = z.infer<typeof CaseView>;
type Slot = { visitAt: string; answerBy: string };
export type Asked = { player: Player; id: string; ids: Ids; persona: Persona };

export const opinionBody = async (on: TestApp, player: Player, ids: Ids, change: Change = {}) => ({
  ...(await requestBody(on, player, ids, { service: SERVICE, ...change })),
  form: { question: QUESTION },
});

/** A member calls; the desk hears who she is and files with the papers she sent. */
export async function askByPhone(on: TestApp, key: string, change: Change = {}): Promise<Asked> {
  const { persona, ids } = await newMember(on, key);
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const { id } = await desk.request(await opinionBody(on, desk, ids, change));
  return { player: await on.as(key), id, ids, persona };
}

/** Named manager reached her, the review passed: the records are next. */
export async function playToGathering(on: TestApp, key: string, change: Change = {}): Promise<Asked> {
  const asked = await askByPhone(on, key, change);
  await (await namedManager(on, asked.id)).event(asked.id, 'logCall', { outcome: 'reached' });
  await accept(on, asked.id);
  return asked;
}

export async function handToProvider(on: TestApp, id: string): Promise<void> {
  const manager = await namedManager(on, id);
  const { items } = await manager.must<{ items: { id: string; row: { code: string } }[] }>('GET', '/lists/providers');
  await manager.event(id, 'handToProvider', { provider: items.find(({ row }) => row.code === 'shangyong')!.id });
}

export async function appointmentBody(player: Player, slot: Slot, expert = EXPERT): Promise<Record<string, unknown>> {
  const hospital = await hospitalRow(player, EXPERTS_HOSPITAL);
  const found = await listRow(
    player,
    `/lists/experts?hospital=${encodeURIComponent(EXPERTS_HOSPITAL)}&q=${encodeURIComponent(expert)}`,
  );
  return { hospital: hospital.id, department: '肿瘤科', expert: found.id, ...slot };
}
export async function offerAppointment(on: TestApp, id: string, slot: Slot, expert = EXPERT): Promise<View> {
  const provider = await on.as('provider');
  return provider.event(id, 'offerSlot', await appointmentBody(provider, slot, expert));
}

/** From the call to a booked appointment; every record came with the request. */
export async function playToAppointment(on: TestApp, key: string, slot: Slot): Promise<Asked> {
  const asked = await playToGathering(on, key);
  await (await namedManager(on, asked.id)).event(asked.id, 'tellComplete');
  await handToProvider(on, asked.id);
  await offerAppointment(on, asked.id, slot);
  await asked.player.event(asked.id, 'acceptOffer');
  return asked;
}

/** She lets whoever is booked see her records, as the form of the running case names it. */
export async function consentToExpert({ player, id, ids }: Asked): Promise<{ id: string; recipientName: string }> {
  const form = await player.must<{ consents: { recipient: string; purpose: string; textVersion: number }[] }>(
    'GET',
    `/services/${SERVICE}/form?policyId=${ids.policyId}&personId=${ids.personId}&caseId=${id}`,
  );
  const { recipient, purpose, textVersion } = form.consents.find((one) => one.purpose === 'expert-opinion')!;
  return player.must('POST', '/consents', { personId: ids.personId, caseId: id, recipient, purpose, textVersion });
}

/** From the call to the expert's desk: booked, consented, attended. `slot` must lie ahead; time moves to it. */
export async function playToWriting(on: TestApp, key: string, slot: Slot): Promise<Asked> {
  const asked = await playToAppointment(on, key, slot);
  await consentToExpert(asked);
  await on.advanceTo(slot.visitAt);
  await (await on.as('expert')).event(asked.id, 'checkIn');
  return asked;
}
