/**
 * Special drugs of the sandbox: one that waits for its first review, one whose costs wait for the member, one ready at the
 * pharmacy, one between two purchases, one that is over. What two of them bought in October is its statement.
 */
import type { Player } from './player.ts';
import { accepted, ask, at, type Scene, type Stage, step, story } from './story-steps.ts';

type Keep = (id: string) => void;
type Sold = { brand: string; packs: number; days: number; issuedOn: string; validUntil: string };
const PHARMACY = '示例药房一店';

const rowOf = async (player: Player, list: string, q: string) =>
  (
    await player.must<{ items: { id: string; row: { price: number } }[] }>(
      'GET',
      `/lists/${list}?q=${encodeURIComponent(q)}`,
    )
  ).items[0]!;

const asks = (key: string, brand: string, way: 'pick-up' | 'home') => async (s: Stage, _id: () => string, keep: Keep) =>
  keep(
    await ask(s, key, {
      service: 'special-drug',
      form: { drug: (await rowOf(await s.member(key), 'drugs', brand)).id, way, city: '北京', bought: 'no' },
    }),
  );
/** Another drug in the place of the one of her newest case. */
const changesTo = (key: string, brand: string) => async (s: Stage, _id: () => string, keep: Keep) => {
  const player = await s.member(key);
  const [before] = (await player.must<{ items: { id: string }[] }>('GET', '/cases')).items;
  const form = { drug: (await rowOf(player, 'drugs', brand)).id, way: 'pick-up', city: '北京', bought: 'no' };
  keep(await ask(s, key, { service: 'special-drug', form: { ...form, earlier: before!.id } }));
};
const acceptedAtDrugDesk = step((s, id) => accepted(s, id, {}, 'drug-reviewer'));

/** Every criterion with the paper that shows it; the label asks for no test. */
const SHOWN_BY = {
  indication: 'pathology',
  dosage: 'prescription',
  notPreExisting: 'diagnosis',
  firstDiagnosis: 'diagnosis',
  prescriber: 'prescription',
  pharmacyAgreed: 'claim-form',
} as const;
const firstReviewed = ({ brand, ...prescribed }: Sold) =>
  step(async (s, id) => {
    const reviewer = await s.worker('drug-reviewer');
    const { papers } = await reviewer.case(id);
    const found = Object.entries(SHOWN_BY).flatMap(([field, by]) => [
      [field, 'met'],
      [`${field}Evidence`, papers.find(({ kind }) => kind === by)!.papers.at(-1)!.id],
    ]);
    await reviewer.event(id, 'finishFirstReview', {
      drug: (await rowOf(reviewer, 'drugs', brand)).id,
      prescribedFor: '示例适应症',
      usage: '按说明书，每日一次',
      ...prescribed,
      doctor: '示例医生',
      hospitalName: '复旦大学附属肿瘤医院',
      ...Object.fromEntries(found),
      biomarker: 'not-asked',
    });
  });
const approved = step(async (s, id) => {
  const consultant = await s.worker('drug-consultant');
  const text = '已与您通话核对，处方和用量都符合规定，接下来为您约药店。';
  await consultant.events(id, [
    ['logCall', { outcome: 'reached' }],
    ['giveVerdict', { verdict: 'as-reviewed', socialInsurance: 'used', text }],
  ]);
});
const proposed = (time: string, more: Record<string, unknown> = { way: 'pick-up' }) =>
  step(async (s, id) => {
    const consultant = await s.worker('drug-consultant');
    const { id: pharmacy } = await rowOf(consultant, 'pharmacies', PHARMACY);
    await consultant.event(id, 'proposeArrangement', { pharmacy, at: time, ...more });
  });
/** Her yes to costs and time, and her consent to this pharmacy. */
const agreed = (key: string) =>
  step(async (s, id) => {
    const player = await s.member(key);
    const personId = s.personId(key);
    await player.event(id, 'acceptArrangement');
    const { consents } = await player.must<{ consents: { recipient: string; purpose: string; textVersion: number }[] }>(
      'GET',
      `/services/special-drug/form?policyId=${s.policyId(key)}&personId=${personId}&caseId=${id}`,
    );
    const { recipient, purpose, textVersion } = consents.find((one) => one.purpose === 'drug-pharmacy')!;
    await player.must('POST', '/consents', { personId, caseId: id, recipient, purpose, textVersion });
  });
