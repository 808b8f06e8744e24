/**
 * The tumour-medication gene test (2.4), v1. Released: never edited; a change is v2 in a file of its own.
 * Over 300 lines: one chart, its states in the order of a case.
 * What is booked here is the pick-up of the sample; what delivers it is a fit sample in the laboratory [2.4.4, 2.4.7].
 */
import { type AnyStateMachine, and } from 'xstate';
import type { ChartEvent, Journey } from '../journey.ts';
import { KINDS } from '../kinds.ts';
import { bookingChanges, bookingFinals, decidingPhase } from '../phases/booking-phase-v1.ts';
import { anyState, chart, closedBefore, phasesBegun, pursued } from '../phases/chart-v1.ts';
import { finals, passes, row, state, t, text } from '../phases/kit-v1.ts';
import { requestPhase } from '../phases/request-phase-v1.ts';
import type { Context } from './context-v1.ts';
import { events, request } from './events-v1.ts';

/** What the case remembers of its own; `mine` reads it with its types. */
const mine = (context: unknown) => context as Context;
const remember = (change: (event: ChartEvent, context: Context) => Partial<Context>) =>
  chart.assign(({ event, context }) => change(event, mine(context)));

const forgetLaboratory = remember(() => ({
  laboratory: null,
  assessment: null,
  paperConsent: null,
  pickUp: null,
  sample: null,
  reportPaper: null,
  provider: null,
}));
/** Another pick-up of the same test: what was arranged for the last sample is over, and so is what its collector sees. */
const forgetSample = remember(() => ({ pickUp: null, sample: null, provider: null }));
const takeBack = { target: 'assessing', actions: [passes('taken-back'), forgetLaboratory] } as const;
const consentWithdrawnLate = [
  { guard: 'aPersonDecides', target: 'consent-deciding', actions: passes('consent-withdrawn-after-booking') },
  { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
] as const;
const propose = {
  target: 'pick-up-proposed',
  actions: [
    passes('pick-up-proposed'),
    'rememberAsking',
    'rememberProvider',
    remember((event) => ({
      pickUp: {
        at: text(event, 'at'),
        address: text(event, 'address'),
        collector: text(event, 'collector'),
        phone: text(event, 'phone'),
      },
    })),
  ],
} as const;
const rememberLaboratory = remember((event) => ({
  laboratory: row(event, 'laboratory', 'code'),
  assessment: {
    sampleType: text(event, 'sampleType'),
    sampleFrom: text(event, 'sampleFrom'),
    why: text(event, 'why'),
  },
}));
const applicantTold = remember(() => ({ applicantTold: true }));
const doctorSettled = remember(() => ({ doctorSettled: true }));
const sampleLost = {
  target: 'sampling-again',
  actions: [passes('sample-lost'), passes('collector-done'), forgetSample],
} as const;

const machine = chart.createMachine({
  id: 'gene-test',
  context: (given) => ({
    ...phasesBegun(given),
    laboratory: null,
    assessment: null,
    paperConsent: null,
    pickUp: null,
    sample: null,
    delivered: false,
    reportPaper: null,
    applicantTold: false,
    doctorSettled: false,
  }),
  initial: 'entering',
  on: anyState,
  states: {
    ...requestPhase('assessing'),
    assessing: {
      meta: state({
        label: t('评估检测的时间和样本', 'Assessing moment and sample'),
        turn: 'case-manager',
        does: t('评估何时检测、用哪种样本、由哪家机构检测', 'assess when, with which sample and where'),
        until: { target: 'assessment' },
        step: 'assess',
      }),
      on: {
        ...closedBefore,
        judgePaper: {},
        attachPaper: {},
        assess: [
          {
            guard: ({ event }) => event.facts.consented.includes(row(event, 'laboratory', 'code')),
            target: 'explaining',
            actions: [passes('assessed'), passes('laboratory-agreed'), rememberLaboratory],
          },
          {
            target: 'awaiting-provider-consent',
            actions: [passes('assessed'), passes('provider-consent-asked'), 'rememberAsking', rememberLaboratory],
          },
        ],
        closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
      },
    },
    'awaiting-provider-consent': {
      meta: state({
        label: t('等您同意检测机构', 'Waiting for consent to the laboratory'),
        desk: t('等会员同意检测机构', 'Waiting for consent to the laboratory'),
        turn: 'member',
        does: t('看过授权说明，同意或不同意把资料交给这家检测机构', 'consent to sharing with this laboratory, or not'),
        until: { none: t('什么时候决定都可以，我们会提醒', 'any time; we remind') },
        step: 'assess',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        providerConsentGiven: {
          guard: ({ context, event }) =>
            mine(context).laboratory !== null && event.facts.consented.includes(mine(context).laboratory ?? ''),
          target: 'explaining',
          actions: passes('laboratory-agreed'),
        },
        takeBack,
      },
    },
    explaining: {
      meta: state({
        label: t('讲解检测', 'Explaining the test'),
        turn: 'case-manager',
        does: t('讲清内容、流程和价值，解答问题', 'explain content, process and value, and answer questions'),
        until: { target: 'explanation' },
        step: 'consent',
      }),
      on: {
        ...closedBefore,
        attachPaper: {},
        explain: { target: 'awaiting-signature', actions: [passes('explained'), 'rememberAsking'] },
        takeBack,
        closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
      },
    },
    'awaiting-signature': {
      meta: state({
        label: t('等您签署知情同意书', 'Waiting for the informed consent'),
        desk: t('等受检者签署知情同意书', 'Waiting for the informed consent'),
        turn: 'member',
        does: t('受检者本人或监护人签署知情同意书', 'the tested person or the guardian signs the informed consent'),
        until: { none: t('什么时候签都可以，签署前不取样', 'any time; nothing is collected before') },
        step: 'consent',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        handInPaper: {},
        attachPaper: {},
        consentSigned: { target: 'arranging-pick-up', actions: passes('consent-signed') },
        recordPaperConsent: {
          target: 'confirming-consent',
          actions: [
            passes('paper-consent-recorded'),
            remember((event) => ({ paperConsent: { paper: text(event, 'paper'), by: event.facts.actor ?? '' } })),
          ],
        },
        takeBack,
      },
    },
    'confirming-consent': {
      meta: state({
        label: t('核对纸质知情同意书', 'Checking the paper consent'),
        turn: 'supervisor',
        does: t('由另一位工作人员核对原件扫描，确认或退回', 'another member of staff checks the scanned original'),
        until: { target: 'consent-confirmation' },
        step: 'consent',
      }),
      on: {
        ...closedBefore,
        confirmPaperConsent: {
          guard: ({ context, event }) => event.facts.actor !== mine(context).paperConsent?.by,
          target: 'arranging-pick-up',
          actions: passes('consent-signed'),
        },
        rejectPaperConsent: {
          target: 'awaiting-signature',
          actions: [passes('paper-consent-rejected'), 'rememberAsking', remember(() => ({ paperConsent: null }))],
        },
      },
    },
    'arranging-pick-up': {
      meta: state({
        label: t('安排取样', 'Arranging the pick-up'),
        turn: 'case-manager',
        does: t('收齐病历，约好取样的地址和时间', 'collect the records and agree address and time'),
        until: { target: 'pick-up' },
        step: 'sample',
      }),
      on: {
        ...closedBefore,
        handInPaper: {},
        attachPaper: {},
        judgePaper: {},
        proposePickUp: propose,
        takeBack,
        closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
      },
    },
    'pick-up-proposed': {
      meta: state({
        label: t('取样安排待您确认', 'The pick-up waits for your answer'),
        desk: t('取样安排待会员确认', 'The pick-up waits for the member'),
        turn: 'member',
        does: t('确认，或要求另约（不计使用）', 'confirm, or ask for another'),
        until: { field: 'at' },
        step: 'sample',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        confirmPickUp: {
          target: 'booked',
          actions: [passes('pick-up-confirmed'), passes('handed-to-provider')],
        },
        declinePickUp: { target: 'arranging-pick-up', actions: [passes('pick-up-declined'), forgetSample] },
        providerCancels: { target: 'arranging-pick-up', actions: [passes('cancelled-by-provider'), forgetSample] },
      },
    },
    booked: {
      meta: state({
        label: t('已约好取样', 'The pick-up is booked'),
        turn: 'member',
        does: t('在约定的时间和地址等取样人员', 'be at the address at the time agreed'),
        until: { field: 'at' },
        step: 'sample',
      }),
      on: {
        cancelBooking: bookingChanges.cancelBooking,
        changeBooking: [
          {
            guard: and(['notYetChanged', 'changeEndsIt']),
            target: 'closed-changed',
            actions: passes('changed-by-member'),
          },
          {
            guard: 'notYetChanged',
            target: 'arranging-pick-up',
            actions: [
              passes('changed-by-member'),
              passes('collector-done'),
              remember((_, { rules }) => ({
                changed: rules.changeAfterBooking !== 'free',
                pickUp: null,
                provider: null,
              })),
            ],
          },
        ],
        providerCancels: {
          target: 'arranging-pick-up',
          actions: [passes('cancelled-by-provider'), passes('collector-done'), forgetSample],
        },
        reportAbsence: bookingChanges.reportAbsence,
        consentWithdrawn: consentWithdrawnLate,
        policyEnded: bookingChanges.policyEnded,
        collectSample: {
          target: 'sample-on-the-way',
          actions: [
            passes('sample-collected'),
            remember((event) => ({
              sample: { barcode: text(event, 'barcode'), collectedAt: text(event, 'collectedAt') },
            })),
          ],
        },
      },
    },
    'sample-on-the-way': {
      meta: state({
        label: t('样本送检途中', 'The sample is on its way'),
        turn: 'laboratory',
        does: t('收样，核对条码和温度，判断是否合格', 'receive it, check barcode and temperature, judge its fitness'),
        until: { target: 'sample-arrival' },
        step: 'test',
      }),
      on: {
        cancelBooking: bookingChanges.cancelBooking,
        consentWithdrawn: consentWithdrawnLate,
        handOverSample: { actions: passes('sample-handed-over') },
        receiveSample: [
          {
            guard: ({ event }) => event.payload.fit === 'no',
            target: 'sampling-again',
            actions: [passes('sample-unfit'), passes('collector-done'), forgetSample],
          },
          {
            target: 'testing',
            actions: [
              passes('sample-received'),
              passes('collector-done'),
              remember(() => ({ delivered: true, provider: null })),
            ],
          },
        ],
        reportSampleLost: sampleLost,
      },
    },
    'sampling-again': {
      meta: state({
        label: t('要重新取样', 'Another sample is needed'),
        turn: 'case-manager',
        does: t('说明原因，另约取样；不计使用', 'say why and arrange another pick-up; nothing is counted'),
        until: { target: 'pick-up' },
        step: 'sample',
      }),
      on: {
        ...closedBefore,
        withdraw: { target: 'closed-not-sampled', actions: passes('not-sampled-again') },
        proposePickUp: propose,
        takeBack,
        closeNotSampled: { target: 'closed-not-sampled', actions: passes('not-sampled-again') },
      },
    },
    testing: {
      meta: state({
        label: t('检测中', 'Being tested'),
        turn: 'laboratory',
        does: t('检测，上传并出具报告', 'test, upload and issue the report'),
        until: { target: 'report' },
        step: 'test',
      }),
      on: {
        consentWithdrawn: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
        attachReport: { actions: remember((event) => ({ reportPaper: text(event, 'paper') })) },
        report: {
          guard: ({ context }) => mine(context).reportPaper !== null,
          target: 'reported',
          actions: passes('reported'),
        },
        reportSampleLost: sampleLost,
        takeBack,
      },
    },
    reported: {
      meta: state({
        label: t('报告已出，待发布', 'The report is there, to be released'),
        turn: 'case-manager',
        does: t('核对报告，发布给受检者，或退回', 'check the report, then release or return it'),
        until: { target: 'release' },
        step: 'report',
      }),
      on: {
        consentWithdrawn: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
        releaseReport: { target: 'explaining-report', actions: passes('report-released') },
        returnReport: {
          target: 'testing',
          actions: [passes('report-returned'), remember(() => ({ reportPaper: null }))],
        },
      },
    },
    'explaining-report': {
      meta: state({
        label: t('解读报告', 'Explaining the report'),
        turn: 'case-manager',
        does: t('向申请人和主治医生解读报告', 'explain it to the applicant and to the attending doctor'),
        until: { target: 'report-explanation' },
        step: 'report',
      }),
      on: {
        consentWithdrawn: {},
        sendReportToDoctor: { actions: passes('copy-given-to-doctor') },
        explainToApplicant: [
          {
            guard: ({ context }) => mine(context).doctorSettled,
            target: 'completed',
            actions: [passes('explained-to-applicant'), passes('closed'), applicantTold],
          },
          {
            guard: ({ context }) => !mine(context).applicantTold,
            actions: [passes('explained-to-applicant'), applicantTold],
          },
        ],
        explainToDoctor: [
          {
            guard: ({ context }) => mine(context).applicantTold,
            target: 'completed',
            actions: [passes('explained-to-doctor'), passes('closed'), doctorSettled],
          },
          {
            guard: ({ context }) => !mine(context).doctorSettled,
            actions: [passes('explained-to-doctor'), doctorSettled],
          },
        ],
        leaveOutDoctor: [
          {
            guard: ({ context }) => mine(context).applicantTold,
            target: 'completed',
            actions: [passes('doctor-left-out'), passes('closed'), doctorSettled],
          },
          {
            guard: ({ context }) => !mine(context).doctorSettled,
            actions: [passes('doctor-left-out'), doctorSettled],
          },
        ],
      },
    },
    ...decidingPhase('sample', t('没有取到样，等人工判断', 'Nothing collected: a person decides')),
    ...bookingFinals(
      {
        absent: t('未按约取样，计为使用', 'Not there at the pick-up, counted as used'),
        excused: t('未按约取样，不计使用', 'Not there at the pick-up, not counted'),
      },
      'report',
    ),
    ...finals(
      { 'closed-not-sampled': [t('不再取样，不计使用', 'Not sampled again, not counted'), 'sample-lost'] },
      'report',
    ),
  },
});

export const geneTestV1: Journey = {
  kind: 'gene-test',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  reminder: 'pick-up-tomorrow',
  numberPrefix: 'JY',
  steps: [
    { code: 'request', label: t('申请和资料', 'Request and papers') },
    { code: 'review', label: t('医学审核', 'Medical review') },
    { code: 'assess', label: t('评估', 'Assessment') },
    { code: 'consent', label: t('讲解和知情同意', 'Explanation and consent') },
    { code: 'sample', label: t('取样', 'Sample') },
    { code: 'test', label: t('检测', 'Test') },
    { code: 'report', label: t('报告和解读', 'Report and explanation') },
  ],
  milestones: KINDS['gene-test'] ?? [],
};
