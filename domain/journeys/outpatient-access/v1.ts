/**
 * The outpatient green channel (2.2), v1. Released: never edited; a change is v2 in a file of its own.
 * Steps a plan may leave out (review, care path, escort) are guards on plan fields, never a second chart.
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
import { anyState, chart, closedBefore, phasesBegun } from '../phases/chart-v1.ts';
import { passes, slotOffered, state, t } from '../phases/kit-v1.ts';
import { requestPhase } from '../phases/request-phase-v1.ts';
import { events, request } from './events-v1.ts';

const machine = chart.createMachine({
  id: 'outpatient-access',
  context: (given) => phasesBegun(given),
  initial: 'entering',
  on: anyState,
  states: {
    ...requestPhase('planning'),
    planning: {
      meta: state({
        label: t('安排就医路径', 'Care path'),
        turn: 'case-manager',
        does: t('写就医路径，交给服务商约号', 'write the care path and hand over to the provider'),
        until: { target: 'care-path' },
        step: 'plan',
      }),
      on: {
        ...closedBefore,
        judgePaper: {},
        writeCarePath: writesCarePath,
        handToProvider: [
          {
            guard: and(['pathWritten', 'consentCovers']),
            target: 'with-provider',
            actions: [passes('handed-to-provider'), 'forgetOffer', 'rememberProvider'],
          },
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
    'with-provider': {
      meta: state({
        label: t('服务商约号中', 'The provider is booking'),
        turn: 'provider',
        does: t('留出号源并安排陪诊，或说明约不到', 'hold a slot and an escort, or say that it cannot'),
        until: { target: 'provider-answer' },
        step: 'book',
      }),
      on: {
        ...closedBefore,
        offerSlot: { target: 'offered', actions: [slotOffered, 'rememberOffer'] },
        cannotOffer: { target: 'planning', actions: [passes('provider-cannot'), 'forgetOffer'] },
        takeBack: { target: 'planning', actions: [passes('taken-back'), 'forgetOffer'] },
      },
    },
    offered: {
      meta: state({
        label: t('号源待您确认', 'A slot waits for your answer'),
        desk: t('号源待会员确认', 'A slot waits for the member'),
        turn: 'member',
        does: t('确认，或要求另约（不计使用）', 'accept, or ask for another'),
        until: { field: 'answerBy' },
        step: 'book',
      }),
      on: { ...closedBefore, ...answers({ accepted: [], declined: [] }) },
    },
    booked: {
      meta: state({
        label: t('已约好，等就诊', 'Booked'),
        turn: 'member',
        does: t('按时就诊，陪诊员在约定地点等您', 'attend; the escort waits at the meeting place'),
        until: { field: 'visitAt' },
        step: 'visit',
      }),
      on: {
        ...bookingChanges,
        checkIn: [
          { guard: 'escortAbsent', target: 'visiting', actions: passes('attended-without-escort') },
          { target: 'visiting', actions: passes('attended') },
        ],
      },
    },
    visiting: {
      meta: state({
        label: t('就诊中', 'At the visit'),
        turn: 'provider',
        does: t('陪同就诊，结束后签退', 'accompany the visit and check out'),
        until: { none: t('就诊当天完成', 'ends with the visit') },
        step: 'visit',
      }),
      on: {
        checkOut: { target: 'awaiting-summary', actions: passes('visit-ended') },
        attachPaper: {},
        consentWithdrawn: {},
      },
    },
    ...summaryPhase({
      label: t('等就诊小结', 'Waiting for the summary'),
      does: t('写就诊小结：医生说了什么，下一步', 'write what was said and the next steps'),
    }),
    ...decidingPhase('visit', t('未到诊，等人工判断', 'Absent: a person decides')),
    ...bookingFinals(
      {
        absent: t('未到诊，计为使用', 'Absent, counted as used'),
        excused: t('未到诊，不计使用', 'Absent, not counted'),
      },
      'summary',
    ),
  },
});

export const outpatientAccessV1: Journey = {
  kind: 'outpatient-access',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  reminder: 'visit-tomorrow',
  numberPrefix: 'MZ',
  steps: [
    { code: 'request', label: t('申请和资料', 'Request and papers') },
    { code: 'review', label: t('医学审核', 'Medical review') },
    { code: 'plan', label: t('就医路径', 'Care path') },
    { code: 'book', label: t('约号', 'Booking') },
    { code: 'visit', label: t('就诊（含陪诊）', 'Visit, with escort') },
    { code: 'summary', label: t('小结和评价', 'Summary') },
  ],
  milestones: KINDS['outpatient-access'] ?? [],
};
