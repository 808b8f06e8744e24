/** What happened to the sandbox's second opinions before the visitor came; each began with a call to the hotline. */
import { idNumberOf, PERSONAS } from './people.ts';
import type { Player } from './player.ts';
import { sampleStudy } from './sample-images.ts';
import { at, HOSPITAL, provider, type Scene, type Stage, step, story, verified } from './story-steps.ts';
import { WORKERS } from './workers.ts';

const SERVICE = 'second-opinion';
/** Where the sandbox's expert works. */
const EXPERTS_HOSPITAL = '中国医学科学院北京协和医院';
const EXPERT = '示例医生甲';

/** Heard and checked on the telephone, then filed with the papers that were sent in. */
const called =
  (key: string, options: { question: string; without?: readonly string[]; images?: true }) =>
  async (stage: Stage, _id: () => string, keep: (id: string) => void): Promise<void> => {
    const persona = PERSONAS.find((one) => one.key === key)!;
    const [policyId, personId] = [stage.policyId(key), stage.personId(key)];
    const desk = await stage.worker('desk');
    const check = await desk.must<{ id: string }>('POST', '/desk/checks', { personId });
    await desk.must('POST', `/desk/checks/${check.id}/answers`, {
      answers: [
        { code: 'born-on', value: persona.bornOn },
        { code: 'policy-number', value: persona.policyNo },
        { code: 'id-last-six', value: idNumberOf(persona).slice(-6) },
      ],
    });
    const form = await desk.form(SERVICE, policyId, personId);
    const papers = [];
    for (const { kind, required } of form.papers)
      if (required && !options.without?.includes(kind))
        papers.push({ kind, paperId: await desk.upload(personId, kind, stage.picture) });
    if (options.images)
      papers.push({ kind: 'imaging', paperId: await desk.upload(personId, 'imaging', sampleStudy(25, 128), 'CT.zip') });
    const created = await desk.request({
      service: SERVICE,
      policyId,
      personId,
      illness: {
        code: 'malignant-tumour-severe',
        firstSymptomOn: '2026-06-05',
        firstVisitOn: '2026-06-10',
        diagnosedOn: '2026-06-20',
        hospitalId: (await stage.hospital(HOSPITAL)).id,
      },
      form: { question: options.question, wishedTimes: '工作日上午，北京' },
      papers,
      consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
      acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
    });
    keep(created.id);
  };

async function manager(stage: Stage, id: string): Promise<Player> {
  const { assignee } = await (await stage.worker('supervisor')).case(id);
  return stage.worker(WORKERS.find(({ name }) => name === assignee)?.key ?? 'manager');
}
const reached = async (stage: Stage, id: string) =>
  (await manager(stage, id)).event(id, 'logCall', { outcome: 'reached', note: '说明要准备的资料' });
const accepted = async (stage: Stage, id: string) => {
  await verified(stage, id);
  await (await stage.worker('reviewer')).event(id, 'acceptRequest');
};
const booked = async (stage: Stage, id: string, visitAt: string, answerBy: string) => {
  const player = await manager(stage, id);
  await player.event(id, 'tellComplete');
  await player.event(id, 'handToProvider', { provider: await provider(stage, 'shangyong') });
  const hospital = await stage.hospital(EXPERTS_HOSPITAL);
  const found = await player.must<{ items: { id: string; row: { name: string; department: string } }[] }>(
    'GET',
    `/lists/experts?hospital=${encodeURIComponent(EXPERTS_HOSPITAL)}&q=${encodeURIComponent(EXPERT)}`,
  );
  const expert = found.items[0]!;
  await (await stage.worker('provider')).event(id, 'offerSlot', {
    hospital: hospital.id,
    department: expert.row.department,
    expert: expert.id,
    visitAt,
    answerBy,
  });
};
const acceptedByHer = async (stage: Stage, key: string, id: string) => {
  const player = await stage.member(key);
  await player.event(id, 'acceptOffer');
  const form = await player.must<{ consents: { recipient: string; purpose: string; textVersion: number }[] }>(
    'GET',
    `/services/${SERVICE}/form?policyId=${stage.policyId(key)}&personId=${stage.personId(key)}&caseId=${id}`,
  );
  const consent = form.consents.find(({ purpose }) => purpose === 'expert-opinion')!;
  const { recipient, purpose, textVersion } = consent;
  await player.must('POST', '/consents', {
    personId: stage.personId(key),
    caseId: id,
    recipient,
    purpose,
    textVersion,
  });
};
const attended = async (stage: Stage, id: string) => (await stage.worker('expert')).event(id, 'checkIn');

