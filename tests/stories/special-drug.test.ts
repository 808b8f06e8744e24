/** Special drugs through HTTP [2.6]: reviewed twice, costs agreed, handed over, bought again. Over 300 lines: the stories share one application and one sequence of time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { CaseView } from '#contract/cases.ts';
import type { DisclosureView } from '#contract/people.ts';
import type { CaseSettlement } from '#contract/settlement.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import {
  acceptFacts,
  agree,
  arrange,
  askForDrug,
  codeOfPickUp,
  counterBody,
  drugRow,
  findings,
  firstReview,
  PHARMACY,
  SERVICE,
  verdict,
} from './drug.ts';
import { type Ids, requestBody } from './outpatient.ts';
import {
  allowedTypes,
  clockOf,
  codeOf,
  inboxOf,
  newMember,
  openMinorFor,
  policyBecomes,
  someone,
  tryEvent,
} from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

const NEXT = '2026-07-08T10:00:00+08:00';
const problemsOf = ({ body }: { body: unknown }) => {
  const { errors, problems } = body as Record<string, { pointer: string }[] | undefined>;
  return (errors ?? problems)?.map(({ pointer }) => pointer) ?? [];
};

/** A case with its prescription approved, and who is in it. */
async function approved(key: string, change: Record<string, unknown> = {}) {
  const { ids, persona } = await newMember(on, key);
  const { player, id } = await askForDrug(on, key, ids);
  await acceptFacts(on, id);
  await firstReview(on, id, change);
  await verdict(on, id);
  return { ids, persona, player, id };
}
async function ordered(key: string, at = NEXT) {
  const made = await approved(key);
  await arrange(on, made.id, at);
  await agree(made.player, made.id, made.ids);
  return made;
}
async function atPharmacy(key: string) {
  const made = await ordered(key);
  const pharmacist = await on.as('pharmacist');
  await pharmacist.event(made.id, 'drugArrived');
  return { ...made, pharmacist };
}
let serial = 0;
/** Another file than any before: the same one handed in again is the same paper. */
const another = (): Buffer => {
  serial += 1;
  return Buffer.concat([on.picture, Buffer.from(String(serial))]);
};
const traceCode = (): string => {
  serial += 1;
  return `8100000000000000${String(serial).padStart(4, '0')}`;
};

test('[2.6.3.2.1]-[2.6.3.2.5] from the request to the drug in hand: two reviews by two people, costs agreed before anything is ordered, originals at the counter', async () => {
  const { ids } = await newMember(on, 'straight');
  const { player, id } = await askForDrug(on, 'straight', ids);
  const asked = await player.case(id);
  expect(asked.state).toBe('reviewing');
  await acceptFacts(on, id);
  const reviewed = await player.case(id);
  expect(reviewed.state).toBe('first-review');
  // The clock runs from the arrival of the last paper, not from the click that accepted it [2.6.2.9.1].
  expect(clockOf(reviewed, 'prescription-review').due).toBe('2026-07-02T18:00:00+08:00');
  // The provider sees nothing before the insurer has authorised it.
  const consultant = await on.as('drug-consultant');
  expect((await consultant.send('GET', `/cases/${id}`)).status).toBe(404);
  await firstReview(on, id);
  const unspoken = await tryEvent(consultant, id, 'giveVerdict', {
    verdict: 'as-reviewed',
    socialInsurance: 'used',
    text: '示例',
  });
  expect(unspoken.status).toBe(422);
  await verdict(on, id);
  const approvedCase = await player.case(id);
  expect(approvedCase.state).toBe('arranging');
  expect(clockOf(approvedCase, 'prescription-review').state).toBe('kept');
  const money = await player.must<{ purchases: { quantity: number; expected: { insurer: number; member: number } }[] }>(
    'GET',
    `/settlement?caseId=${id}`,
  );
  expect(money.purchases[0]).toMatchObject({ quantity: 1 });
  expect(money.purchases[0]!.expected.insurer + money.purchases[0]!.expected.member).toBe(208_000);
  // The nearest with stock first, from the list of the day [2.6.2.9.2].
  const { items } = await consultant.must<{ items: { row: { city: string } }[] }>(
    'GET',
    `/lists/pharmacies?caseId=${id}`,
  );
  expect(items.map(({ row }) => row.city === '北京')).toEqual(
    items.map(({ row }) => row.city === '北京').toSorted((a, b) => Number(b) - Number(a)),
  );
  expect(items[0]!.row.city).toBe('北京');
  expect((await (await on.as('pharmacist')).send('GET', `/lists/pharmacies?caseId=${id}`)).status).toBe(404);
  await arrange(on, id, NEXT);
  expect((await (await on.as('pharmacist')).send('GET', `/cases/${id}`)).status).toBe(404);
  await agree(player, id, ids);
  const booked = await player.case(id);
  expect(booked.state).toBe('ordered');
  expect(clockOf(booked, 'delivery').due).toBe('2026-07-08T18:00:00+08:00');
  const pharmacist = await on.as('pharmacist');
  await pharmacist.event(id, 'drugArrived');
  expect(clockOf(await player.case(id), 'delivery').state).toBe('kept');
  expect((await inboxOf(on, player)).some(({ subject }) => subject === '药品已到店，可以取了')).toBe(true);
  await pharmacist.event(id, 'handOverDrug', await counterBody(on, player, pharmacist, id, [traceCode()]));
  const taken = await player.case(id);
  expect(taken.state).toBe('between');
  const settled = await player.must<{ purchases: { state: string; dispensings: { memberDue: number }[] }[] }>(
    'GET',
    `/settlement?caseId=${id}`,
  );
  expect(settled.purchases[0]!.state).toBe('dispensed');
  expect(settled.purchases[0]!.dispensings[0]!.memberDue).toBe(0);
});

