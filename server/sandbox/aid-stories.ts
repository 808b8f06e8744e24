/** Charity aid of the sandbox: one whose first free box waits at the pharmacy, one that the charity refused. */
import { accepted, at, type Scene, type Stage, step, story } from './story-steps.ts';

const DAYS = { firstSymptomOn: '2026-08-05', firstVisitOn: '2026-08-10', diagnosedOn: '2026-08-20' };

/** The member asks in her portal, with the papers the plan wants and the proof of what she bought. */
const filing =
  (key: string, drugName: string) => async (stage: Stage, _id: () => string, keep: (id: string) => void) => {
    const player = await stage.member(key);
    const [policyId, personId] = [stage.policyId(key), stage.personId(key)];
    const form = await player.form('drug-aid', policyId, personId);
    const papers = [];
    for (const { kind } of form.papers.filter((paper) => paper.required || paper.kind === 'purchase-proof'))
      papers.push({ kind, paperId: await player.upload(personId, kind, stage.picture) });
    const { id } = await player.request({
      service: 'drug-aid',
      policyId,
      personId,
      illness: { code: 'malignant-tumour-severe', ...DAYS, hospitalName: '示例市人民医院' },
      form: { drugName, boughtSoFar: '9 月起买了两盒', wishedTimes: '下午' },
      papers,
      consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
      acknowledged: form.notices.map(({ id: notice, version }) => ({ id: notice, version })),
    });
    keep(id);
  };

/** The assistant reads drug and boxes off the papers, finds the file complete and submits it. */
async function submitted(stage: Stage, id: string, brand: string, bought: { on: string; units: number } | null) {
  const assistant = await stage.worker('aid-assistant');
  const first = async (list: string) =>
    (await assistant.must<{ items: { id: string }[] }>('GET', `/lists/${list}?q=${encodeURIComponent(brand)}`))
      .items[0]!.id;
  await assistant.event(id, 'chooseProgramme', {
    drug: await first('drugs'),
    programme: await first('programmes'),
    why: '处方、检测结果和经济情况符合项目条件',
  });
  const proof = (await assistant.case(id)).papers.find(({ kind }) => kind === 'purchase-proof')!.papers[0]!.id;
  if (bought) await assistant.event(id, 'recordBought', { ...bought, payer: 'insurer', proof });
  await assistant.event(id, 'passFile', { words: '材料齐全，可以提交。' });
}
const toCharity = (submittedOn: string, number: string) =>
  step(async (s, id) => (await s.worker('aid-assistant')).event(id, 'submitToCharity', { submittedOn, number }));

export const AID: readonly Scene[] = [
  // 荣慧: two boxes bought, approved; from tomorrow on she can collect the first free one.
  ...story([
    [at('2026-10-26', '10:15'), filing('rong', '克唑替尼胶囊（赛可瑞）')],
    [at('2026-10-27', '09:50'), step((s, id) => accepted(s, id, DAYS))],
    [at('2026-10-28', '14:20'), step((s, id) => submitted(s, id, '赛可瑞', { on: '2026-09-20', units: 2 }))],
    [at('2026-10-29', '09:10'), toCharity('2026-10-29', 'SAMPLE-A-001')],
    [
      at('2026-11-16', '11:00'),
      step(async (s, id) =>
        (await s.worker('aid-assistant')).event(id, 'recordVerdict', {
          verdict: 'approved',
          decidedOn: '2026-11-16',
          collectFrom: '2026-11-17',
        }),
      ),
    ],
  ]),
  // 柏志明: refused by the charity; the prescription is reviewed anew [2.6.5.1.4].
  ...story([
    [at('2026-10-19', '15:40'), filing('bai', '盐酸厄洛替尼片（特罗凯）')],
    [at('2026-10-20', '10:30'), step((s, id) => accepted(s, id, DAYS))],
    [at('2026-10-21', '10:00'), step((s, id) => submitted(s, id, '特罗凯', null))],
    [at('2026-10-21', '15:00'), toCharity('2026-10-21', 'SAMPLE-A-002')],
    [
      at('2026-11-05', '16:30'),
      step(async (s, id) =>
        (await s.worker('aid-assistant')).event(id, 'recordVerdict', {
          verdict: 'refused',
          decidedOn: '2026-11-05',
          words: '家庭收入超过项目的标准（示例）',
        }),
      ),
    ],
  ]),
];