export const OPINIONS: readonly Scene[] = [
  // 苏玉梅: she has been there; the expert has records and images before him and writes.
  ...story([
    [
      at('2026-11-09', '10:20'),
      called('su', { question: '右上肺这个结节需要马上手术，还是可以先观察？', images: true }),
    ],
    [at('2026-11-09', '10:50'), step(reached)],
    [at('2026-11-10', '09:40'), step(accepted)],
    [at('2026-11-10', '11:00'), step((s, id) => booked(s, id, at('2026-11-18', '09:00'), at('2026-11-12', '18:00')))],
    [at('2026-11-10', '20:10'), step((s, id) => acceptedByHer(s, 'su', id))],
    [at('2026-11-18', '09:20'), step(attended)],
  ]),
  // 董志远: one list was told, the medical record is still to come.
  ...story([
    [at('2026-11-16', '14:20'), called('dong', { question: '术后还要不要化疗？', without: ['medical-record'] })],
    [at('2026-11-16', '14:45'), step(reached)],
    [at('2026-11-17', '10:00'), step(accepted)],
    [
      at('2026-11-17', '11:30'),
      step(async (s, id) =>
        (await manager(s, id)).event(id, 'tellMissing', {
          kinds: ['medical-record'],
          note: '还缺出院小结和手术记录，拍照上传即可；也可以签一份授权，由我代您到医院调取。',
        }),
      ),
    ],
  ]),
  // 陆建平: from the call to the rating, with one question asked and answered.
  ...story([
    [at('2026-11-02', '09:30'), called('lu', { question: '原来的治疗方案有没有更好的选择？' })],
    [at('2026-11-02', '10:00'), step(reached)],
    [at('2026-11-03', '09:30'), step(accepted)],
    [at('2026-11-03', '11:00'), step((s, id) => booked(s, id, at('2026-11-09', '14:00'), at('2026-11-05', '18:00')))],
    [at('2026-11-03', '19:00'), step((s, id) => acceptedByHer(s, 'lu', id))],
    [at('2026-11-09', '14:10'), step(attended)],
    [
      at('2026-11-11', '16:00'),
      step(async (s, id) =>
        (await s.worker('expert')).event(id, 'issueOpinion', {
          question: '原来的治疗方案有没有更好的选择？',
          recordsSeen: '2026年6月20日病理报告；2026年6月25日增强 CT 报告；出院小结。',
          findings: '右上肺结节约 18 毫米，病理为腺癌；纵隔淋巴结未见肿大，未见远处转移的证据。',
          opinion: '同意原诊断和分期。现有方案合理，可以直接手术，不必先做化疗。',
          treatment: '建议胸腔镜肺叶切除加系统性淋巴结清扫；术后按病理分期决定是否辅助治疗。',
          followUp: '术后第一、三、六个月复查增强 CT，之后每半年一次。',
          limits: '仅依据所列资料，未见骨扫描和头颅磁共振；请与主治医生一起决定。',
        }),
      ),
    ],
    [
      at('2026-11-11', '20:30'),
      step(async (s, id) => {
        const player = await s.member('lu');
        const { opinion } = await player.case(id);
        await player.file(opinion!.reportUrl!.slice('/api'.length));
      }),
    ],
    [
      at('2026-11-12', '10:30'),
      step(async (s, id) =>
        (await manager(s, id)).event(id, 'explainOpinion', {
          how: 'call',
          said: '专家同意原来的方案，建议直接手术；术后按病理再看要不要辅助治疗。出院后按表复查。',
        }),
      ),
    ],
    [
      at('2026-11-12', '19:40'),
      step(async (s, id) =>
        (await s.member('lu')).event(id, 'askFollowUp', { question: '手术前需要先停阿司匹林吗？' }),
      ),
    ],
    [
      at('2026-11-16', '09:50'),
      step(async (s, id) =>
        (await s.worker('expert')).event(id, 'answerFollowUp', {
          answer: '一般手术前一周停用；您放过支架，停药前请先问心内科医生。',
        }),
      ),
    ],
    [
      at('2026-11-16', '20:00'),
      step(async (s, id) => (await s.member('lu')).event(id, 'rate', { stars: 5, words: '讲得很清楚' })),
    ],
  ]),
];
