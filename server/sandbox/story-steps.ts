/** Steps that the sandbox's stories are told with: real requests of the program's own interface. */
import type { Player } from './player.ts';

export type Stage = {
  member(key: string): Promise<Player>;
  worker(key: string): Promise<Player>;
  personId(key: string): string;
  policyId(key: string): string;
  hospital(name: string): Promise<{ id: string; department: string }>;
  expertAt(hospital: string): Promise<{ id: string; department: string }>;
  picture: Buffer;
};
export type Scene = { at: string; play: (stage: Stage) => Promise<void> };

export const HOSPITAL = '复旦大学附属肿瘤医院';
export const at = (day: string, time: string) => `${day}T${time}:00+08:00`;

export type Ask = {
  /** The outpatient green channel where not said. */
  service?: string;
  /** Papers that are not required. */
  with?: string[];
  illness?: Record<string, unknown>;
  /** What the service asks beside the illness; else hospital, department and times. */
  form?: Record<string, unknown>;
  without?: string[];
  by?: string;
  applicant?: Record<string, unknown>;
  proofs?: { kind: string }[];
  consents?: false;
};

/** A request as a member makes it: form read, papers uploaded, notices acknowledged. */
export async function ask(stage: Stage, key: string, options: Ask = {}): Promise<string> {
  const player = await stage.member(options.by ?? key);
  const [policyId, personId] = [stage.policyId(key), stage.personId(key)];
  const form = await player.form(options.service ?? 'outpatient-access', policyId, personId);
  const hospital = await stage.hospital(HOSPITAL);
  const papers = [];
  const mayUpload = options.by === undefined || options.proofs !== undefined;
  if (mayUpload)
    for (const paper of form.papers.filter(
      ({ required, kind }) =>
        (required || options.with?.includes(kind)) &&
        !options.without?.includes(kind) &&
        !['guardianship', 'minority'].includes(kind),
    ))
      papers.push({ kind: paper.kind, paperId: await player.upload(personId, paper.kind, stage.picture) });
  const proofs = [];
  for (const { kind } of options.proofs ?? [])
    proofs.push({ kind, paperId: await player.upload(personId, kind, stage.picture) });
  const created = await player.request({
    service: options.service ?? 'outpatient-access',
    policyId,
    personId,
    ...(options.applicant ? { applicant: { ...options.applicant, ...(proofs.length > 0 ? { proofs } : {}) } } : {}),
    illness: {
      code: 'malignant-tumour-severe',
      firstSymptomOn: '2026-06-05',
      firstVisitOn: '2026-06-10',
      diagnosedOn: '2026-06-20',
      hospitalId: hospital.id,
      ...options.illness,
    },
    form: options.form ?? { hospital: hospital.id, department: hospital.department, wishedTimes: '工作日上午' },
    papers,
    consents:
      form.needsOwnConsent || options.consents === false
        ? []
        : form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
  });
  return created.id;
}

export const verified = async (stage: Stage, id: string, facts: Record<string, unknown> = {}, desk = 'reviewer') => {
  const reviewer = await stage.worker(desk);
  const view = await reviewer.case(id);
  const papers = view.papers.flatMap((need) => need.papers);
  const hospital = await stage.hospital(HOSPITAL);
  await reviewer.events(id, [
    ...papers
      .filter(({ verdict }) => verdict === 'received')
      .map((paper): [string, Record<string, unknown>] => ['judgePaper', { paper: paper.id, verdict: 'accepted' }]),
    ['takeReview'],
    [
      'verifyFacts',
      {
        illness: 'malignant-tumour-severe',
        firstSymptomOn: '2026-06-05',
        firstVisitOn: '2026-06-10',
        diagnosedOn: '2026-06-20',
        first: true,
        preExisting: false,
        hospital: hospital.id,
        source: papers[0]?.id,
        ...facts,
      },
    ],
  ]);
};
export const accepted = async (stage: Stage, id: string, facts?: Record<string, unknown>, desk = 'reviewer') => {
  await verified(stage, id, facts, desk);
  await (await stage.worker(desk)).event(id, 'acceptRequest');
};
export const planned = async (stage: Stage, id: string) => {
  const manager = await stage.worker('manager');
  const hospital = await stage.hospital(HOSPITAL);
  await manager.event(id, 'takeCase');
  await manager.event(id, 'writeCarePath', {
    hospital: hospital.id,
    department: hospital.department,
    expert: '主任医师门诊（示例）',
    why: '该院对这一类肿瘤诊疗经验多，离家也近；先由专家看过病理再定方案。',
    examinations: '病理会诊、增强 CT，可能需要基因检测。',
  });
};
export const provider = async (stage: Stage, code: string) => {
  const found = await (await stage.worker('manager')).must<{ items: { id: string; row: { code: string } }[] }>(
    'GET',
    '/lists/providers',
  );
  return found.items.find(({ row }) => row.code === code)!.id;
};
export const handed = async (stage: Stage, id: string, code = 'shangyong') =>
  (await stage.worker('manager')).event(id, 'handToProvider', { provider: await provider(stage, code) });
export const offered = async (stage: Stage, id: string, visitAt: string, answerBy: string) => {
  const [hospital, expert] = [await stage.hospital(HOSPITAL), await stage.expertAt(HOSPITAL)];
  await (await stage.worker('provider')).event(id, 'offerSlot', {
    hospital: hospital.id,
    department: expert.department,
    expert: expert.id,
    visitAt,
    answerBy,
    escortName: '示例陪诊员',
    escortPhone: '19900009999',
    meetingPlace: '门诊大厅 1 号门',
    escortHours: '就诊前 30 分钟起 4 小时',
  });
};

export const summarised = async (stage: Stage, id: string, words: { said: string; nextSteps: string }) => {
  const escort = await stage.worker('provider');
  await escort.attach(id, 'visit-record', stage.picture);
  await escort.event(id, 'summarise', words);
};

/** A member of staff asks to open a minor's file; returns the approval's id. */
export const askForMinor = async (stage: Stage, worker: string, child: string, caseId: string, reason: string) =>
  (
    await (
      await stage.worker(worker)
    ).must<{ approvalId: string }>('POST', `/persons/${stage.personId(child)}/minor-access`, { reason, caseId })
  ).approvalId;

/** A story: named steps, each at its time, sharing the case it is about. */
export function story(
  steps: [string, (stage: Stage, id: () => string, keep: (id: string) => void) => Promise<void>][],
): Scene[] {
  let id = '';
  return steps.map(([moment, play]) => ({
    at: moment,
    play: (stage) =>
      play(
        stage,
        () => id,
        (one) => {
          id = one;
        },
      ),
  }));
}
export const asked =
  (key: string, options?: Ask) => async (stage: Stage, _id: () => string, keep: (id: string) => void) =>
    keep(await ask(stage, key, options));
export const step = (play: (stage: Stage, id: string) => Promise<unknown>) => async (stage: Stage, id: () => string) =>
  void (await play(stage, id()));