const arrived = (log: { lowest?: number; highest?: number } = {}) =>
  step(async (s, id) => (await s.worker('pharmacist')).event(id, 'drugArrived', log));

/** What the pharmacist keys in at the counter: her code, the originals, a trace code a pack, the signed receipt. */
async function counter(s: Stage, key: string, id: string, brand: string, traceCodes: readonly string[]) {
  const pharmacist = await s.worker('pharmacist');
  await pharmacist.attach(id, 'receipt', s.picture);
  const { papers } = await pharmacist.case(id);
  const { facts } = await (await s.member(key)).case(id);
  const originals = 'prescription claimForm insuredId collectorId diagnosis pathology socialCard'.split(' ');
  return {
    code: facts.flatMap(({ items }) => items).find(({ label }) => label === '取药码')!.value,
    collector: 'self',
    collectorName: '会员本人',
    ...Object.fromEntries(originals.map((name) => [name, true])),
    traceCodes,
    batches: traceCodes.map(() => 'B202608'),
    expiries: traceCodes.map(() => '2028-07-31'),
    price: (await rowOf(await s.worker('drug-consultant'), 'drugs', brand)).row.price,
    receipt: papers.find(({ kind }) => kind === 'receipt')!.papers.at(-1)!.id,
    paid: true,
  };
}
const handedOver = (key: string, brand: string, traceCodes: readonly string[], scannedFirst?: string) =>
  step(async (s, id) => {
    const pharmacist = await s.worker('pharmacist');
    const body = await counter(s, key, id, brand, traceCodes);
    if (scannedFirst) {
      // A code that was dispensed before: refused, and put before the clerk.
      const { version } = await pharmacist.case(id);
      const wrong = { ...body, traceCodes: [scannedFirst, ...traceCodes.slice(1)] };
      const { status } = await pharmacist.send('POST', `/cases/${id}/events`, {
        type: 'handOverDrug',
        version,
        ...wrong,
      });
      if (status !== 422) throw new Error(`A trace code that was dispensed before was answered with ${status}`);
    }
    await pharmacist.event(id, 'handOverDrug', body);
  });

const AXITINIB = { brand: '英立达', packs: 4, days: 28, issuedOn: '2026-10-12', validUntil: '2026-11-11' };
const PONATINIB = { brand: '英可欣', packs: 3, days: 30, issuedOn: '2026-10-14', validUntil: '2026-11-13' };
const DURVALUMAB = { brand: '英飞凡', packs: 1, days: 28 };
const LENVATINIB = { brand: '乐卫玛', packs: 2, days: 30, issuedOn: '2026-11-09', validUntil: '2026-12-08' };

/** The packs that were handed over in October, by their codes. */
export const OCTOBER = {
  ning: ['81000020261012000001', '81000020261012000002', '81000020261012000003', '81000020261012000004'],
  shao: ['81000020261012000005', '81000020261012000006', '81000020261012000007'],
} as const;

