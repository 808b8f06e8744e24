/**
 * An online claim [2.7.3], v1: filled in by the member, checked for completeness by the house, handed to the claims
 * system, answered there. Released: never edited. Yilu decides no claim.
 */
import type { ChartEvent } from '../journey.ts';
import { chart, closedBefore, pursued } from '../phases/chart-v1.ts';
import { passes, state, t, text } from '../phases/kit-v1.ts';
import type { Answer, Claim, Context } from './context-v1.ts';

const remember = (change: (event: ChartEvent) => Partial<Context>) => chart.assign(({ event }) => change(event));
const remembersAnswer = remember((event) => ({
  answer: {
    outcome: event.payload.outcome as Answer['outcome'],
    amount: typeof event.payload.amount === 'number' ? event.payload.amount : null,
    reason: text(event, 'reason'),
  },
}));

export const claimStates = {
  'claim-collecting': {
    meta: state({
      label: t('请填写理赔、交资料', 'Fill in the claim and its papers'),
      desk: t('等会员填写理赔、交资料', 'The member fills in the claim'),
      turn: 'member',
      does: t('填写理赔信息，交齐清单上的资料后提交', 'fill in the claim, hand in what is listed, and submit'),
      until: { none: t('资料齐了就可以提交', 'it can be submitted once the papers are there') },
      step: 'book',
    }),
    on: {
      withdraw: closedBefore.withdraw,
      policyEnded: closedBefore.policyEnded,
      ...pursued,
      fillClaim: {
        actions: remember((event) => ({ claim: event.payload as Claim })),
      },
      handInPaper: {},
      submitClaim: { target: 'claim-checking', actions: passes('claim-submitted') },
    },
  },
  'claim-checking': {
    meta: state({
      label: t('正在核对资料是否齐全', 'Checked for completeness'),
      turn: 'case-manager',
      does: t('核对发票和病历是否齐全、看得清', 'check that invoices and record are complete and legible'),
      until: { target: 'claim-check' },
      step: 'visit',
    }),
    on: {
      withdraw: closedBefore.withdraw,
      policyEnded: {},
      judgePaper: {},
      acceptClaim: { target: 'claim-ready', actions: passes('claim-accepted') },
      askClaimPapers: { target: 'claim-collecting', actions: [passes('papers-asked'), 'rememberAsking'] },
    },
  },
  'claim-ready': {
    meta: state({
      label: t('正在递交理赔系统', 'Being handed to the claims system'),
      turn: 'case-manager',
      does: t('递交理赔系统，登记理赔编号', 'hand it to the claims system and record its number'),
      until: { target: 'claim-hand-over' },
      step: 'visit',
    }),
    on: {
      withdraw: closedBefore.withdraw,
      policyEnded: {},
      handOverClaim: {
        target: 'claim-handed-over',
        actions: [passes('claim-handed-over'), remember((event) => ({ reference: text(event, 'reference') }))],
      },
    },
  },
  'claim-handed-over': {
    meta: state({
      label: t('已递交，等理赔答复', 'Handed over; waiting for the answer'),
      turn: 'case-manager',
      does: t('收到理赔系统的答复后登记', "record the claims system's answer"),
      until: {
        none: t('理赔系统按保险条款办理，有答复就告诉您', 'claims works by the contract terms; you are told at once'),
      },
      step: 'visit',
    }),
    on: {
      policyEnded: {},
      recordAnswer: [
        {
          guard: ({ event }: { event: ChartEvent }) => event.payload.outcome === 'more',
          target: 'claim-collecting',
          actions: [passes('claim-asks-more'), passes('papers-asked'), 'rememberAsking', remembersAnswer],
        },
        { target: 'answered', actions: [passes('claim-answered'), remembersAnswer] },
      ],
    },
  },
  answered: {
    meta: state({
      label: t('理赔有答复了', 'The claim is answered'),
      desk: t('理赔已答复，等会员评价', 'Answered; the member may rate it'),
      turn: 'member',
      does: t('看答复，评价这次服务', 'read the answer and rate the service'),
      until: { none: t('不评价也会在 14 天后自动结束', 'closes by itself after 14 days') },
      step: 'rate',
    }),
    on: {
      rate: { target: 'completed', actions: [passes('rated'), passes('closed')] },
      ratingLapsed: { target: 'completed', actions: passes('closed') },
    },
  },
} as const;
