/** What happened to the sandbox's CAR-T cases before the visitor came: one in its course, one before the panel, one told that it does not fit. */
import type { Player } from './player.ts';
import { at, HOSPITAL, type Scene, type Stage, step, story, verified } from './story-steps.ts';

const SERVICE = 'car-t';
const CENTRE = '中国医学科学院血液病医院（血液学研究所）';
const PANEL = ['示例医生甲', '示例医生丙戊戊', '示例医生丙戊辛'];
const VOTERS = ['expert', 'expert2', 'expert3'] as const;

const filed = (key: string) => async (stage: Stage, _id: () => string, keep: (id: string) => void) => {
  const player = await stage.member(key);
  const [policyId, personId] = [stage.policyId(key), stage.personId(key)];
  const form = await player.form(SERVICE, policyId, personId);
  const papers = [];
  for (const { kind, required } of form.papers)
    if (required) papers.push({ kind, paperId: await player.upload(personId, kind, stage.picture) });
  const created = await player.request({
    service: SERVICE,
    policyId,
    personId,
    illness: {
      code: 'lymphoma',
      firstSymptomOn: '2026-06-05',
      firstVisitOn: '2026-06-10',
      diagnosedOn: '2026-06-20',
      hospitalId: (await stage.hospital(HOSPITAL)).id,
    },
    form: { treatedAt: '示例市人民医院血液科', wishedTimes: '天津、北京都可以' },
    papers,
    consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
  });
  keep(created.id);
};

const specialist = (stage: Stage): Promise<Player> => stage.worker('car-t-specialist');
const found = async (player: Player, list: string, q: string): Promise<string> =>
  (await player.must<{ items: { id: string }[] }>('GET', `/lists/${list}?q=${encodeURIComponent(q)}`)).items[0]!.id;

async function agreed(stage: Stage, key: string, id: string, purpose: string): Promise<void> {
  const player = await stage.member(key);
  const [policyId, personId] = [stage.policyId(key), stage.personId(key)];
  const form = await player.must<{ consents: { recipient: string; purpose: string; textVersion: number }[] }>(
    'GET',
    `/services/${SERVICE}/form?policyId=${policyId}&personId=${personId}&caseId=${id}`,
  );
  for (const { recipient, textVersion } of form.consents.filter((one) => one.purpose === purpose))
    await player.must('POST', '/consents', { personId, caseId: id, recipient, purpose, textVersion });
}

/** Reached, verified, accepted, the panel named; she agrees to each expert. */
async function beforePanel(stage: Stage, key: string, id: string): Promise<void> {
  const staff = await specialist(stage);
  await staff.event(id, 'logCall', { outcome: 'reached', note: '说明流程，核对病历' });
  await verified(stage, id, { illness: 'lymphoma' });
  await (await stage.worker('reviewer')).event(id, 'acceptRequest');
  const experts = [];
  for (const name of PANEL) experts.push(await found(staff, 'experts', name));
  await staff.event(id, 'namePanel', { experts });
  await agreed(stage, key, id, 'car-t-panel');
}
const voted = async (stage: Stage, id: string, findings: readonly ('fit' | 'unfit')[]) => {
  for (const [i, finding] of findings.entries())
    await (await stage.worker(VOTERS[i]!)).event(id, 'vote', {
      finding,
      why:
        finding === 'fit' ? '两线治疗后复发，体能状态好，评估资料完整。' : '心功能不足，近期感染未控制，风险大于获益。',
    });
};
const place = async (player: Player, visitAt: string, answerBy: string) => ({
  hospital: await found(player, 'cart-hospitals', CENTRE),
  department: '血液科',
  visitAt,
  answerBy,
});

async function assessed(stage: Stage, id: string): Promise<void> {
  const staff = await specialist(stage);
  await staff.event(id, 'checkIn');
  const product = await found(staff, 'drugs', '奕凯达');
  await staff.event(id, 'passAssessment', { product, note: '适合，身体条件允许。' });
}
async function bedTaken(stage: Stage, key: string, id: string): Promise<void> {
  const staff = await specialist(stage);
  await staff.event(id, 'offerBed', {
    ...(await place(staff, at('2026-07-20', '09:00'), at('2026-07-16', '18:00'))),
    ward: '细胞治疗病区 12 床',
    prepare: '带身份证件和全部病历；一周内不要感冒发热，发热请先来电。',
  });
  await (await stage.member(key)).event(id, 'acceptOffer');
}
const CHAIN = { chain: 'COI-SAMPLE-0007', lot: 'LOT-SAMPLE-31' };
const course = async (stage: Stage, by: string, id: string, what: string, body: object) =>
  (await stage.worker(by)).must('POST', `/cases/${id}/course/${what}`, body);
const call = (id: string, code: string, note: string) => (stage: Stage) =>
  course(stage, 'car-t-specialist', id, 'calls', { code, outcome: 'reached', note });

