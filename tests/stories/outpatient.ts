/** Steps of an outpatient case that stories share, through HTTP. */
import type { Player } from '#server/sandbox/player.ts';
import type { TestApp } from '#tests/with-app.ts';

export type Ids = { personId: string; policyId: string };
export const HOSPITAL = '复旦大学附属肿瘤医院';

export async function listRow(
  player: Player,
  path: string,
): Promise<{
  id: string;
  row: Record<string, unknown> & { name: string; departments?: string[]; department?: string; code?: string };
}> {
  const { items } = await player.must<{ items: { id: string; row: { name: string } }[] }>('GET', path);
  if (!items[0]) throw new Error(`Nothing at ${path}`);
  return items[0];
}
export const hospitalRow = (player: Player, name = HOSPITAL) =>
  listRow(player, `/lists/hospitals?q=${encodeURIComponent(name)}`);

/** What a story's request has otherwise than a complete one; `with`: papers that are not required. */
export type Change = {
  service?: string;
  illness?: Record<string, unknown>;
  without?: readonly string[];
  with?: readonly string[];
  form?: Record<string, unknown>;
};

/** The body of a request that has everything; change what the story needs. */
export async function requestBody(
  on: TestApp,
  player: Player,
  ids: Ids,
  change: Change = {},
): Promise<Record<string, unknown>> {
  const service = change.service ?? 'outpatient-access';
  const form = await player.form(service, ids.policyId, ids.personId);
  const hospital = await hospitalRow(player);
  const papers = [];
  const wanted = ({ required, kind }: { required: boolean; kind: string }) =>
    (required || change.with?.includes(kind)) && !change.without?.includes(kind);
  for (const paper of form.papers.filter(wanted))
    papers.push({ kind: paper.kind, paperId: await player.upload(ids.personId, paper.kind, on.picture) });
  return {
    service,
    ...ids,
    illness: {
      code: 'malignant-tumour-severe',
      firstSymptomOn: '2026-06-05',
      firstVisitOn: '2026-06-10',
      diagnosedOn: '2026-06-20',
      hospitalId: hospital.id,
      ...change.illness,
    },
    form: change.form ?? { hospital: hospital.id, department: hospital.row.departments?.[0] ?? '' },
    papers,
    consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
  };
}

/** A member files a complete request. */
export async function ask(
  on: TestApp,
  key: string,
  ids: Ids,
  change: Change = {},
): Promise<{ player: Player; id: string }> {
  const player = await on.as(key);
  const created = await player.request(await requestBody(on, player, ids, change));
  return { player, id: created.id };
}

/** Papers accepted and facts verified as the member gave them, or as `facts` says; `by`: whose review it is in this service. */
export async function verify(
  on: TestApp,
  id: string,
  facts: Record<string, unknown> = {},
  by = 'reviewer',
): Promise<Player> {
  const reviewer = await on.as(by);
  const papers = (await reviewer.case(id)).papers.flatMap((need) => need.papers);
  for (const paper of papers.filter(({ verdict }) => verdict === 'received'))
    await reviewer.event(id, 'judgePaper', { paper: paper.id, verdict: 'accepted' });
  await reviewer.event(id, 'verifyFacts', {
    illness: 'malignant-tumour-severe',
    firstSymptomOn: '2026-06-05',
    firstVisitOn: '2026-06-10',
    diagnosedOn: '2026-06-20',
    first: true,
    preExisting: false,
    hospital: (await hospitalRow(reviewer)).id,
    source: papers[0]!.id,
    ...facts,
  });
  return reviewer;
}
export const accept = async (on: TestApp, id: string) => (await verify(on, id)).event(id, 'acceptRequest');

export async function handOver(on: TestApp, id: string, provider = 'shangyong'): Promise<Player> {
  const manager = await on.as('manager');
  const hospital = await hospitalRow(manager);
  await manager.event(id, 'takeCase');
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

export async function offerBody(
  player: Player,
  slot: { visitAt: string; answerBy: string },
): Promise<Record<string, unknown>> {
  const hospital = await hospitalRow(player);
  const expert = await listRow(player, `/lists/experts?hospital=${encodeURIComponent(HOSPITAL)}`);
  return {
    hospital: hospital.id,
    department: String(expert.row.department),
    expert: expert.id,
    ...slot,
    escortName: '示例陪诊员',
    escortPhone: '19900009999',
    meetingPlace: '门诊大厅',
    escortHours: '4 小时',
  };
}
export async function offer(on: TestApp, id: string, slot: { visitAt: string; answerBy: string }): Promise<Player> {
  const provider = await on.as('provider');
  await provider.event(id, 'offerSlot', await offerBody(provider, slot));
  return provider;
}
/** From the request to a slot that waits for the member's answer. */
export async function playToOffer(on: TestApp, id: string, slot: { visitAt: string; answerBy: string }): Promise<void> {
  await accept(on, id);
  await handOver(on, id);
  await offer(on, id, slot);
}
