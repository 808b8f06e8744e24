/**
 * What booking charts share beside their own straight path: another provider's consent, nothing to be had, the offer and
 * what may happen to a booking, what people decide after an absence, a policy's end or a consent taken back, and the
 * summary. A kind with other words gives its own `meta`. Shared, v1: released, never edited.
 */
import { and } from 'xstate';
import type { Text } from '../../plan/schema.ts';
import { chart, closedBefore, pursued } from './chart-v1.ts';
import { everyEnd, finals, passes, slotOffered, state, t } from './kit-v1.ts';

/** With the provider (again): a new search, the old offer forgotten. */
export const toProviderAgain = {
  target: 'with-provider',
  actions: [passes('handed-to-provider'), 'forgetOffer'],
} as const;

const providerCancels = {
  target: 'with-provider',
  actions: [passes('cancelled-by-provider'), passes('handed-to-provider'), 'forgetOffer'],
} as const;

/** What an offer leads to. `accepted`, `declined`: further milestones of the kind. */
export const answers = (also: { accepted: readonly string[]; declined: readonly string[] }) =>
  ({
    acceptOffer: [
      // The hospital left the list since the offer: alternatives, nothing spent [2.2.3, N.2].
      {
        guard: 'offerGone',
        target: 'with-provider',
        actions: [passes('hospital-left-list'), passes('handed-to-provider'), 'forgetOffer'],
      },
      { target: 'booked', actions: [passes('booking-confirmed'), ...also.accepted.map(passes)] },
    ],
    declineOffer: {
      target: 'with-provider',
      actions: [passes('offer-declined'), ...also.declined.map(passes), passes('handed-to-provider'), 'forgetOffer'],
    },
    offerLapsed: {
      target: 'with-provider',
      actions: [passes('offer-lapsed'), passes('handed-to-provider'), 'forgetOffer'],
    },
    providerCancels,
  }) as const;

