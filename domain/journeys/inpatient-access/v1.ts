/**
 * The admission and surgery green channel (2.3), v1. Released: never edited; a change is v2 in a file of its own.
 * One branch of its own: without an admission certificate it is obtained first [2.3.1.4]; a certificate that the hospital
 * withdraws is obtained again, at nobody's cost.
 */
import { type AnyStateMachine, and } from 'xstate';
import type { Journey } from '../journey.ts';
import { KINDS } from '../kinds.ts';
import {
  answers,
  bookingChanges,
  bookingFinals,
  decidingPhase,
  searching,
  summaryPhase,
} from '../phases/booking-phase-v1.ts';
import { writesCarePath } from '../phases/care-path-v1.ts';
import { anyState, type Context, chart, closedBefore, phasesBegun } from '../phases/chart-v1.ts';
import { offerOf, passes, slotOffered, state, t, text } from '../phases/kit-v1.ts';
import { requestPhase } from '../phases/request-phase-v1.ts';
import { MORE } from './bed-v1.ts';
import { events, request } from './events-v1.ts';

/** There is an admission certificate that holds. */
const certified = ({ context }: { context: Context }) => context.certified === true;
const notCertified = chart.assign({ certified: () => false });
const rememberBed = chart.assign({
  offer: ({ event }) => ({
    ...offerOf(event),
    more: Object.fromEntries(MORE.flatMap((field) => (event.payload[field] ? [[field, text(event, field)]] : []))),
  }),
  escortAbsent: () => false,
});
const rememberSurgery = chart.assign({
  offer: ({ context, event }) =>
    context.offer && { ...context.offer, more: { ...context.offer.more, surgeryAt: text(event, 'surgeryAt') } },
});
const toProvider = {
  bed: { target: 'with-provider', actions: [passes('handed-to-provider'), 'forgetOffer', 'rememberProvider'] },
  certificate: {
    target: 'obtaining-certificate',
    actions: [passes('certificate-sought'), 'forgetOffer', 'rememberProvider'],
  },
} as const;
/** What the hospital takes back is the hospital's: the booking disarms, nothing is spent [tension 2.2.9]. */
const certificateGone = (booked: boolean) => ({
  target: 'obtaining-certificate',
  actions: [
    passes('certificate-withdrawn'),
    ...(booked ? [passes('cancelled-by-provider')] : []),
    passes('certificate-sought'),
    'forgetOffer' as const,
    notCertified,
  ],
});

