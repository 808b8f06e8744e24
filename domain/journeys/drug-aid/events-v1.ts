/** The events of charity aid, v1: the file and the charity's verdict, beside those of the boxes and the shared ones. */
import { drugOf, type Programme, programmeOf } from '../../aid/programme.ts';
import { type Move, nextEvent, standingOf } from '../../aid/standing.ts';
import { dayOf } from '../../calendar/day.ts';
import { choiceField, dayField, manyOf, payload, referenceField, textField } from '../fields.ts';
import type { EventDef, Facts, Problem } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { caseEvents } from '../phases/case-events-v1.ts';
import { defOf, inOrder, problem, reason, STAFF, t } from '../phases/kit-v1.ts';
import { requestEvents } from '../phases/request-events-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';
import { boxEvents } from './box-events-v1.ts';
import type { Context } from './context-v1.ts';

const def = defOf<Context>();

/** The ledger that a case goes by: its own, or the one that an earlier case of hers left for this drug. */
export function ledgerFor(chosen: Programme, { programme, moves }: Context, facts: Facts): Move[] {
  if (programme?.drug === chosen.drug) return moves;
  const earlier = facts.aid?.earlier ?? [];
  return earlier.length > 0 ? [...earlier, { kind: 'resumed', on: dayOf(facts.now), units: 0 }] : [];
}

/** A person has one ledger for a drug: one open case keeps it, and what was recorded for another drug is struck first. */
function checkLedger(chosen: Programme, context: Context, facts: Facts): Problem[] {
  const { programme, moves } = context;
  const running = facts.aid?.runningCase;
  if (running)
    return [
      problem(
        'programme',
        `这种药的援助在服务单 ${running} 里办理，请在那一单继续，这一单结束`,
        `the aid for this drug runs in case ${running}: go on there and close this one`,
      ),
    ];
  if (programme && programme.drug !== chosen.drug && standingOf(programme, moves).bought > 0)
    return [
      problem(
        'programme',
        '这里已登记另一种药的盒数，请先划掉再换药',
        'boxes of another drug are recorded here: strike them first',
      ),
    ];
  return nextEvent(chosen, ledgerFor(chosen, context, facts)).kind === 'done'
    ? [problem('programme', '这个项目的各轮援助她已经领完', 'she has had all rounds of this programme')]
    : [];
}

const own: Readonly<Record<string, EventDef>> = {
  chooseProgramme: def({
    label: t('核对药品，选定援助项目', 'Check the drug and choose the programme'),
    told: t('选定了援助项目', 'A programme was chosen'),
    by: ['aid-assistant'],
    weight: ({ programme }) => (programme === null ? 'primary' : 'normal'),
    schema: payload({
      drug: referenceField({ title: t('药品（照处方）', 'Drug, as prescribed'), group: 'request', ref: 'list:drugs' }),
      programme: referenceField({
        title: t('援助项目', 'Aid programme'),
        group: 'request',
        ref: 'list:programmes',
      }),
      why: textField({
        title: t('为什么符合', 'Why it fits'),
        group: 'request',
        max: 500,
        multiline: true,
      }),
    }),
    check: (_, context, facts) => {
      const { drug, programme } = facts.refs;
      if (!drug) return [problem('drug', '这种药今天不在目录上', 'not on the list as of today')];
      if (!programme) return [problem('programme', '这个项目今天不在名单上', 'not on the list as of today')];
      if (drugOf(programme.generic, programme.drug) !== drugOf(drug.generic, drug.brand))
        return [
          problem('programme', '这个项目不援助这种药，请另选', 'this programme gives another drug; choose another'),
        ];
      return checkLedger(programmeOf(programme), context, facts);
    },
  }),
  askAidPapers: def({
    label: t('一次要齐材料', 'Ask once for all that is missing'),
    told: t('请您补材料', 'Papers were asked for'),
    by: ['aid-assistant'],
    schema: payload({
      kinds: manyOf(referenceField({ title: t('资料种类', 'Kind of paper'), group: 'papers', ref: 'paper:kind' }), {
        title: t('还缺的材料', 'Still missing'),
        group: 'papers',
        min: 1,
        max: 10,
      }),
      note: textField({ title: t('对会员的说明', 'Words to the member'), group: 'papers', max: 300, multiline: true }),
    }),
    check: (p: { kinds: string[] }, _context, facts) =>
      p.kinds.flatMap((_, i) =>
        facts.refs[`kinds/${i}`]
          ? []
          : [problem(`kinds/${i}`, '手册没有这种资料', 'the plan has no such kind of paper')],
      ),
  }),
  passFile: def({
    label: t('材料审核通过', 'The file is complete and fits'),
    told: t('援助材料审核通过', 'The aid file was found to fit'),
    by: ['aid-assistant'],
    weight: ({ programme }) => (programme === null ? 'normal' : 'primary'),
    schema: payload({
      words: textField({
        title: t('告诉会员的话', 'Words to the member'),
        group: 'request',
        max: 500,
        multiline: true,
      }).optional(),
    }),
    check: (_, _context, facts) =>
      facts.missingPapers.length === 0
        ? []
        : [problem('', '项目要的材料还没有齐，请先一次要齐', 'papers are missing; ask for them first')],
  }),
  refuseFile: def({
    label: t('不符合援助项目，结束', 'Does not fit a programme: close'),
    told: t('不符合援助项目的条件', 'Does not fit a programme'),
    by: ['aid-assistant'],
    weight: 'costly',
    schema: payload({
      reason: textField({
        title: t('为什么，接下来可以怎样', 'Why, and what can be done instead'),
        group: 'request',
        max: 500,
        multiline: true,
      }),
    }),
  }),
  submitToCharity: def({
    label: t('提交慈善机构', 'Submit to the charity'),
    told: t('申请交给了慈善机构', 'The application went to the charity'),
    by: ['aid-assistant'],
    weight: 'primary',
    schema: payload({
      submittedOn: dayField({ title: t('提交日期', 'Submitted on'), group: 'request' }),
      number: textField({ title: t('受理编号', 'Reference'), group: 'request', max: 60 }).optional(),
    }),
    check: (p: { submittedOn: string }, _context, facts) =>
      p.submittedOn <= dayOf(facts.now) ? [] : [problem('submittedOn', '不能晚于今天', 'cannot be later than today')],
  }),
  recordVerdict: def({
    label: t('登记慈善机构的结果', "Record the charity's verdict"),
    told: t('慈善机构有了结果', 'The charity decided'),
    by: ['aid-assistant'],
    weight: 'primary',
    schema: payload({
      verdict: choiceField({
        title: t('结果', 'Verdict'),
        group: 'request',
        choices: ['approved', 'refused', 'more-papers'],
        labels: {
          approved: t('通过', 'approved'),
          refused: t('未通过', 'refused'),
          'more-papers': t('要补材料', 'asks for more papers'),
        },
      }),
      decidedOn: dayField({ title: t('机构作出结果的日期', 'Decided on'), group: 'request' }),
      collectFrom: dayField({
        title: t('哪天起可以领药', 'Can be collected from'),
        group: 'request',
        showIf: { verdict: 'approved' },
      }).optional(),
      words: textField({
        title: t('机构的原话或说明', "The charity's words"),
        group: 'request',
        max: 500,
        multiline: true,
      }).optional(),
    }),
    check: (p: { verdict: string; decidedOn: string; collectFrom?: string; words?: string }, _context, facts) => [
      ...(p.decidedOn <= dayOf(facts.now) ? [] : [problem('decidedOn', '不能晚于今天', 'cannot be later than today')]),
      ...(p.verdict === 'approved' && !p.collectFrom
        ? [problem('collectFrom', '请填哪天起可以领药', 'say from which day it can be collected')]
        : []),
      ...(p.verdict !== 'approved' && !p.words
        ? [problem('words', '请写明机构的说明', 'write what the charity said')]
        : []),
    ],
  }),
  endAid: def({
    label: t('援助不再继续，结束', 'The aid goes on no more: close'),
    told: t('援助不再继续', 'The aid goes on no more'),
    by: ['aid-assistant', 'supervisor'],
    weight: 'costly',
    schema: payload({
      cause: choiceField({
        title: t('原因', 'Why'),
        group: 'request',
        choices: ['therapy-changed', 'programme-ended', 'other'],
        labels: {
          'therapy-changed': t('医生换了治疗方案', 'the therapy was changed'),
          'programme-ended': t('援助项目结束', 'the programme ended'),
          other: t('其他', 'other'),
        },
      }),
      reason,
    }),
  }),
  providerConsentGiven: bookingEvents.providerConsentGiven as EventDef,
};