export const DRUGS: readonly Scene[] = [
  // 孟淑华: accepted this morning; her prescription waits for the first review.
  ...story([
    [at('2026-11-17', '16:20'), asks('meng', '唯择', 'pick-up')],
    [at('2026-11-18', '09:20'), acceptedAtDrugDesk],
  ]),
  // 谭志宏: leaves the first approval unanswered until it ends; comes with another prescription, to be delivered cold.
  ...story([
    [at('2026-09-21', '10:05'), asks('tan', DURVALUMAB.brand, 'home')],
    [at('2026-09-22', '09:30'), acceptedAtDrugDesk],
    [at('2026-09-22', '11:00'), firstReviewed({ ...DURVALUMAB, issuedOn: '2026-09-20', validUntil: '2026-10-19' })],
    [at('2026-09-22', '15:30'), approved],
    [at('2026-09-22', '16:30'), proposed(at('2026-09-29', '10:00'))],
    [
      at('2026-11-16', '10:20'),
      step(async (s, id) => {
        const player = await s.member('tan');
        // Another file than the first prescription: the same one again would be the same paper.
        const another = Buffer.concat([s.picture, Buffer.from('2')]);
        await player.event(id, 'newPrescription', {
          paper: await player.upload(s.personId('tan'), 'prescription', another),
        });
      }),
    ],
    [at('2026-11-17', '10:00'), firstReviewed({ ...DURVALUMAB, issuedOn: '2026-11-15', validUntil: '2026-12-14' })],
    [at('2026-11-17', '15:30'), approved],
    [
      at('2026-11-18', '09:30'),
      proposed(at('2026-11-25', '10:00'), { way: 'home', address: '北京市示例路 8 号', coldChainFee: 12_000 }),
    ],
  ]),
  // 谢桂兰: the drug is at the pharmacy, she collects it with her code.
  ...story([
    [at('2026-11-09', '14:00'), asks('xie', LENVATINIB.brand, 'pick-up')],
    [at('2026-11-10', '09:30'), acceptedAtDrugDesk],
    [at('2026-11-10', '10:30'), firstReviewed(LENVATINIB)],
    [at('2026-11-10', '16:00'), approved],
    [at('2026-11-11', '10:00'), proposed(at('2026-11-20', '10:00'))],
    [at('2026-11-11', '19:30'), agreed('xie')],
    [at('2026-11-16', '11:00'), arrived()],
  ]),
  // 宁建华: four packs for four weeks, nearly used up; the reminder of the next prescription has come.
  ...story([
    [at('2026-10-12', '09:10'), asks('ning', AXITINIB.brand, 'pick-up')],
    [at('2026-10-13', '09:20'), acceptedAtDrugDesk],
    [at('2026-10-13', '10:20'), firstReviewed(AXITINIB)],
    [at('2026-10-13', '14:40'), approved],
    [at('2026-10-14', '09:40'), proposed(at('2026-10-23', '10:00'))],
    [at('2026-10-14', '20:10'), agreed('ning')],
    [at('2026-10-21', '10:30'), arrived()],
    [at('2026-10-23', '10:20'), handedOver('ning', AXITINIB.brand, OCTOBER.ning)],
  ]),
  // 邵玉芬: a code of 宁建华's packs is scanned for hers; a damaged pack goes back; then another drug is chosen.
  ...story([
    [at('2026-10-14', '11:00'), asks('shao', PONATINIB.brand, 'pick-up')],
    [at('2026-10-15', '09:10'), acceptedAtDrugDesk],
    [at('2026-10-15', '10:00'), firstReviewed(PONATINIB)],
    [at('2026-10-15', '15:00'), approved],
    [at('2026-10-15', '16:30'), proposed(at('2026-10-26', '15:00'))],
    [at('2026-10-15', '21:00'), agreed('shao')],
    [at('2026-10-21', '15:00'), arrived()],
    [at('2026-10-26', '15:10'), handedOver('shao', PONATINIB.brand, OCTOBER.shao, OCTOBER.ning[0])],
    [
      at('2026-10-28', '11:00'),
      step(async (s, id) =>
        (await s.worker('pharmacist')).event(id, 'returnPacks', { traceCodes: [OCTOBER.shao[1]], cause: 'damaged' }),
      ),
    ],
    [at('2026-10-29', '16:00'), step(async (s, id) => (await s.worker('pharmacist')).event(id, 'recordRefunded'))],
    [
      at('2026-11-02', '10:00'),
      step(async (s, id) => (await s.member('shao')).event(id, 'endTherapy', { why: 'changed' })),
    ],
    [at('2026-11-02', '10:05'), step(async (s, id) => (await s.member('shao')).event(id, 'rate', { stars: 4 }))],
  ]),
  // The drug that took its place: a case of its own, linked to the one before.
  ...story([
    [at('2026-11-17', '09:10'), changesTo('shao', LENVATINIB.brand)],
    [at('2026-11-17', '14:00'), acceptedAtDrugDesk],
  ]),
];