test('[2.6.2.4][2.6.faq.1] scenarios 24 and 26: too many packs are approved in part; off-label is refused with its reason, and another prescription may follow', async () => {
  const { ids } = await newMember(on, 'partly');
  const { player, id } = await askForDrug(on, 'partly', ids);
  await acceptFacts(on, id);
  await firstReview(on, id, { packs: 2, days: 60 });
  await verdict(on, id, { text: '先批一个月的量，余下的续方时再审。' });
  const money = await player.must<{ purchases: { quantity: number }[] }>('GET', `/settlement?caseId=${id}`);
  expect(money.purchases[0]!.quantity).toBe(1);

  const off = await newMember(on, 'off');
  const asked = await askForDrug(on, 'off', off.ids);
  await acceptFacts(on, asked.id);
  await firstReview(on, asked.id, { dosage: 'not-met' });
  await verdict(on, asked.id, { text: '处方的用法用量与批准的说明书不一致。' });
  const refused = await asked.player.case(asked.id);
  expect(refused.state).toBe('between');
  expect(clockOf(refused, 'prescription-review').state).toBe('kept');
  expect((await inboxOf(on, asked.player)).find(({ subject }) => subject === '处方审核没有通过')?.body).toContain(
    '申诉',
  );
  expect(allowedTypes(refused)).toContain('newPrescription');
});

test('[2.6.faq.2] scenario 27: bought before the pharmacy was agreed: no direct settlement, an ordinary claim stays open', async () => {
  const { ids } = await newMember(on, 'bought');
  const { player, id } = await askForDrug(on, 'bought', ids, { form: { bought: 'yes' } });
  await acceptFacts(on, id);
  const reviewer = await on.as('drug-reviewer');
  const unclear = await tryEvent(
    reviewer,
    id,
    'finishFirstReview',
    await findings(reviewer, id, { dosage: 'unknown' }),
  );
  expect(problemsOf(unclear)).toContain('/dosage');
  await firstReview(on, id, { pharmacyAgreed: 'not-met' });
  await verdict(on, id, { text: '这次的药已自行购买，不能直赔。' });
  expect((await player.case(id)).state).toBe('between');
  expect((await inboxOf(on, player)).find(({ subject }) => subject === '处方审核没有通过')?.body).toContain('普通理赔');
  expect((await player.must<{ purchases: unknown[] }>('GET', `/settlement?caseId=${id}`)).purchases).toEqual([]);
});

test('[2.6.2.8.2] scenario 23: who collects with a photo of the ID goes without; the code, the originals and the letter are asked for', async () => {
  const { player, id, pharmacist } = await atPharmacy('agent');
  const body = await counterBody(on, player, pharmacist, id, [traceCode()]);
  const refused = await tryEvent(pharmacist, id, 'handOverDrug', {
    ...body,
    code: '000000' === body.code ? '111111' : '000000',
    collector: 'agent',
    insuredId: false,
  });
  expect(problemsOf(refused).sort()).toEqual(['/authorisation', '/code', '/insuredId']);
  // Nothing was settled by what was refused.
  const { purchases } = await player.must<{ purchases: { dispensings: unknown[] }[] }>(
    'GET',
    `/settlement?caseId=${id}`,
  );
  expect(purchases[0]!.dispensings).toEqual([]);
  const { state } = await pharmacist.event(id, 'handOverDrug', { ...body, collector: 'agent', authorisation: true });
  expect(state).toBe('between');
});

