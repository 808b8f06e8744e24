/** Complaints and a call back of the sandbox; 潘立群's appeal stands with his refusal in stories.ts. */
import { at, type Scene, type Stage, step, story } from './story-steps.ts';

/** Files as a member, about her newest case where `about` is a case; the story goes on with the complaint. */
const complains =
  (key: string, kind: string, text: string) => async (stage: Stage, _id: () => string, keep: (id: string) => void) => {
    const player = await stage.member(key);
    const { items } = await player.must<{ items: { id: string }[] }>('GET', '/cases');
    keep((await player.must<{ id: string }>('POST', '/complaints', { kind, caseId: items[0]?.id, text })).id);
  };
const handles = (key: string, body: object) =>
  step(async (s, id) => (await s.worker(key)).must('POST', `/complaint-desk/${id}/acts`, body));
const says = (key: string, body: object) =>
  step(async (s, id) => (await s.member(key)).must('POST', `/complaints/${id}/acts`, body));

export const COMPLAINTS: readonly Scene[] = [
  // 冯建国: his use was counted; answered after a question, and now reviewed by somebody else.
  ...story([
    [
      at('2026-10-26', '09:40'),
      complains('feng', 'case', '家里老人急诊住院才没去成，打电话取消时没人说会算一次，希望退回。'),
    ],
    [at('2026-10-26', '14:10'), handles('complaint-handler', { act: 'take' })],
    [
      at('2026-10-27', '10:20'),
      handles('complaint-handler', { act: 'ask', text: '请问取消那天拨打的是哪个号码、大约几点？' }),
    ],
    [at('2026-10-27', '19:30'), says('feng', { act: 'add', text: '晚上九点左右在手机上取消的，没有打电话。' })],
    [
      at('2026-10-29', '11:00'),
      handles('complaint-handler', { act: 'note', text: '取消页面有「将计为使用一次」的提示，会员点了确认。' }),
    ],
    [
      at('2026-11-02', '16:00'),
      handles('complaint-handler', {
        act: 'answer',
        outcome: 'upheld',
        text: '您取消时页面已说明会计为使用一次，按手册不能直接退回。如有家人急诊的证明，可以交给我们另行核对。',
      }),
    ],
    [
      at('2026-11-09', '20:15'),
      says('feng', { act: 'review', text: '提示的字太小，我已经把住院证明交给客服了，请再看一次。' }),
    ],
    [at('2026-11-10', '09:30'), handles('complaint-handler2', { act: 'take' })],
  ]),
  // 朱国华: about a telephone call; a question waits for his answer and the time is nearly over.
  ...story([
    [at('2026-11-04', '10:00'), complains('zhu', 'conduct', '打电话来的人说话很急，也没有说清楚要带什么。')],
    [at('2026-11-04', '15:20'), handles('complaint-handler2', { act: 'take' })],
    [
      at('2026-11-06', '10:00'),
      handles('complaint-handler2', {
        act: 'state',
        of: 'provider',
        text: '当日来电较多，通话只有两分钟，已请当班人员说明。',
      }),
    ],
    [
      at('2026-11-13', '11:00'),
      handles('complaint-handler2', { act: 'ask', text: '请问对方有没有说自己的姓名或工号？' }),
    ],
  ]),
  // 蒋立新: his booking is late; nobody has taken his complaint yet.
  ...story([
    [at('2026-11-17', '20:40'), complains('jiang', 'waiting', '说好两个工作日告诉我约到没有，现在还没有消息。')],
  ]),
  // 吴静怡: asks to be called this afternoon.
  ...story([
    [
      at('2026-11-18', '09:25'),
      async (stage) => {
        await (await stage.member('wu')).must('POST', '/call-backs', {
          service: 'outpatient-access',
          day: '2026-11-18',
          part: 'afternoon',
          words: '想问等待期到哪一天，之后怎么约。',
        });
      },
    ],
  ]),
];
