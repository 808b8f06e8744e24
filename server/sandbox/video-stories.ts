/** Video consultations of the sandbox: one finished with its note, one open and unused, one put off, one lapsed yesterday. */
import { at, type Scene, type Stage, step, story } from './story-steps.ts';

const SERVICE = 'video-consultation';

const asks =
  (key: string, act: 'open' | 'use', form: Record<string, unknown> = {}) =>
  async (stage: Stage, _id: () => string, keep: (id: string) => void) => {
    const player = await stage.member(key);
    const [policyId, personId] = [stage.policyId(key), stage.personId(key)];
    const { consents, notices } = await player.form(SERVICE, policyId, personId);
    const { id } = await player.request({
      service: SERVICE,
      act,
      policyId,
      personId,
      form,
      consents: consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
      acknowledged: notices.map(({ id: notice, version }) => ({ id: notice, version })),
    });
    keep(id);
  };

/** The doctor on duty takes the call that is offered to her. */
async function takes(stage: Stage): Promise<void> {
  const doctor = await stage.worker('video-doctor');
  const { offer } = await doctor.must<{ offer: { id: string } | null }>('POST', '/video/duty', { on: true });
  if (!offer) throw new Error('No call is offered to the doctor of the story');
  await doctor.must('POST', `/video/offers/${offer.id}/accept`);
}
const offDuty = (stage: Stage) =>
  stage.worker('video-doctor').then((doctor) => doctor.must('POST', '/video/duty', { on: false }));

/** Her consultations of this autumn, and what she said of each. */
const OFTEN: readonly (readonly [day: string, complaint: string, said: Record<string, unknown>])[] = [
  ['2026-10-09', '膝盖疼，上下楼明显', { stars: 5, reasons: ['doctor'] }],
  ['2026-10-13', '血压偏高，要不要加药', { stars: 4, reasons: ['doctor', 'explained'] }],
  ['2026-10-17', '胃胀，饭后明显', { stars: 2, reasons: ['line'], words: '画面卡，听不清' }],
  ['2026-10-22', '流感疫苗能不能打', { stars: 5, reasons: ['waiting'] }],
  ['2026-10-28', '睡眠不好', { stars: 4 }],
  ['2026-11-02', '体检报告看不懂', { stars: 5, reasons: ['explained'] }],
  ['2026-11-05', '手指发麻', { stars: 5, reasons: ['doctor'] }],
  ['2026-11-09', '咳嗽有痰', { stars: 3, reasons: ['waiting'] }],
  ['2026-11-12', '口腔溃疡反复', { stars: 5, reasons: ['doctor'] }],
  ['2026-11-15', '换季皮肤痒', { stars: 4, reasons: ['pages'] }],
];

export const VIDEO: readonly Scene[] = [
  // 桑晓琳: opened in spring, asked in November; the note is there and she rated it.
  ...story([[at('2026-06-20', '10:00'), asks('sang', 'open')]]),
  ...story([
    [at('2026-11-12', '21:10'), asks('sang', 'use', { complaint: '咳嗽一周，夜里重，没有发烧', showHistory: 'yes' })],
    [at('2026-11-12', '21:11'), step((s) => takes(s))],
    [
      at('2026-11-12', '21:22'),
      step(async (s, id) => {
        await (await s.member('sang')).event(id, 'endCall');
        await (await s.worker('video-doctor')).event(id, 'releaseNote', {
          complaint: '咳嗽一周，夜间为主，无发热',
          advice: '多饮水，避免受凉；可先观察三天，症状不减再就诊。建议仅供参考。',
          seekCare: '呼吸内科普通门诊；带上以前的胸片',
          redFlags: '高烧、咳血、呼吸困难，立即就诊或拨打 120',
        });
        await offDuty(s);
      }),
    ],
    [at('2026-11-12', '21:40'), step(async (s, id) => (await s.member('sang')).event(id, 'rate', { stars: 5 }))],
  ]),
  // 云秀珍: opened a year ago; she asked often and said each time how it was; her year ended yesterday [2.1.6].
  ...story([[at('2025-11-17', '09:00'), asks('yun', 'open')]]),
  ...OFTEN.flatMap(([day, complaint, said]) =>
    story([
      [at(day, '19:00'), asks('yun', 'use', { complaint })],
      [
        at(day, '19:01'),
        step(async (s, id) => {
          await takes(s);
          const yun = await s.member('yun');
          await yun.event(id, 'endCall');
          await (await s.worker('video-doctor')).event(id, 'releaseNote', {
            complaint,
            advice: '先观察三天，症状不减再就诊。建议仅供参考。',
            seekCare: '全科或对应专科门诊',
            redFlags: '症状突然加重，立即就诊或拨打 120',
          });
          await offDuty(s);
          await yun.must('POST', `/cases/${id}/satisfaction`, said);
        }),
      ],
    ]),
  ),
  // 贡文博: open, and not used yet.
  ...story([[at('2026-11-16', '09:00'), asks('gong', 'open')]]),
  // 濮月华: the doctor had to put it off; another time was agreed [2.1.8.3].
  ...story([[at('2026-11-10', '09:00'), asks('pu', 'open')]]),
  ...story([
    [at('2026-11-17', '20:30'), asks('pu', 'use', { complaint: '头晕两天，想问该看哪个科' })],
    [
      at('2026-11-17', '20:31'),
      step(async (s, id) => {
        await takes(s);
        await (await s.worker('video-doctor')).event(id, 'putOff', {
          cause: 'doctor',
          words: '临时有急诊手术，很抱歉，明天晚上可以吗？',
          at: '2026-11-19T20:00:00+08:00',
        });
        await offDuty(s);
      }),
    ],
    [at('2026-11-17', '20:40'), step(async (s, id) => (await s.member('pu')).event(id, 'acceptTime'))],
  ]),
];
