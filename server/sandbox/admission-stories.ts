/** What happened to the sandbox's admissions and surgeries before the visitor came. */

import type { Player } from './player.ts';
import { accepted, asked, at, HOSPITAL, provider, type Scene, type Stage, step, story } from './story-steps.ts';
import { WORKERS } from './workers.ts';

const SERVICE = 'inpatient-access';

/** The case manager whom the program named. */
async function manager(stage: Stage, id: string): Promise<Player> {
  const { assignee } = await (await stage.worker('supervisor')).case(id);
  const worker = WORKERS.find(({ name }) => name === assignee);
  return stage.worker(worker?.key ?? 'manager');
}
const called = async (stage: Stage, id: string) =>
  (await manager(stage, id)).event(id, 'logCall', { outcome: 'reached', note: '和家属通话，了解病情和意愿' });
const triaged = async (stage: Stage, id: string) => {
  const player = await manager(stage, id);
  const hospital = await stage.hospital(HOSPITAL);
  await player.event(id, 'writeCarePath', {
    hospital: hospital.id,
    department: hospital.department,
    expert: '主任医师病区（示例）',
    why: '病理明确，需要手术；该院这类手术多，离家近。',
    examinations: '入院前完成增强 CT 和血常规，结果带来。',
  });
  await player.event(id, 'handToProvider', { provider: await provider(stage, 'shangyong') });
};
const certified = async (stage: Stage, id: string, issuedOn: string) => {
  const hospital = await stage.hospital(HOSPITAL);
  await (await stage.worker('provider')).event(id, 'issueCertificate', {
    hospital: hospital.id,
    department: hospital.department,
    doctor: '示例医生甲',
    issuedOn,
  });
};
const bed = async (stage: Stage, id: string, visitAt: string, answerBy: string) => {
  const [hospital, expert] = [await stage.hospital(HOSPITAL), await stage.expertAt(HOSPITAL)];
  await (await stage.worker('provider')).event(id, 'offerSlot', {
    hospital: hospital.id,
    department: expert.department,
    expert: expert.id,
    visitAt,
    answerBy,
    ward: '外科三病区 12 床（示例）',
    preAdmission:
      '1. 带身份证、医保卡、全部影像和病理\n2. 入院前一晚 22:00 后禁食，早晨可少量饮水\n3. 正在吃抗凝药的，提前告诉病案经理\n4. 到住院大厅 2 号窗口办理',
    escortName: '示例陪诊员',
    escortPhone: '19900009999',
    meetingPlace: '住院大厅 2 号窗口',
    escortHours: '入院当天 7:30 到 11:30',
  });
};

export const ADMISSIONS: readonly Scene[] = [
  // 葛丽君: with her own certificate, from request to rating.
  ...story([
    [at('2026-09-07', '09:20'), asked('ge', { service: SERVICE, with: ['admission-certificate'] })],
    [at('2026-09-07', '09:50'), step(called)],
    [at('2026-09-07', '15:30'), step((s, id) => accepted(s, id))],
    [at('2026-09-08', '09:40'), step(triaged)],
    [at('2026-09-08', '11:20'), step((s, id) => bed(s, id, at('2026-09-14', '08:00'), at('2026-09-09', '18:00')))],
    [at('2026-09-08', '12:10'), step(async (s, id) => (await s.member('ge')).event(id, 'acceptOffer'))],
    [at('2026-09-14', '08:20'), step(async (s, id) => (await s.worker('provider')).event(id, 'checkIn'))],
    [
      at('2026-09-15', '10:00'),
      step(async (s, id) =>
        (await s.worker('provider')).event(id, 'setSurgery', { surgeryAt: at('2026-09-17', '09:00') }),
      ),
    ],
    [
      at('2026-09-25', '14:00'),
      step(async (s, id) =>
        (await s.worker('provider')).event(id, 'discharge', { dischargedOn: '2026-09-25', followUp: '两周后门诊复诊' }),
      ),
    ],
    [
      at('2026-09-25', '16:30'),
      step(async (s, id) => {
        const escort = await s.worker('provider');
        await escort.attach(id, 'visit-record', s.picture);
        await escort.event(id, 'summarise', {
          said: '手术顺利，恢复良好。',
          nextSteps: '两周后门诊复诊，带出院记录。',
        });
      }),
    ],
    [at('2026-09-26', '19:00'), step(async (s, id) => (await s.member('ge')).event(id, 'rate', { stars: 5 }))],
  ]),
  // 金晓岚: without a certificate; it was obtained, the bed is booked.
  ...story([
    [at('2026-11-10', '09:30'), asked('jin', { service: SERVICE })],
    [at('2026-11-10', '10:05'), step(called)],
    [at('2026-11-11', '10:00'), step((s, id) => accepted(s, id))],
    [at('2026-11-11', '11:10'), step(triaged)],
    [at('2026-11-12', '15:40'), step((s, id) => certified(s, id, '2026-11-12'))],
    [at('2026-11-13', '09:30'), step((s, id) => bed(s, id, at('2026-11-23', '08:00'), at('2026-11-14', '18:00')))],
    [at('2026-11-13', '12:00'), step(async (s, id) => (await s.member('jin')).event(id, 'acceptOffer'))],
  ]),
  // 鲍启明: the certificate is being obtained.
  ...story([
    [at('2026-11-16', '16:20'), asked('bao', { service: SERVICE })],
    [at('2026-11-16', '16:55'), step(called)],
    [at('2026-11-17', '09:50'), step((s, id) => accepted(s, id))],
    [at('2026-11-17', '11:30'), step(triaged)],
  ]),
];