/** What may happen to a booking before the person comes; who does not come leads to a person's decision where the plan says so. */
export const bookingChanges = {
  cancelBooking: { target: 'closed-cancelled', actions: passes('cancelled-by-member') },
  changeBooking: [
    {
      guard: and(['notYetChanged', 'changeEndsIt']),
      target: 'closed-changed',
      actions: passes('changed-by-member'),
    },
    {
      guard: 'notYetChanged',
      target: 'with-provider',
      actions: [
        passes('changed-by-member'),
        passes('handed-to-provider'),
        chart.assign({
          changed: ({ context }) => context.rules.changeAfterBooking !== 'free',
          offer: () => null,
          escortAbsent: () => false,
        }),
      ],
    },
  ],
  providerCancels,
  providerChanges: { target: 'offered', actions: [passes('changed-by-provider'), slotOffered, 'rememberOffer'] },
  reportEscortAbsent: [
    {
      guard: 'visitDidNotHappen',
      target: 'with-provider',
      actions: [passes('escort-absent'), passes('cancelled-by-provider'), passes('handed-to-provider'), 'forgetOffer'],
    },
    { guard: 'escortPromised', actions: [passes('escort-absent'), chart.assign({ escortAbsent: () => true })] },
  ],
  reportAbsence: [
    {
      guard: 'absenceSpends',
      target: 'closed-absent',
      actions: [passes('absence-reported'), passes('absence-counted')],
    },
    {
      guard: 'absenceReleases',
      target: 'closed-excused',
      actions: [passes('absence-reported'), passes('absence-excused')],
    },
    // Only calls made about the absence are contact attempts of the absence.
    { target: 'absence-deciding', actions: [passes('absence-reported'), chart.assign({ calls: () => [] })] },
  ],
  consentWithdrawn: [
    { guard: 'aPersonDecides', target: 'consent-deciding', actions: passes('consent-withdrawn-after-booking') },
    { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
  ],
  policyEnded: { target: 'policy-deciding', actions: passes('policy-ended-after-booking') },
} as const;

/** Consent to another provider, and nothing to be had for now. */
export const searching = {
  'awaiting-provider-consent': {
    meta: state({
      label: t('等您同意新的服务商', 'Waiting for consent to the provider'),
      desk: t('等会员同意新的服务商', 'Waiting for consent to the provider'),
      turn: 'member',
      does: t('看过授权说明，同意或不同意把资料交给这家服务商', 'consent to sharing with this provider, or not'),
      until: { none: t('承诺的时间照常计，不因等授权而停', 'the promised time runs on') },
      step: 'plan',
    }),
    on: {
      ...closedBefore,
      ...pursued,
      providerConsentGiven: { guard: 'consentIsThere', ...toProviderAgain },
      takeBack: { target: 'planning', actions: [passes('taken-back'), 'forgetOffer'] },
    },
  },
  'no-slot': {
    meta: state({
      label: t('暂时约不到，等您决定', 'None can be had now; your decision'),
      desk: t('暂时约不到，等会员决定', 'None can be had now; the member decides'),
      turn: 'member',
      does: t('决定继续等，还是撤回（不计使用）', 'decide to go on or to withdraw'),
      until: { none: t('什么时候决定都可以，不计使用', 'any time; nothing is counted') },
      step: 'book',
    }),
    on: {
      ...closedBefore,
      ...pursued,
      keepLooking: { target: 'planning', actions: passes('looking-again') },
      closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
    },
  },
} as const;

/** The summary and its rating. `words`: what a summary is of in this kind. */
export const summaryPhase = (words: { label: Text; does: Text }) =>
  ({
    'awaiting-summary': {
      meta: state({
        label: words.label,
        turn: 'provider',
        does: words.does,
        until: { target: 'summary' },
        step: 'summary',
      }),
      on: {
        attachPaper: {},
        consentWithdrawn: {},
        summarise: { target: 'summarised', actions: [passes('summary-released'), 'rememberSummary'] },
      },
    },
    summarised: {
      meta: state({
        label: t('小结已送到，请您看看', 'The summary is there'),
        desk: t('小结已送到，等会员评价', 'The summary is with the member'),
        turn: 'member',
        does: t('看小结，评价这次服务', 'read the summary and rate the service'),
        until: { none: t('不评价也会在 14 天后自动结束', 'closes by itself after 14 days') },
        step: 'summary',
      }),
      on: {
        rate: { target: 'completed', actions: [passes('rated'), passes('closed')] },
        ratingLapsed: { target: 'completed', actions: passes('closed') },
        consentWithdrawn: {},
      },
    },
  }) as const;

/** What people decide. `step`: where the booking stands in the outlook; `absent`: what not coming is called in this kind. */
export const decidingPhase = (step: string, absent: Text) =>
  ({
    'absence-deciding': {
      meta: state({
        label: absent,
        turn: 'case-manager',
        does: t('看联系记录，决定是否计为使用', 'decide with the contact attempts on file'),
        until: { target: 'absence-decision' },
        step,
      }),
      on: {
        countAbsence: { guard: 'called', target: 'closed-absent', actions: passes('absence-counted') },
        excuseAbsence: { target: 'closed-excused', actions: passes('absence-excused') },
      },
    },
    'policy-deciding': {
      meta: state({
        label: t('合同效力变化，等运营决定', 'The policy ended after the booking'),
        turn: 'operations',
        does: t('决定是否履行已确认的预约', 'decide whether the booking is honoured'),
        until: { target: 'policy-decision' },
        step,
      }),
      on: {
        honour: { target: 'booked', actions: passes('honoured') },
        decline: { target: 'closed-policy-ended', actions: passes('policy-ended') },
        // Whoever gives the visit up meanwhile ends what operations were to decide; the policy's end costs no use.
        withdraw: { target: 'closed-policy-ended', actions: passes('policy-ended') },
        providerCancels: {
          target: 'closed-policy-ended',
          actions: [passes('cancelled-by-provider'), passes('policy-ended')],
        },
      },
    },
    'consent-deciding': {
      meta: state({
        label: t('授权已撤回，等人工判断', 'Consent withdrawn: a person decides'),
        turn: 'supervisor',
        does: t('决定是否计为使用', 'decide whether a use is counted'),
        until: { target: 'consent-decision' },
        step,
      }),
      on: {
        countWithdrawnConsent: { target: 'closed-cancelled', actions: passes('cancelled-by-member') },
        releaseWithdrawnConsent: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
      },
    },
  }) as const;

/** How every booking kind may close. `absent`, `excused`: what not coming is called in this kind. */
export const bookingFinals = (words: { absent: Text; excused: Text }, step: string) =>
  finals(
    {
      completed: [t('已完成', 'Completed'), 'delivered'],
      ...everyEnd,
      'closed-not-deliverable': [t('未能安排，已结束', 'Could not be delivered'), 'not-deliverable'],
      'closed-cancelled': [t('已取消，计为使用', 'Cancelled, counted as used'), 'used-by-cancel'],
      'closed-changed': [t('已变更，计为使用', 'Changed, counted as used'), 'used-by-change'],
      'closed-absent': [words.absent, 'used-by-absence'],
      'closed-excused': [words.excused, 'excused'],
    },
    step,
  );