export const CAR_T: readonly Scene[] = [
  // 唐雅琴: infused at the end of August, in her course; the call after a month is still owed.
  ...story([
    [at('2026-07-06', '09:40'), filed('tang')],
    [at('2026-07-07', '10:10'), step((s, id) => beforePanel(s, 'tang', id))],
    [at('2026-07-08', '15:00'), step((s, id) => voted(s, id, ['fit', 'fit']))],
    [
      at('2026-07-09', '10:00'),
      step(async (s, id) => {
        const staff = await specialist(s);
        await staff.event(id, 'offerSlot', {
          ...(await place(staff, at('2026-07-13', '09:30'), at('2026-07-10', '18:00'))),
          doctor: '示例医生丙戊戊',
        });
        await (await s.member('tang')).event(id, 'acceptOffer');
      }),
    ],
    [at('2026-07-13', '10:30'), step(assessed)],
    [at('2026-07-14', '11:00'), step((s, id) => bedTaken(s, 'tang', id))],
    [at('2026-07-20', '09:20'), step(async (s, id) => (await specialist(s)).event(id, 'admit'))],
    [
      at('2026-07-20', '20:00'),
      step((s, id) =>
        course(s, 'tang', id, 'answers', {
          questionnaire: 'wellbeing',
          version: 1,
          dueOn: '2026-07-20',
          values: { energy: 4, sleep: 5, mood: 4, daily: 5 },
        }),
      ),
    ],
    [
      at('2026-07-22', '14:00'),
      step(async (s, id) => {
        const staff = await specialist(s);
        await staff.event(id, 'recordApheresis', { chain: CHAIN.chain, collectedAt: at('2026-07-22', '10:30') });
        await staff.event(id, 'namePharmacy', {
          pharmacy: await found(staff, 'cart-pharmacies', '示例药房细胞治疗一店'),
        });
        await agreed(s, 'tang', id, 'car-t-pharmacy');
      }),
    ],
    [
      at('2026-08-25', '10:00'),
      step(async (s, id) => (await specialist(s)).event(id, 'recordProduct', { ...CHAIN, madeOn: '2026-08-24' })),
    ],
    [
      at('2026-08-26', '11:00'),
      step(async (s, id) =>
        (await s.worker('cart-pharmacist')).event(id, 'confirmProduct', { ...CHAIN, attended: 'not-needed' }),
      ),
    ],
    [
      at('2026-08-31', '15:00'),
      step(async (s, id) =>
        (await specialist(s)).event(id, 'infuse', {
          ...CHAIN,
          infusedAt: at('2026-08-31', '10:00'),
          checkedBy: '示例护士甲、示例护士乙',
        }),
      ),
    ],
    [
      at('2026-09-15', '11:00'),
      step(async (s, id) => {
        await (await specialist(s)).event(id, 'leaveHospital', {
          advice: '两个月内不开车；每天测体温；随身带红旗卡。',
        });
        await course(s, 'car-t-specialist', id, 'nutrition', {
          text: '少量多餐，食物煮熟；每天喝水 1500 毫升以上。\n每天步行 20 分钟，累了就歇。',
        });
      }),
    ],
    [
      at('2026-09-16', '20:00'),
      step((s, id) =>
        course(s, 'tang', id, 'diary', {
          on: '2026-09-16',
          entries: [
            { symptom: 'fatigue', grade: 2 },
            { symptom: 'appetite', grade: 1 },
          ],
          note: '下午有点累',
        }),
      ),
    ],
    [at('2026-09-18', '10:20'), step((s, id) => call(id, 'day-3', '体温正常，进食一般，已提醒多喝水。')(s))],
    [at('2026-09-29', '10:20'), step((s, id) => call(id, 'day-14', '精神好转，血象平稳。')(s))],
    [
      at('2026-10-20', '19:30'),
      step((s, id) =>
        course(s, 'tang', id, 'answers', {
          questionnaire: 'wellbeing',
          version: 1,
          dueOn: '2026-10-20',
          values: { energy: 6, sleep: 7, mood: 7, daily: 7 },
        }),
      ),
    ],
    [
      at('2026-11-16', '20:10'),
      step((s, id) =>
        course(s, 'tang', id, 'diary', { on: '2026-11-16', entries: [{ symptom: 'fatigue', grade: 1 }] }),
      ),
    ],
  ]),
  // 薛国栋: two of the three experts have still to judge.
  ...story([
    [at('2026-11-13', '10:00'), filed('xue')],
    [at('2026-11-16', '09:30'), step((s, id) => beforePanel(s, 'xue', id))],
    [
      at('2026-11-17', '16:00'),
      step(async (s, id) =>
        (await s.worker('expert2')).event(id, 'vote', { finding: 'fit', why: '复发后未缓解，体能状态好。' }),
      ),
    ],
  ]),
  // 田淑华: not fit; told by telephone, with two trials; nothing is counted.
  ...story([
    [at('2026-10-12', '09:30'), filed('tian')],
    [at('2026-10-13', '10:00'), step((s, id) => beforePanel(s, 'tian', id))],
    [at('2026-10-15', '15:30'), step((s, id) => voted(s, id, ['unfit', 'unfit']))],
    [
      at('2026-10-16', '10:00'),
      step(async (s, id) => {
        const staff = await specialist(s);
        await staff.event(id, 'tellUnfit', {
          heard: 'member',
          said: '专家认为目前心功能不足、感染未控制，现在做风险大；先治疗，稳定后可以再评估。',
          trials: [await found(staff, 'trials', '乙'), await found(staff, 'trials', '丙')],
        });
      }),
    ],
  ]),
];