/** Shared events, where the doctor's assistant has a part in them. */
const reworded: Readonly<Record<string, EventDef>> = {
  judgePaper: { ...(reviewEvents.judgePaper as EventDef), by: ['reviewer', 'aid-assistant'] },
  attachPaper: {
    ...(bookingEvents.attachPaper as EventDef),
    by: ['aid-assistant', 'case-manager'],
    label: t('附上材料', 'Attach a paper'),
    told: t('附上了材料', 'A paper was attached'),
  },
  logCall: { ...(caseEvents.logCall as EventDef), by: [...STAFF, 'aid-assistant'] },
  // Who reviews a claim for the drug reads where the aid stands.
  addNote: { ...(caseEvents.addNote as EventDef), by: [...STAFF, 'operations', 'drug-reviewer'] },
};

export const events = inOrder(
  [
    'giveOwnConsent',
    'declineOwnConsent',
    'handInPaper',
    'sayWhyNot',
    'withdraw',
    'leaveMessage',
    'takeReview',
    'judgePaper',
    'verifyFacts',
    'acceptRequest',
    'askPapers',
    'refuseRequest',
    'takeCase',
    'chooseProgramme',
    'passFile',
    'askAidPapers',
    'attachPaper',
    'recordBought',
    'strikeBought',
    'submitToCharity',
    'recordVerdict',
    'recordCollected',
    'giveUpTurn',
    'excuseTurn',
    'decideGivenUp',
    'refuseFile',
    'endAid',
    'closeNotPursued',
    'logCall',
    'writeMember',
    'addNote',
    'approveList',
    'declineList',
    'reassign',
    'boxesDispensed',
    'boxesReturned',
    'windowPassed',
    'messageRead',
    'pursuitEnded',
    'consentWithdrawn',
    'providerConsentGiven',
    'policyEnded',
    'stopImpostor',
    'personDied',
  ],
  { ...requestEvents, ...reviewEvents, ...caseEvents, ...reworded, ...boxEvents, ...own },
);

/** What a request says [2.6.2.7.2]: which drug, and what was bought so far. */
export const request = payload({
  drugName: textField({
    title: t('正在用的药（照处方或药盒写）', 'The drug, as on prescription or pack'),
    group: 'request',
    max: 80,
  }),
  boughtSoFar: textField({
    title: t('已经买了几盒、什么时候买的', 'Packs bought so far, and when'),
    group: 'request',
    max: 300,
    multiline: true,
  }).optional(),
  wishedTimes: textField({
    title: t('方便接电话的时间', 'Times that suit a call'),
    group: 'request',
    max: 200,
  }).optional(),
});

/** What comes next in the programme that the case goes by; undefined before one was chosen. */
export const nextOf = ({ programme, moves }: Context) => (programme ? nextEvent(programme, moves) : undefined);
