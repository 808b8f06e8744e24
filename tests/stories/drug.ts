/** Steps of a special-drug case that stories share, through HTTP. */
import type { Player } from '#server/sandbox/player.ts';
import type { TestApp } from '#tests/with-app.ts';
import { ask, type Change, type Ids, listRow, verify } from './outpatient.ts';

export const SERVICE = 'special-drug';
/** Of the sample list: 2080.00 yuan a pack, not cold-chain. */
export const DRUG = '拓舒沃';
export const PHARMACY = '示例药房一店';
const FOUND = [
  'indication',
  'dosage',
  'notPreExisting',
  'firstDiagnosis',
  'prescriber',
  'biomarker',
  'pharmacyAgreed',
] as const;

export const drugRow = (player: Player, name = DRUG) => listRow(player, `/lists/drugs?q=${encodeURIComponent(name)}`);

export async function askForDrug(on: TestApp, key: string, ids: Ids, change: Change = {}, brand = DRUG) {
  const drug = await drugRow(await on.as(key), brand);
  return ask(on, key, ids, {
    service: SERVICE,
    ...change,
    form: { drug: drug.id, way: 'pick-up', city: '北京', bought: 'no', ...change.form },
  });
}

/** Papers judged, facts verified as given: the drug reviewer accepts the request. */
export async function acceptFacts(on: TestApp, id: string, facts: Record<string, unknown> = {}): Promise<Player> {
  const reviewer = await verify(on, id, facts, 'drug-reviewer');
  await reviewer.event(id, 'acceptRequest');
  return reviewer;
}

/** What the first review says of a prescription that meets everything; `change`: what it finds otherwise. */
export async function findings(reviewer: Player, id: string, change: Record<string, unknown> = {}) {
  const paper = (await reviewer.case(id)).papers.find(({ kind }) => kind === 'prescription')!.papers.at(-1)!;
  return {
    drug: (await drugRow(reviewer)).id,
    prescribedFor: '示例适应症',
    usage: '每次一片，每日一次',
    packs: 1,
    days: 30,
    issuedOn: '2026-07-01',
    validUntil: '2026-07-31',
    doctor: '示例医生',
    hospitalName: '示例医院',
    ...Object.fromEntries(
      FOUND.flatMap((field) => [
        [field, 'met'],
        [`${field}Evidence`, paper.id],
      ]),
    ),
    ...change,
  };
}

export async function firstReview(on: TestApp, id: string, change: Record<string, unknown> = {}): Promise<Player> {
  const reviewer = await on.as('drug-reviewer');
  await reviewer.event(id, 'finishFirstReview', await findings(reviewer, id, change));
  return reviewer;
}

export async function verdict(on: TestApp, id: string, change: Record<string, unknown> = {}): Promise<Player> {
  const consultant = await on.as('drug-consultant');
  await consultant.event(id, 'logCall', { outcome: 'reached' });
  await consultant.event(id, 'giveVerdict', {
    verdict: 'as-reviewed',
    socialInsurance: 'used',
    text: '已与您通话核对。',
    ...change,
  });
  return consultant;
}

export async function arrange(
  on: TestApp,
  id: string,
  at: string,
  change: Record<string, unknown> = {},
): Promise<Player> {
  const consultant = await on.as('drug-consultant');
  const pharmacy = await listRow(consultant, `/lists/pharmacies?q=${encodeURIComponent(PHARMACY)}`);
  await consultant.event(id, 'proposeArrangement', { way: 'pick-up', pharmacy: pharmacy.id, at, ...change });
  return consultant;
}

/** The member's yes, with her consent to the pharmacy that it asks for. */
export async function agree(player: Player, id: string, ids: Ids): Promise<void> {
  const asked = await player.event(id, 'acceptArrangement');
  if (asked.state !== 'awaiting-provider-consent') return;
  const form = await player.must<{ consents: { recipient: string; purpose: string; textVersion: number }[] }>(
    'GET',
    `/services/${SERVICE}/form?policyId=${ids.policyId}&personId=${ids.personId}&caseId=${id}`,
  );
  for (const { recipient, purpose, textVersion } of form.consents.filter(({ purpose }) => purpose === 'drug-pharmacy'))
    await player.must('POST', '/consents', { personId: ids.personId, caseId: id, recipient, purpose, textVersion });
}

export const ORIGINALS = {
  prescription: true,
  claimForm: true,
  insuredId: true,
  collectorId: true,
  diagnosis: true,
  pathology: true,
  socialCard: true,
};
/** What the pharmacist sends at the counter, with the receipt uploaded first. */
export async function counterBody(
  on: TestApp,
  player: Player,
  pharmacist: Player,
  id: string,
  traceCodes: string[],
): Promise<Record<string, unknown>> {
  await pharmacist.attach(id, 'receipt', on.picture);
  const receipt = (await pharmacist.case(id)).papers.find(({ kind }) => kind === 'receipt')!.papers.at(-1)!;
  return {
    code: await codeOfPickUp(player, id),
    collector: 'self',
    collectorName: '示例会员',
    ...ORIGINALS,
    traceCodes,
    batches: traceCodes.map(() => 'B20260601'),
    expiries: traceCodes.map(() => '2027-12-31'),
    price: 208_000,
    receipt: receipt.id,
    paid: true,
  };
}
export async function codeOfPickUp(player: Player, id: string): Promise<string> {
  const group = (await player.case(id)).facts.find((one) => one.group === '取药时请带');
  return group?.items.find(({ label }) => label === '取药码')?.value ?? '';
}
