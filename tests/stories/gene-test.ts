/** Steps of a gene-test case that stories share, through HTTP: the hotline files it, the member signs, the laboratory reports. */
import type { z } from 'zod';
import type { CaseView } from '#contract/cases.ts';
import type { Persona } from '#server/sandbox/people.ts';
import { type Player, passCheck } from '#server/sandbox/player.ts';
import { samplePdf } from '#server/sandbox/sample-pdf.ts';
import type { TestApp } from '#tests/with-app.ts';
import type { Ids } from './outpatient.ts';
import { accept } from './outpatient.ts';
import { catchUp } from './steps.ts';

type View = z.infer<typeof CaseView>;
export const LABORATORY = 'sample-lab';
export const BARCODE = 'YILU-0001';

export type Filing = {
  illness?: Record<string, unknown>;
  without?: readonly string[];
  applicant?: Record<string, unknown>;
  /** Who is on the line, when it is not the person served. */
  caller?: { persona: Persona; personId: string };
};

/** The body of a request on the hotline; the desk has checked the caller. */
export async function testRequest(on: TestApp, desk: Player, ids: Ids, filing: Filing = {}) {
  const form = await desk.form('gene-test', ids.policyId, ids.personId);
  const papers = [];
  if (!filing.caller)
    for (const paper of form.papers.filter(({ required, kind }) => required && !filing.without?.includes(kind)))
      papers.push({ kind: paper.kind, paperId: await desk.upload(ids.personId, paper.kind, on.picture) });
  return {
    service: 'gene-test',
    ...ids,
    ...(filing.applicant ? { applicant: filing.applicant } : {}),
    illness: {
      code: 'malignant-tumour-severe',
      firstSymptomOn: '2026-06-05',
      firstVisitOn: '2026-06-10',
      diagnosedOn: '2026-06-20',
      hospitalName: '示例市人民医院',
      ...filing.illness,
    },
    form: { treatedAt: '示例市人民医院肿瘤科' },
    papers,
    consents: filing.caller
      ? []
      : form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
  };
}

/** The caller is checked and the request filed [2.4.6]. */
export async function fileTest(
  on: TestApp,
  persona: Persona,
  ids: Ids,
  filing: Filing = {},
): Promise<{ desk: Player; id: string; state: string }> {
  const desk = await on.as('desk');
  await passCheck(desk, filing.caller?.persona ?? persona, filing.caller?.personId ?? ids.personId);
  const { id, state } = await desk.request(await testRequest(on, desk, ids, filing));
  return { desk, id, state };
}

export const providerId = async (player: Player, code: string): Promise<string> =>
  (await player.must<{ items: { id: string; row: { code: string } }[] }>('GET', '/lists/providers')).items.find(
    ({ row }) => row.code === code,
  )!.id;

/** Verified, assessed; the member agrees to the laboratory; explained: the signature is what is missing. */
export async function playToSignature(on: TestApp, id: string, key: string, ids: Ids): Promise<Player> {
  await accept(on, id);
  const manager = await on.as('manager');
  await manager.event(id, 'takeCase');
  await manager.event(id, 'logCall', { outcome: 'reached' });
  await assess(manager, id);
  await agreeToLaboratory(await on.as(key), id, ids);
  await manager.event(id, 'explain', { questions: '问：多久出报告？答：约十个工作日。' });
  return manager;
}
export const assess = async (manager: Player, id: string, laboratory = LABORATORY): Promise<View> =>
  manager.event(id, 'assess', {
    laboratory: await providerId(manager, laboratory),
    sampleType: 'tissue',
    sampleFrom: '2026-07-02',
    why: '术后组织足够，先测再定方案',
  });
export const agreeToLaboratory = (player: Player, caseId: string, ids: Ids, recipient = LABORATORY) =>
  player.must('POST', '/consents', {
    personId: ids.personId,
    caseId,
    recipient,
    purpose: 'gene-test-laboratory',
    textVersion: 1,
  });

/** The code of the newest message to the sandbox's telephone of this person that has one. */
export async function codeSentTo(player: Player, phone: string): Promise<string> {
  const { items } = await player.must<{ items: { to: string; body: string }[] }>('GET', '/sandbox/messages?limit=100');
  const found = items.find(({ to, body }) => to.includes(phone) && body.startsWith('签署验证码'));
  if (!found) throw new Error(`No code was sent to ${phone}`);
  return /\d{6}/.exec(found.body)![0];
}
export async function sign(on: TestApp, player: Player, id: string, phone: string): Promise<void> {
  await player.must('POST', `/cases/${id}/informed-consent/code`);
  await catchUp(on);
  const code = await codeSentTo(player, phone);
  await player.must('POST', `/cases/${id}/informed-consent/signature`, { code, version: 1 });
}

export const proposePickUp = async (manager: Player, id: string, at: string): Promise<View> =>
  manager.event(id, 'proposePickUp', {
    provider: await providerId(manager, 'shangyong'),
    at,
    address: '示例路 1 号 2 单元 301',
    collector: '示例取样员',
    phone: '19900008888',
  });

export type Person = { persona: Persona; ids: Ids };
/** From the request to a pick-up that is booked. */
export async function playToPickUp(
  on: TestApp,
  { persona, ids }: Person,
  at: string,
): Promise<{ id: string; player: Player; manager: Player }> {
  const { id } = await fileTest(on, persona, ids);
  const manager = await playToSignature(on, id, persona.key, ids);
  const player = await on.as(persona.key);
  await sign(on, player, id, persona.phone);
  await proposePickUp(manager, id, at);
  await player.event(id, 'confirmPickUp');
  return { id, player, manager };
}

/** The collector comes at the time agreed; the sandbox's time must have come to it. */
export async function collect(on: TestApp, id: string, collectedAt: string, barcode = BARCODE): Promise<Player> {
  const provider = await on.as('provider');
  await provider.event(id, 'collectSample', { barcode, temperature: 4, collector: '示例取样员', collectedAt });
  return provider;
}
export async function takeIn(on: TestApp, id: string, barcode = BARCODE): Promise<Player> {
  const laboratory = await on.as('laboratory');
  await laboratory.event(id, 'receiveSample', { barcode, temperature: 5, fit: 'yes' });
  return laboratory;
}

export const uploadReport = (laboratory: Player, id: string, title = 'report') =>
  laboratory.attach(id, 'gene-report', samplePdf(`${title} ${id}`), `${title}.pdf`);
export async function report(laboratory: Player, id: string, barcode = BARCODE): Promise<View> {
  await uploadReport(laboratory, id);
  return laboratory.event(id, 'report', { barcode, number: 'R-2026-001', issuedOn: '2026-07-08' });
}
