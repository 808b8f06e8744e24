/**
 * What happened in the sandbox before the visitor came: each story a script of real actions at its own times. They are
 * played in order of time through the program's own interface; no table is filled by hand.
 * Over 300 lines: a list of stories, each read on its own.
 */
import { ADMISSIONS } from './admission-stories.ts';
import { AID } from './aid-stories.ts';
import { ASSIST } from './assist-stories.ts';
import { CAR_T } from './car-t-stories.ts';
import { COMPLAINTS } from './complaint-stories.ts';
import { DRUGS } from './drug-stories.ts';
import { GENE_TESTS } from './gene-test-stories.ts';
import { OPINIONS } from './opinion-stories.ts';
import { SETTLEMENTS } from './settlement-stories.ts';
import {
  accepted,
  asked,
  askForMinor,
  at,
  handed,
  offered,
  planned,
  type Scene,
  step,
  story,
  summarised,
  verified,
} from './story-steps.ts';
import { VIDEO } from './video-stories.ts';

const OUTPATIENT: readonly Scene[] = [
  // 王秀兰: from request to rating.
  ...story([
    [at('2026-07-06', '10:10'), asked('wang')],
    [at('2026-07-07', '09:40'), step((s, id) => accepted(s, id))],
    [at('2026-07-07', '11:20'), step((s, id) => planned(s, id))],
    [at('2026-07-07', '11:30'), step((s, id) => handed(s, id))],
    [at('2026-07-07', '14:05'), step((s, id) => offered(s, id, at('2026-07-13', '09:30'), at('2026-07-08', '18:00')))],
    [at('2026-07-07', '19:30'), step(async (s, id) => (await s.member('wang')).event(id, 'acceptOffer'))],
    [at('2026-07-13', '09:05'), step(async (s, id) => (await s.worker('provider')).event(id, 'checkIn'))],
    [at('2026-07-13', '11:40'), step(async (s, id) => (await s.worker('provider')).event(id, 'checkOut'))],
    [
      at('2026-07-13', '16:00'),
      step(async (s, id) =>
        summarised(s, id, {
          said: '病理复核一致，建议先做全身检查再定手术时间。',
          nextSteps: '一周内完成增强 CT，带结果复诊。',
        }),
      ),
    ],
    [
      at('2026-07-14', '20:00'),
      step(async (s, id) => (await s.member('wang')).event(id, 'rate', { stars: 5, words: '陪诊员很耐心' })),
    ],
  ]),
  // 冯建国: cancels after the booking; counted as used [2.2.9]; a supervisor asks another to give it back.
  ...story([
    [at('2026-08-03', '09:20'), asked('feng')],
    [at('2026-08-04', '10:00'), step((s, id) => accepted(s, id))],
    [at('2026-08-04', '10:40'), step((s, id) => planned(s, id))],
    [at('2026-08-04', '10:45'), step((s, id) => handed(s, id))],
    [at('2026-08-04', '15:00'), step((s, id) => offered(s, id, at('2026-08-11', '10:00'), at('2026-08-05', '18:00')))],
    [at('2026-08-05', '08:30'), step(async (s, id) => (await s.member('feng')).event(id, 'acceptOffer'))],
    [
      at('2026-08-08', '21:00'),
      step(async (s, id) => (await s.member('feng')).event(id, 'cancelBooking', { why: '家里有事，去不了' })),
    ],
    [
      at('2026-11-17', '11:00'),
      step(async (s, id) =>
        (await s.worker('supervisor2')).must('POST', `/cases/${id}/corrections`, {
          kind: 'correct-use',
          reason: '会员来电说明取消当天家人急诊住院，已交住院证明；建议退回这次使用。',
        }),
      ),
    ],
  ]),
  // 郑海波: says August, the pathology says July: inside the waiting period; refused, and kept as a bar [2.2.5].
  ...story([
    [
      at('2026-08-12', '10:00'),
      asked('zheng', {
        illness: { diagnosedOn: '2026-08-02', firstSymptomOn: '2026-07-31', firstVisitOn: '2026-08-01' },
      }),
    ],
    [
      at('2026-08-13', '11:00'),
      step((s, id) =>
        verified(s, id, { diagnosedOn: '2026-07-20', firstSymptomOn: '2026-07-10', firstVisitOn: '2026-07-12' }),
      ),
    ],
    [
      at('2026-08-13', '11:10'),
      step(async (s, id) =>
        (await s.worker('reviewer')).event(id, 'refuseRequest', {
          rule: 'ill-in-waiting-period',
          text: '病理报告的日期是 2026年7月20日，在等待期内（到 2026年7月29日为止）。等待期内确诊的疾病，之后也不能使用这项服务。',
        }),
      ),
    ],
  ]),
  // 吕丽娟 for her child: guardian with proofs. The reviewer opens the file after a supervisor agreed; the case manager has
  // asked this morning and waits (未成年人网络保护条例 36).
  ...story([
    [
      at('2026-11-13', '15:00'),
      asked('lvbao', {
        by: 'lv',
        applicant: { relation: 'guardian' },
        proofs: [{ kind: 'guardianship' }, { kind: 'minority' }],
      }),
    ],
    [
      at('2026-11-16', '09:10'),
      step(async (s, id) => {
        const approvalId = await askForMinor(s, 'reviewer', 'lvbao', id, '监护人提交了门诊绿通申请，需要核对资料。');
        await (await s.worker('supervisor')).must('POST', `/approvals/${approvalId}`, { approve: true });
      }),
    ],
    [at('2026-11-17', '14:40'), step((s, id) => accepted(s, id))],
    [
      at('2026-11-18', '09:30'),
      step((s, id) => askForMinor(s, 'manager', 'lvbao', id, '申请已通过审核，需要查看病情来写就医路径。')),
    ],
  ]),
  // 施振华 files for his wife, a capable adult: it waits for her own consent.
  ...story([[at('2026-11-16', '20:15'), asked('shiwife', { by: 'shi', applicant: { relation: 'policyholder' } })]]),
  // 秦素芬: did not come; a person decides.
  ...story([
    [at('2026-11-09', '09:10'), asked('qin')],
    [at('2026-11-10', '09:30'), step((s, id) => accepted(s, id))],
    [at('2026-11-10', '10:30'), step((s, id) => planned(s, id))],
    [at('2026-11-10', '10:35'), step((s, id) => handed(s, id))],
    [at('2026-11-10', '14:20'), step((s, id) => offered(s, id, at('2026-11-17', '09:00'), at('2026-11-12', '18:00')))],
    [at('2026-11-11', '09:00'), step(async (s, id) => (await s.member('qin')).event(id, 'acceptOffer'))],
    [
      at('2026-11-17', '12:30'),
      step(async (s, id) =>
        (await s.worker('provider')).event(id, 'reportAbsence', { attempts: '9:10、9:40 两次电话未接，短信未回' }),
      ),
    ],
    [
      at('2026-11-17', '15:00'),
      step(async (s, id) =>
        (await s.worker('manager')).event(id, 'logCall', { outcome: 'no-answer', note: '家属电话也未接' }),
      ),
    ],
  ]),
  // 朱国华: the summary is there, to be rated.
  ...story([
    [at('2026-11-03', '10:00'), asked('zhu')],
    [at('2026-11-04', '09:30'), step((s, id) => accepted(s, id))],
    [at('2026-11-04', '11:00'), step((s, id) => planned(s, id))],
    [at('2026-11-04', '11:05'), step((s, id) => handed(s, id))],
    [at('2026-11-05', '09:50'), step((s, id) => offered(s, id, at('2026-11-12', '14:00'), at('2026-11-06', '18:00')))],
    [at('2026-11-05', '12:00'), step(async (s, id) => (await s.member('zhu')).event(id, 'acceptOffer'))],
    [at('2026-11-12', '13:40'), step(async (s, id) => (await s.worker('provider')).event(id, 'checkIn'))],
    [at('2026-11-12', '16:00'), step(async (s, id) => (await s.worker('provider')).event(id, 'checkOut'))],
    [
      at('2026-11-13', '10:00'),
      step(async (s, id) =>
        summarised(s, id, {
          said: '暂不需要手术，建议先用药三个月。',
          nextSteps: '三个月后复查，期间不适随时就诊。',
        }),
      ),
    ],
  ]),
  // 蒋立新: handed over, the provider is silent, the booking result is late.
  ...story([
    [at('2026-11-12', '10:30'), asked('jiang')],
    [at('2026-11-13', '09:20'), step((s, id) => accepted(s, id))],
    [at('2026-11-13', '10:00'), step((s, id) => planned(s, id))],
    [at('2026-11-13', '10:10'), step((s, id) => handed(s, id))],
  ]),
  // 杨慧敏: visited yesterday, the summary is to come.
  ...story([
    [at('2026-11-09', '09:00'), asked('yang')],
    [at('2026-11-09', '16:00'), step((s, id) => accepted(s, id))],
    [at('2026-11-10', '09:20'), step((s, id) => planned(s, id))],
    [at('2026-11-10', '09:25'), step((s, id) => handed(s, id))],
    [at('2026-11-10', '11:30'), step((s, id) => offered(s, id, at('2026-11-17', '10:00'), at('2026-11-11', '18:00')))],
    [at('2026-11-10', '13:00'), step(async (s, id) => (await s.member('yang')).event(id, 'acceptOffer'))],
    [at('2026-11-17', '09:40'), step(async (s, id) => (await s.worker('provider')).event(id, 'checkIn'))],
    [at('2026-11-17', '12:10'), step(async (s, id) => (await s.worker('provider')).event(id, 'checkOut'))],
  ]),
  // 韩志强: booked for Friday.
  ...story([
    [at('2026-11-11', '14:00'), asked('han')],
    [at('2026-11-12', '09:10'), step((s, id) => accepted(s, id))],
    [at('2026-11-12', '10:20'), step((s, id) => planned(s, id))],
    [at('2026-11-12', '10:25'), step((s, id) => handed(s, id))],
    [at('2026-11-12', '13:30'), step((s, id) => offered(s, id, at('2026-11-20', '09:00'), at('2026-11-13', '18:00')))],
    [at('2026-11-12', '20:40'), step(async (s, id) => (await s.member('han')).event(id, 'acceptOffer'))],
  ]),
  // 沈若云: a slot waits for her answer until this evening.
  ...story([
    [at('2026-11-16', '09:30'), asked('shen')],
    [at('2026-11-16', '15:00'), step((s, id) => accepted(s, id))],
    [at('2026-11-17', '09:10'), step((s, id) => planned(s, id))],
    [at('2026-11-17', '09:15'), step((s, id) => handed(s, id))],
    [at('2026-11-18', '09:20'), step((s, id) => offered(s, id, at('2026-11-24', '09:30'), at('2026-11-18', '18:00')))],
  ]),
  // 卫红梅: accepted, the care path is to be written.
  ...story([
    [at('2026-11-17', '09:00'), asked('wei')],
    [at('2026-11-17', '16:30'), step((s, id) => accepted(s, id))],
  ]),
  // 褚文涛: with the reviewer.
  ...story([[at('2026-11-17', '17:20'), asked('chu')]]),
  // 陈雨桐: the pathology report is missing.
  ...story([[at('2026-11-16', '11:00'), asked('chen', { without: ['pathology'] })]]),
  // 尤佳宁: a nodule inside the waiting period, the diagnosis after it: a person decides.
  ...story([
    [
      at('2026-11-17', '10:40'),
      asked('you', {
        illness: {
          firstAbnormalOn: '2026-08-20',
          firstSymptomOn: undefined,
          firstVisitOn: '2026-09-02',
          diagnosedOn: '2026-09-15',
        },
      }),
    ],
  ]),
  // 张瑞芳: another provider needs her consent.
  ...story([
    [at('2026-11-13', '13:00'), asked('zhang')],
    [at('2026-11-16', '09:30'), step((s, id) => accepted(s, id))],
    [at('2026-11-16', '10:30'), step((s, id) => planned(s, id))],
    [at('2026-11-16', '10:40'), step((s, id) => handed(s, id, 'huiyi'))],
  ]),
  // 陶文静: she has consented to the other provider, which is looking for a slot.
  ...story([
    [at('2026-11-16', '14:30'), asked('tao')],
    [at('2026-11-17', '10:00'), step((s, id) => accepted(s, id))],
    [at('2026-11-17', '14:00'), step((s, id) => planned(s, id))],
    [at('2026-11-17', '14:10'), step((s, id) => handed(s, id, 'huiyi'))],
    [
      at('2026-11-18', '09:10'),
      step(async (s, id) =>
        (await s.member('tao')).must('POST', '/consents', {
          personId: s.personId('tao'),
          caseId: id,
          recipient: 'huiyi',
          purpose: 'outpatient-visit',
          textVersion: 1,
        }),
      ),
    ],
  ]),
  // 潘立群: refused like 郑海波, he has appealed; somebody who had no part in it answers.
  ...story([
    [
      at('2026-11-10', '16:00'),
      asked('pan', {
        illness: { diagnosedOn: '2026-08-03', firstSymptomOn: '2026-07-31', firstVisitOn: '2026-08-01' },
      }),
    ],
    [
      at('2026-11-11', '14:00'),
      step((s, id) =>
        verified(s, id, { diagnosedOn: '2026-07-24', firstSymptomOn: '2026-07-10', firstVisitOn: '2026-07-12' }),
      ),
    ],
    [
      at('2026-11-11', '14:10'),
      step(async (s, id) =>
        (await s.worker('reviewer')).event(id, 'refuseRequest', {
          rule: 'ill-in-waiting-period',
          text: '病理报告的日期是 2026年7月24日，在等待期内（到 2026年7月29日为止）。',
        }),
      ),
    ],
    [
      at('2026-11-16', '20:30'),
      step(async (s, id) => {
        const player = await s.member('pan');
        const { decision } = await player.case(id);
        await player.must('POST', `/decisions/${decision!.id}/appeal`, {
          text: '7月24日是取样的日期，病理结论是8月3日才出的，请再核对一次。',
        });
      }),
    ],
  ]),
  // 曹德胜: asked once, handed in, and a second list waits for the supervisor.
  ...story([
    [at('2026-11-10', '10:00'), asked('cao')],
    [
      at('2026-11-10', '15:00'),
      step(async (s, id) =>
        (await s.worker('reviewer')).event(id, 'askPapers', {
          kinds: ['examination'],
          note: '请补交最近一次增强 CT 报告，一次交齐即可。',
        }),
      ),
    ],
    [
      at('2026-11-12', '19:00'),
      step(async (s, id) => {
        const player = await s.member('cao');
        const paperId = await player.upload(s.personId('cao'), 'examination', s.picture, 'ct.png');
        await player.must('POST', `/cases/${id}/papers`, { kind: 'examination', paperId });
      }),
    ],
    [
      at('2026-11-13', '10:00'),
      step(async (s, id) =>
        (await s.worker('reviewer')).event(id, 'askPapers', {
          kinds: ['medical-record'],
          note: '还需要首次住院的病历首页。',
        }),
      ),
    ],
  ]),
  // 严冬生: none can be had now.
  ...story([
    [at('2026-11-13', '09:00'), asked('yan')],
    [at('2026-11-16', '09:00'), step((s, id) => accepted(s, id))],
    [at('2026-11-16', '09:40'), step((s, id) => planned(s, id))],
    [at('2026-11-16', '09:45'), step((s, id) => handed(s, id))],
    [
      at('2026-11-16', '15:30'),
      step(async (s, id) => (await s.worker('provider')).event(id, 'cannotOffer', { why: '该院专家门诊两周内已约满' })),
    ],
    [
      at('2026-11-17', '09:30'),
      step(async (s, id) =>
        (await s.worker('manager')).event(id, 'tellNoSlot', {
          instead: '可以改约同城另一家三甲医院，最快下周三；也可以继续等原医院。',
        }),
      ),
    ],
  ]),
];

export const STORIES: readonly Scene[] = [
  ...OUTPATIENT,
  ...ADMISSIONS,
  ...GENE_TESTS,
  ...OPINIONS,
  ...DRUGS,
  ...SETTLEMENTS,
  ...AID,
  ...CAR_T,
  ...VIDEO,
  ...ASSIST,
  ...COMPLAINTS,
];