test('scenario 25: the prescription runs out before the hand-over: a re-issued identical one attaches, the approval stands [2.6.2.8.2]', async () => {
  const { ids } = await newMember(on, 'expired');
  const { player, id } = await askForDrug(on, 'expired', ids);
  await acceptFacts(on, id);
  await firstReview(on, id, { validUntil: '2026-07-02' });
  await verdict(on, id);
  await arrange(on, id, NEXT);
  await agree(player, id, ids);
  const pharmacist = await on.as('pharmacist');
  await pharmacist.event(id, 'drugArrived');
  await on.advanceTo('2026-07-02T10:00:30+08:00');
  expect((await inboxOf(on, player)).filter(({ subject }) => subject === '处方今天到期')).toHaveLength(1);
  await on.advanceTo('2026-07-03T10:00:00+08:00');
  const body = await counterBody(on, player, pharmacist, id, [traceCode()]);
  expect(problemsOf(await tryEvent(pharmacist, id, 'handOverDrug', body))).toEqual(['/prescription']);
  await player.event(id, 'handInReissued', { paper: await player.upload(ids.personId, 'prescription', another()) });
  const consultant = await on.as('drug-consultant');
  const paper = (await consultant.case(id)).papers.find(({ kind }) => kind === 'prescription')!.papers.at(-1)!.id;
  const reissued = { paper, issuedOn: '2026-07-03', validUntil: '2026-07-20' };
  expect(problemsOf(await tryEvent(consultant, id, 'checkReissued', { ...reissued, same: false }))).toEqual(['/same']);
  await consultant.event(id, 'checkReissued', { ...reissued, same: true });
  expect((await pharmacist.event(id, 'handOverDrug', body)).state).toBe('between');
});

test('scenario 29: a trace code that was dispensed before is refused, nothing moves, and a person is told', async () => {
  const first = await atPharmacy('first-code');
  const code = traceCode();
  await first.pharmacist.event(
    first.id,
    'handOverDrug',
    await counterBody(on, first.player, first.pharmacist, first.id, [code]),
  );
  const second = await atPharmacy('second-code');
  const again = await tryEvent(
    second.pharmacist,
    second.id,
    'handOverDrug',
    await counterBody(on, second.player, second.pharmacist, second.id, [code]),
  );
  expect(again.status).toBe(422);
  expect(problemsOf(again)).toContain('/traceCodes');
  expect((await second.player.case(second.id)).state).toBe('at-pharmacy');
  const clerk = await on.as('settlement-clerk');
  const { items } = await clerk.must<{ items: { code: string }[] }>('GET', '/settlement/flags');
  expect(items.some(({ code }) => code === 'trace-code-used')).toBe(true);
  const { state } = await second.pharmacist.event(
    second.id,
    'handOverDrug',
    await counterBody(on, second.player, second.pharmacist, second.id, [traceCode()]),
  );
  expect(state).toBe('between');
});

test('[2.6.2.6] packs that come back: the pharmacy gives back her part, both say so, and the therapy does not end before', async () => {
  const { player, id, pharmacist } = await atPharmacy('gives-back');
  const code = traceCode();
  await pharmacist.event(id, 'handOverDrug', await counterBody(on, player, pharmacist, id, [code]));
  expect(allowedTypes(await pharmacist.case(id))).not.toContain('recordRefunded');
  const due = async () =>
    (await player.must<CaseSettlement>('GET', `/settlement?caseId=${id}`)).purchases[0]!.dispensings[0]!;
  const { member } = await due();
  await pharmacist.event(id, 'returnPacks', { traceCodes: [` ${code.toLowerCase()}`], cause: 'recalled' });
  expect((await due()).memberDue).toBe(-member);
  expect(problemsOf(await tryEvent(player, id, 'endTherapy', { why: 'finished' }))).toEqual(['']);
  // The member cannot say it for the pharmacy.
  expect((await tryEvent(player, id, 'recordRefunded')).status).toBe(409);
  await pharmacist.event(id, 'recordRefunded');
  expect(await due()).toMatchObject({ memberDue: 0, paid: 0 });
  const after = await player.case(id);
  expect(after.timeline.some(({ label }) => label === '药店已退回多付的钱')).toBe(true);
  expect(allowedTypes(await pharmacist.case(id))).not.toContain('recordRefunded');
  expect((await player.event(id, 'endTherapy', { why: 'finished' })).state).toBe('ended');
});

