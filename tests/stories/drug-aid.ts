/** Steps of a case of charity aid that stories share, through HTTP. */
import type { z } from 'zod';
import type { AidView } from '#contract/aid.ts';
import type { CaseView } from '#contract/cases.ts';
import { aidStandingOf } from '#server/aid/standing.ts';
import type { Player } from '#server/sandbox/player.ts';
import type { TestApp } from '#tests/with-app.ts';
import { accept, type Change, type Ids, listRow, requestBody } from './outpatient.ts';
import { newMember } from './steps.ts';

export const SERVICE = 'drug-aid';
/** Of the sample programmes: two boxes bought and two free, then one bought and three free; 30 days a box. */
export const DRUG = '赛可瑞';
export const PHARMACY = '示例药房一店';
type View = z.infer<typeof CaseView>;
export type Asked = { player: Player; assistant: Player; id: string; ids: Ids };

export const aidBody = async (on: TestApp, player: Player, ids: Ids, change: Change = {}) => ({
  ...(await requestBody(on, player, ids, { service: SERVICE, ...change })),
  form: { drugName: '克唑替尼胶囊 赛可瑞', boughtSoFar: '6 月买了一盒' },
});

/** Asked for and accepted: the doctor's assistant has the file. */
export async function playToFile(on: TestApp, key: string): Promise<Asked> {
  const { ids } = await newMember(on, key);
  const player = await on.as(key);
  const { id } = await player.request(await aidBody(on, player, ids));
  await accept(on, id);
  return { player, assistant: await on.as('aid-assistant'), id, ids };
}

export const choose = async ({ assistant, id }: Asked, brand = DRUG, programme = brand): Promise<View> =>
  assistant.event(id, 'chooseProgramme', {
    drug: (await listRow(assistant, `/lists/drugs?q=${encodeURIComponent(brand)}`)).id,
    programme: (await listRow(assistant, `/lists/programmes?q=${encodeURIComponent(programme)}`)).id,
    why: '处方和检测结果符合项目条件',
  });

export async function buy(on: TestApp, { assistant, id, player, ids }: Asked, day: string, units = 1): Promise<View> {
  await player.must('POST', `/cases/${id}/papers`, {
    kind: 'purchase-proof',
    paperId: await player.upload(ids.personId, 'purchase-proof', on.picture),
  });
  const proof = (await assistant.case(id)).papers.find(({ kind }) => kind === 'purchase-proof')!.papers[0]!.id;
  return assistant.event(id, 'recordBought', { on: day, units, payer: 'insurer', proof });
}

/** Both boxes bought, the file passed and submitted: the charity decides. */
export async function playToCharity(on: TestApp, key: string): Promise<Asked> {
  const asked = await playToFile(on, key);
  await choose(asked);
  await buy(on, asked, '2026-06-10', 2);
  await asked.assistant.event(asked.id, 'passFile', { words: '材料齐全，符合项目条件' });
  await asked.assistant.event(asked.id, 'submitToCharity', { submittedOn: '2026-07-01', number: 'A-1' });
  return asked;
}

/** Approved: the first free box can be collected when those bought are used up, from 9 August on. */
export async function playToCollect(on: TestApp, key: string): Promise<Asked> {
  const asked = await playToCharity(on, key);
  await asked.assistant.event(asked.id, 'recordVerdict', {
    verdict: 'approved',
    decidedOn: '2026-07-01',
    collectFrom: '2026-07-10',
  });
  return asked;
}

export const collect = async ({ assistant, id }: Asked, day: string, pharmacy = PHARMACY): Promise<View> =>
  assistant.event(id, 'recordCollected', {
    on: day,
    pharmacy: (await listRow(assistant, `/lists/pharmacies?q=${encodeURIComponent(pharmacy)}`)).id,
  });

export const aidOf = (player: Player, id: string) => player.must<z.infer<typeof AidView>>('GET', `/cases/${id}/aid`);

export async function standing(on: TestApp, { ids, assistant }: Asked, day: string, brand = DRUG) {
  const { row } = await listRow(assistant, `/lists/drugs?q=${encodeURIComponent(brand)}`);
  const drugKey = [row.generic, row.brand, row.maker, row.spec].map(String).join('|');
  return aidStandingOf(on.ctx.pool, on.ctx, { personId: ids.personId, drugKey, on: day });
}