const machine = chart.createMachine({
  id: 'inpatient-access',
  context: (given) => ({ ...phasesBegun(given), certified: given.input.given.admissionCertificate === true }),
  initial: 'entering',
  on: { ...anyState, askAnotherManager: { guard: ({ context }) => context.rules.namedManager } },
  states: {
    ...requestPhase('planning'),
    planning: {
      meta: state({
        label: t('分诊，定医院和专家', 'Triage, hospital and expert'),
        turn: 'case-manager',
        does: t(
          '和您沟通病情，定下医院、科室和专家',
          'talk with the family and settle hospital, department and expert',
        ),
        until: { target: 'care-path' },
        step: 'plan',
      }),
      on: {
        ...closedBefore,
        judgePaper: {},
        handInPaper: {},
        writeCarePath: writesCarePath,
        issueCertificate: {
          guard: (given) => !certified(given),
          actions: [passes('certificate-issued'), chart.assign({ certified: () => true })],
        },
        withdrawCertificate: { guard: certified, actions: [passes('certificate-withdrawn'), notCertified] },
        handToProvider: [
          { guard: and(['pathWritten', 'consentCovers', certified]), ...toProvider.bed },
          { guard: and(['pathWritten', 'consentCovers']), ...toProvider.certificate },
          {
            guard: 'pathWritten',
            target: 'awaiting-provider-consent',
            actions: [passes('provider-consent-asked'), 'forgetOffer', 'rememberAsking', 'rememberProvider'],
          },
        ],
        tellNoSlot: { target: 'no-slot', actions: [passes('no-slot-told'), 'rememberAsking'] },
        closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
      },
    },
    ...searching,
    'awaiting-provider-consent': {
      ...searching['awaiting-provider-consent'],
      on: {
        ...searching['awaiting-provider-consent'].on,
        providerConsentGiven: [
          {
            guard: and(['consentIsThere', certified]),
            target: 'with-provider',
            actions: [passes('handed-to-provider'), 'forgetOffer'],
          },
          {
            guard: 'consentIsThere',
            target: 'obtaining-certificate',
            actions: [passes('certificate-sought'), 'forgetOffer'],
          },
        ],
      },
    },
    'obtaining-certificate': {
      meta: state({
        label: t('办理住院凭证', 'Obtaining the admission certificate'),
        turn: 'provider',
        does: t('请专家看过后开出住院凭证', 'have an expert see the case and issue the certificate'),
        until: { target: 'certificate' },
        step: 'certificate',
      }),
      on: {
        ...closedBefore,
        issueCertificate: {
          target: 'with-provider',
          actions: [
            passes('certificate-issued'),
            passes('handed-to-provider'),
            chart.assign({ certified: () => true }),
          ],
        },
        cannotOffer: { target: 'planning', actions: [passes('provider-cannot'), 'forgetOffer'] },
        takeBack: { target: 'planning', actions: [passes('taken-back'), 'forgetOffer'] },
      },
    },
    'with-provider': {
      meta: state({
        label: t('安排床位中', 'A bed is being arranged'),
        turn: 'provider',
        does: t('留出床位并安排陪诊，或说明约不到', 'hold a bed and an escort, or say that it cannot'),
        until: { target: 'provider-answer' },
        step: 'book',
      }),
      on: {
        ...closedBefore,
        offerSlot: { target: 'offered', actions: [slotOffered, rememberBed] },
        withdrawCertificate: certificateGone(false),
        cannotOffer: { target: 'planning', actions: [passes('provider-cannot'), 'forgetOffer'] },
        takeBack: { target: 'planning', actions: [passes('taken-back'), 'forgetOffer'] },
      },
    },
    offered: {
      meta: state({
        label: t('床位待您确认', 'A bed waits for your answer'),
        desk: t('床位待会员确认', 'A bed waits for the member'),
        turn: 'member',
        does: t('确认，或要求另约（不计使用）', 'accept, or ask for another'),
        until: { field: 'answerBy' },
        step: 'book',
      }),
      on: {
        ...closedBefore,
        ...answers({ accepted: ['admission-told'], declined: ['admission-put-off'] }),
        withdrawCertificate: certificateGone(false),
      },
    },
    booked: {
      meta: state({
        label: t('已约好，等入院', 'Booked; admission ahead'),
        turn: 'member',
        does: t(
          '按入院前准备清单准备，按时入院，陪诊员在约定地点等您',
          'prepare by the list and come; the escort waits',
        ),
        until: { field: 'visitAt' },
        step: 'visit',
      }),
      on: {
        ...bookingChanges,
        providerChanges: { target: 'offered', actions: [passes('changed-by-provider'), slotOffered, rememberBed] },
        withdrawCertificate: certificateGone(true),
        setSurgery: { actions: [passes('surgery-told'), rememberSurgery] },
        checkIn: [
          { guard: 'escortAbsent', target: 'admitted', actions: passes('admitted-without-escort') },
          { target: 'admitted', actions: passes('admitted') },
        ],
      },
    },
    admitted: {
      meta: state({
        label: t('住院中', 'In hospital'),
        turn: 'provider',
        does: t('登记手术时间，出院时登记出院', 'record the surgery and, at the end, the discharge'),
        until: { none: t('到出院为止', 'until the discharge') },
        step: 'visit',
      }),
      on: {
        setSurgery: { actions: [passes('surgery-told'), rememberSurgery] },
        discharge: { target: 'awaiting-summary', actions: [passes('discharged'), passes('visit-ended')] },
        attachPaper: {},
        consentWithdrawn: {},
      },
    },
    ...summaryPhase({
      label: t('等出院小结', 'Waiting for the discharge summary'),
      does: t('写出院小结：治疗情况，下一步', 'write what was done and the next steps'),
    }),
    ...decidingPhase('visit', t('未入院，等人工判断', 'Not admitted: a person decides')),
    ...bookingFinals(
      {
        absent: t('未入院，计为使用', 'Not admitted, counted as used'),
        excused: t('未入院，不计使用', 'Not admitted, not counted'),
      },
      'summary',
    ),
  },
});

export const inpatientAccessV1: Journey = {
  kind: 'inpatient-access',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  givenOf: (_form, papers) => ({ admissionCertificate: papers.includes('admission-certificate') }),
  reminder: 'admission-near',
  numberPrefix: 'ZY',
  steps: [
    { code: 'request', label: t('申请和资料', 'Request and papers') },
    { code: 'review', label: t('医学审核', 'Medical review') },
    { code: 'plan', label: t('分诊和医院', 'Triage and hospital') },
    { code: 'certificate', label: t('住院凭证', 'Admission certificate') },
    { code: 'book', label: t('床位', 'Bed') },
    { code: 'visit', label: t('住院（含陪诊）', 'Hospital stay, with escort') },
    { code: 'summary', label: t('出院小结和评价', 'Discharge summary') },
  ],
  milestones: KINDS['inpatient-access'] ?? [],
};