test('[2.6.1.1] a changed drug is a case linked to her own earlier one, both ways; what was approved there stands and is told', async () => {
  const first = await approved('changes');
  const { ids, player } = first;
  const asked = await player.form(SERVICE, ids.policyId, ids.personId);
  const { enum: choices, 'x-labels': labels } = (asked.schema.properties as Record<string, Record<string, unknown>>)
    .earlier as { enum: string[]; 'x-labels': Record<string, string> };
  expect(choices).toEqual([first.id]);
  expect(labels[first.id]).toContain('拓舒沃');
  const stranger = await approved('not-hers');
  const drug = await drugRow(player, '英立达');
  const request = async (earlier: string) => ({
    ...(await requestBody(on, player, ids, { service: SERVICE })),
    form: { drug: drug.id, way: 'pick-up', city: '北京', bought: 'no', earlier },
  });
  for (const wrong of [stranger.id, ids.personId, 'TY-1'])
    expect(problemsOf(await player.send('POST', '/cases', await request(wrong)))).toEqual(['/form/earlier']);
  const { id } = await player.request(await request(first.id));
  expect((await player.case(id)).linked).toMatchObject([
    { relation: 'earlier', id: first.id, what: '拓舒沃', stands: expect.stringContaining('审批有效至') },
  ]);
  const before = await player.case(first.id);
  expect(before.linked).toMatchObject([{ relation: 'later', id, label: '换药后的服务单' }]);
  expect(before.state).toBe('arranging');
  // Whoever may open only one of the two is told of no other.
  expect((await (await on.as('drug-reviewer')).case(id)).linked).toHaveLength(1);
  expect((await (await on.as('drug-consultant')).case(first.id)).linked).toEqual([]);
});

test('[2.6.2.4] the next prescription is a round of its own: too early it overlaps, in time it is reviewed and bought again', async () => {
  const { player, id, pharmacist, ids } = await atPharmacy('refill');
  await pharmacist.event(id, 'handOverDrug', await counterBody(on, player, pharmacist, id, [traceCode()]));
  const prescription = async () => ({ paper: await player.upload(ids.personId, 'prescription', another()) });
  await player.event(id, 'newPrescription', await prescription());
  expect((await player.case(id)).state).toBe('first-review');
  await firstReview(on, id);
  await verdict(on, id, { text: '手头的药还够用。' });
  expect((await player.case(id)).state).toBe('between');
  await on.advanceTo('2026-07-24T10:00:30+08:00');
  expect((await inboxOf(on, player)).some(({ subject }) => subject === '该准备下一张处方了')).toBe(true);
  await player.event(id, 'newPrescription', await prescription());
  expect((await player.case(id)).clocks.filter(({ promise }) => promise === 'prescription-review')).toHaveLength(3);
  await firstReview(on, id, { issuedOn: '2026-07-24', validUntil: '2026-08-10' });
  await verdict(on, id);
  await arrange(on, id, '2026-07-29T10:00:00+08:00');
  await player.event(id, 'acceptArrangement');
  expect((await player.case(id)).state).toBe('ordered');
  const { purchases } = await player.must<{ purchases: { round: number; state: string }[] }>(
    'GET',
    `/settlement?caseId=${id}`,
  );
  expect(purchases.map(({ round, state }) => `${round} ${state}`).sort()).toEqual(['1 dispensed', '3 reserved']);
});

test('what was kept for a purchase is given back when it is given up, when the approval expires, and when the pharmacy cannot supply it goes on elsewhere', async () => {
  const given = await ordered('given-up', '2026-07-29T10:00:00+08:00');
  const statesOf = async ({ player, id }: Pick<typeof given, 'player' | 'id'>) =>
    (await player.must<{ purchases: { state: string }[] }>('GET', `/settlement?caseId=${id}`)).purchases.map(
      ({ state }) => state,
    );
  await given.player.event(given.id, 'cancelRound');
  expect(await statesOf(given)).toEqual(['released']);

  const failed = await ordered('no-supply', '2026-07-29T10:00:00+08:00');
  await (await on.as('pharmacist')).event(failed.id, 'cannotSupply', { reason: '厂家缺货。' });
  expect((await failed.player.case(failed.id)).state).toBe('arranging');
  expect((await (await on.as('pharmacist')).send('GET', `/cases/${failed.id}`)).status).toBe(404);
  await on.advanceTo('2026-08-25T10:00:00+08:00');
  const lapsed = await failed.player.case(failed.id);
  expect(lapsed.state).toBe('between');
  expect((await inboxOf(on, failed.player)).some(({ subject }) => subject === '审批已过期')).toBe(true);
  expect(await statesOf(failed)).toEqual(['expired']);
});

