/** Gene tests of the sandbox: one that waits for its signature, one in the laboratory, one explained and closed. */
import { PERSONAS } from './people.ts';
import { type Player, passCheck } from './player.ts';
import { samplePdf } from './sample-pdf.ts';
import { accepted, at, provider, type Scene, type Stage, step, story } from './story-steps.ts';

const LABORATORY = 'sample-lab';
const DAYS = { firstSymptomOn: '2026-08-05', firstVisitOn: '2026-08-10', diagnosedOn: '2026-08-20' };

const personaOf = (key: string) => PERSONAS.find((one) => one.key === key)!;

/** The code on her telephone; it is sent after the answer, so it is looked for until it is there. */
async function signingCode(player: Player, key: string): Promise<string> {
  const { phone } = personaOf(key);
  for (let tries = 0; tries < 50; tries += 1) {
    const { items } = await player.must<{ items: { to: string; body: string }[] }>(
      'GET',
      '/sandbox/messages?limit=100',
    );
    const found = items.find(({ to, body }) => to.includes(phone) && body.startsWith('签署验证码'));
    if (found) return /\d{6}/.exec(found.body)![0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`No code to sign with was sent to ${key}`);
}

/** The hotline checks the caller by three answers and files the request. */
async function filed(stage: Stage, key: string): Promise<string> {
  const desk = await stage.worker('desk');
  const [policyId, personId] = [stage.policyId(key), stage.personId(key)];
  await passCheck(desk, personaOf(key), personId);
  const form = await desk.form('gene-test', policyId, personId);
  const papers = [];
  for (const { kind } of form.papers.filter(({ required }) => required))
    papers.push({ kind, paperId: await desk.upload(personId, kind, stage.picture) });
  const { id } = await desk.request({
    service: 'gene-test',
    policyId,
    personId,
    illness: {
      code: 'malignant-tumour-severe',
      ...DAYS,
      hospitalName: '示例市人民医院',
    },
    form: { treatedAt: '示例市人民医院肿瘤科', wishedTimes: '下午' },
    papers,
    consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id: notice, version }) => ({ id: notice, version })),
  });
  return id;
}

async function explained(stage: Stage, key: string, id: string): Promise<void> {
  const [manager, player] = [await stage.worker('manager'), await stage.member(key)];
  await accepted(stage, id, DAYS);
  await manager.event(id, 'takeCase');
  await manager.event(id, 'logCall', { outcome: 'reached' });
  await manager.event(id, 'assess', {
    laboratory: await provider(stage, LABORATORY),
    sampleType: 'tissue',
    sampleFrom: '2026-10-13',
    why: '术后组织足够，先测再定用药方案。',
  });
  await player.must('POST', '/consents', {
    personId: stage.personId(key),
    caseId: id,
    recipient: LABORATORY,
    purpose: 'gene-test-laboratory',
    textVersion: 1,
  });
  await manager.event(id, 'explain', { questions: '问：多久出报告？答：约十个工作日。' });
}

async function signedAndBooked(stage: Stage, key: string, id: string, pickUp: string): Promise<void> {
  const player = await stage.member(key);
  await player.must('POST', `/cases/${id}/informed-consent/code`);
  const code = await signingCode(player, key);
  await player.must('POST', `/cases/${id}/informed-consent/signature`, { code, version: 1 });
  await (await stage.worker('manager')).event(id, 'proposePickUp', {
    provider: await provider(stage, 'shangyong'),
    at: pickUp,
    address: '示例市示例区示例路 1 号 2 单元 301',
    collector: '示例取样员',
    phone: '19900008888',
  });
  await player.event(id, 'confirmPickUp');
}

async function takenIn(stage: Stage, id: string, barcode: string, collectedAt: string): Promise<void> {
  const provider = await stage.worker('provider');
  await provider.event(id, 'collectSample', { barcode, temperature: 4, collector: '示例取样员', collectedAt });
  await (await stage.worker('laboratory')).event(id, 'receiveSample', { barcode, temperature: 5, fit: 'yes' });
}

async function closed(stage: Stage, key: string, id: string, barcode: string): Promise<void> {
  const [laboratory, manager, player] = [
    await stage.worker('laboratory'),
    await stage.worker('manager'),
    await stage.member(key),
  ];
  await laboratory.attach(id, 'gene-report', samplePdf('Sample gene report'), 'report.pdf');
  await laboratory.event(id, 'report', { barcode, number: 'SAMPLE-R-001', issuedOn: '2026-10-23' });
  await manager.event(id, 'releaseReport');
  await player.must('POST', '/consents', {
    personId: stage.personId(key),
    caseId: id,
    recipient: 'attending-doctor',
    purpose: 'gene-test-doctor',
    textVersion: 1,
  });
  const doctor = { doctor: '示例医生乙', hospital: '示例市人民医院肿瘤科' };
  await manager.event(id, 'sendReportToDoctor', { ...doctor, how: 'handed-over' });
  await manager.event(id, 'explainToDoctor', { ...doctor, way: 'telephone' });
  await manager.event(id, 'explainToApplicant', { to: 'tested-person', way: 'telephone' });
}

const filing = (key: string) => async (stage: Stage, _id: () => string, keep: (id: string) => void) =>
  keep(await filed(stage, key));

export const GENE_TESTS: readonly Scene[] = [
  // 裘秀英: explained yesterday, the informed consent waits for her.
  ...story([
    [at('2026-11-16', '10:20'), filing('qiu')],
    [at('2026-11-17', '14:30'), step((s, id) => explained(s, 'qiu', id))],
  ]),
  // 范国强: his sample is in the laboratory.
  ...story([
    [at('2026-11-09', '15:10'), filing('fan')],
    [at('2026-11-10', '10:30'), step((s, id) => explained(s, 'fan', id))],
    [at('2026-11-11', '09:20'), step((s, id) => signedAndBooked(s, 'fan', id, at('2026-11-13', '09:30')))],
    [at('2026-11-13', '15:00'), step((s, id) => takenIn(s, id, 'SAMPLE-F-001', at('2026-11-13', '09:40')))],
  ]),
  // 苗青: reported, explained to him and to his doctor, closed.
  ...story([
    [at('2026-10-12', '09:40'), filing('miao')],
    [at('2026-10-13', '10:00'), step((s, id) => explained(s, 'miao', id))],
    [at('2026-10-13', '16:00'), step((s, id) => signedAndBooked(s, 'miao', id, at('2026-10-15', '10:00')))],
    [at('2026-10-15', '16:00'), step((s, id) => takenIn(s, id, 'SAMPLE-M-001', at('2026-10-15', '10:10')))],
    [at('2026-10-23', '15:00'), step((s, id) => closed(s, 'miao', id, 'SAMPLE-M-001'))],
  ]),
];