test('[N.7] the policy ends after the booking: operations honour it; consent taken back from the pharmacy alone finds another', async () => {
  const { player, id, persona } = await laterOrdered('honour');
  await policyBecomes(on, persona, 'terminated', '2026-08-25T09:00:00+08:00');
  expect((await player.case(id)).state).toBe('policy-deciding');
  await (await on.as('operations')).event(id, 'honour', { reason: '药已约好。' });
  expect((await player.case(id)).state).toBe('ordered');

  const other = await laterOrdered('withdrawn');
  const { items } = await other.player.must<{ items: { id: string; purpose: string; live?: boolean }[] }>(
    'GET',
    '/consents',
  );
  await other.player.must('DELETE', `/consents/${items.find(({ purpose }) => purpose === 'drug-pharmacy')!.id}`);
  expect((await other.player.case(other.id)).state).toBe('arranging');
  await other.player.must('DELETE', `/consents/${items.find(({ purpose }) => purpose === 'special-drug')!.id}`);
  expect((await other.player.case(other.id)).state).toBe('closed-consent-withdrawn');
});

test('[2.6.1.1][N.2] scenario 36: off the list on the day of the review it is refused, though it was on it at the request', async () => {
  const { ids } = await newMember(on, 'unlisted', { bornOn: '1975-05-05' });
  const { player, id } = await askForDrug(on, 'unlisted', ids);
  await acceptFacts(on, id);
  await firstReview(on, id, { drug: undefined, issuedOn: '2026-07-24', validUntil: '2026-09-20' });
  await verdict(on, id, { text: '这种药今天不在目录里。' });
  expect((await player.case(id)).state).toBe('between');
});

test('[2.6.5.1.2] scenario 22: for a child of 13 the guardian applies with proofs, and the file is closed to staff until a supervisor agrees', async () => {
  const child = someone('child', { bornOn: '2013-01-01', holder: 'mother', noAccount: true });
  const ids = (await on.people([someone('mother'), child])).get('child')!;
  const mother = await on.as('mother');
  const drug = await drugRow(mother);
  const body = await requestBody(on, mother, ids, {
    service: SERVICE,
    form: { drug: drug.id, way: 'home', city: '北京', bought: 'no' },
  });
  const alone = await mother.send('POST', '/cases', { ...body, applicant: { relation: 'policyholder', proofs: [] } });
  expect(codeOf(alone)).toBe('409 refused');
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await mother.upload(ids.personId, kind, on.picture) });
  const { id } = await mother.request({ ...body, applicant: { relation: 'guardian', proofs } });
  const reviewer = await on.as('drug-reviewer');
  expect(codeOf(await reviewer.send('GET', `/cases/${id}`))).toBe('403 minor-approval-needed');
  await openMinorFor(on, ['drug-reviewer'], { personId: ids.personId, caseId: id });
  expect((await reviewer.case(id)).state).toBe('reviewing');
});

async function laterOrdered(key: string, review: Record<string, unknown> = {}) {
  const { ids, persona } = await newMember(on, key);
  const { player, id } = await askForDrug(on, key, ids as Ids);
  await acceptFacts(on, id);
  await firstReview(on, id, { issuedOn: '2026-07-24', validUntil: '2026-09-20', ...review });
  await verdict(on, id);
  await arrange(on, id, '2026-09-01T10:00:00+08:00');
  await agree(player, id, ids);
  return { ids, persona, player, id };
}

test('the pharmacist sees what may be sold, no medical paper and no finding of the review, and each thing shown is on record', async () => {
  const { id, player } = await laterOrdered('minimal', { packs: 2, days: 60 });
  const shown = (view: CaseView) =>
    view.facts.flatMap(({ group, items }) => [group, ...items.map(({ value }) => value)]);
  const failed = '数量在规定之内';
  expect(shown(await player.case(id))).toContain(failed);
  const consultant = await (await on.as('drug-consultant')).case(id);
  expect(shown(consultant)).toEqual(expect.arrayContaining(['审核结论', '部分通过', failed]));
  const seen = await (await on.as('pharmacist')).case(id);
  expect(seen.papers.map(({ kind }) => kind)).not.toContain('pathology');
  expect(shown(seen)).toEqual(expect.arrayContaining(['审核结论', '部分通过', '1', PHARMACY]));
  for (const hidden of ['证据', failed, await codeOfPickUp(player, id)])
    expect(JSON.stringify(seen), hidden).not.toContain(hidden);
  const { items } = await player.must<{ items: z.infer<typeof DisclosureView>[] }>('GET', '/disclosures');
  const told = items.filter(({ recipientName }) => recipientName === PHARMACY).flatMap(({ what }) => what);
  expect(told).toEqual(expect.arrayContaining(['处方和用药', '费用', '预约安排']));
  expect(told).not.toContain('审核意见');
});
