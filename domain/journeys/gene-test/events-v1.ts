/** The events of the gene test, v1: assessment, laboratory, informed consent, beside those of the sample and the shared ones. */
import { choiceField, dayField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { caseEvents } from '../phases/case-events-v1.ts';
import { defOf, inOrder, problem, reason, t } from '../phases/kit-v1.ts';
import { requestEvents } from '../phases/request-events-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';
import { type Context, PAPERS } from './context-v1.ts';
import { reportEvents } from './report-events-v1.ts';
import { sampleEvents } from './sample-events-v1.ts';

const def = defOf<Context>();

const own: Readonly<Record<string, EventDef>> = {
  assess: def({
    label: t('评估时间、样本和检测机构', 'Assess moment, sample and laboratory'),
    told: t('评估了检测的时间和样本', 'Moment and sample were assessed'),
    by: ['case-manager'],
    weight: 'primary',
    schema: payload({
      laboratory: referenceField({ title: t('检测机构', 'Laboratory'), group: 'request', ref: 'list:providers' }),
      sampleType: choiceField({
        title: t('样本类型', 'Type of sample'),
        group: 'request',
        choices: ['tissue', 'blood', 'fluid'],
        labels: {
          tissue: t('肿瘤组织', 'tumour tissue'),
          blood: t('外周血', 'blood'),
          fluid: t('胸腹水等体液', 'body fluid'),
        },
      }),
      sampleFrom: dayField({ title: t('最早取样的日期', 'Sample not before'), group: 'request' }),
      why: textField({ title: t('为什么', 'Why'), group: 'care-path', max: 800, multiline: true }),
    }),
    check: (_, _context, facts) => {
      const { laboratory } = facts.refs;
      if (laboratory?.kind !== 'laboratory')
        return [problem('laboratory', '请选清单上的检测机构', 'choose a laboratory on the list')];
      const until = laboratory.licenceUntil;
      return typeof until === 'string' && new Date(`${until}T24:00:00+08:00`) <= facts.now
        ? [
            problem(
              'laboratory',
              `这家机构的许可到 ${until} 为止，请另选`,
              `its licence ended on ${until}; choose another`,
            ),
          ]
        : [];
    },
  }),
  takeBack: def({
    label: t('收回，重新评估', 'Take back and assess anew'),
    told: t('从检测机构收回，重新评估', 'Taken back from the laboratory to be assessed anew'),
    by: ['case-manager', 'supervisor'],
    schema: payload({ reason }),
  }),
  explain: def({
    label: t('讲清内容、流程和价值', 'Explain content, process and value'),
    told: t('讲清了检测的内容、流程和价值', 'Content, process and value were explained'),
    by: ['case-manager'],
    weight: 'primary',
    schema: payload({
      questions: textField({
        title: t('问过的问题和答复', 'Questions and answers'),
        group: 'care-path',
        max: 1000,
        multiline: true,
      }).optional(),
    }),
  }),
  consentSigned: def({
    label: t('签署了知情同意书', 'The informed consent was signed'),
    by: ['system'],
    schema: payload({
      by: choiceField({
        title: t('签署人', 'Signed by'),
        group: 'request',
        choices: ['tested-person', 'guardian'],
        labels: { 'tested-person': t('受检者本人', 'the tested person'), guardian: t('监护人', 'the guardian') },
      }),
    }),
  }),
  recordPaperConsent: def({
    label: t('登记纸质知情同意书（原件扫描）', 'Record the paper consent (scanned original)'),
    told: t('登记了纸质知情同意书', 'A paper consent was recorded'),
    by: ['case-manager', 'service-desk'],
    schema: payload({
      paper: referenceField({ title: t('原件扫描', 'Scanned original'), group: 'papers', ref: 'paper:any' }),
    }),
    check: (_, _context, facts) =>
      facts.refs.paper?.kind === PAPERS.consent
        ? []
        : [problem('paper', '请选这份服务单里的知情同意书', 'choose the informed consent of this case')],
  }),
  confirmPaperConsent: def({
    label: t('核对原件，确认有效', 'Check the original and confirm'),
    told: t('第二人核对了纸质知情同意书', 'A second person confirmed the paper consent'),
    by: ['supervisor', 'case-manager'],
    weight: 'primary',
    schema: payload({}),
  }),
  rejectPaperConsent: def({
    label: t('退回纸质知情同意书', 'Reject the paper consent'),
    told: t('纸质知情同意书没有通过核对', 'The paper consent was not accepted'),
    by: ['supervisor', 'case-manager'],
    schema: payload({ reason }),
  }),
};

/** Shared events of a booking, where a gene test says them in other words. */
const reworded: Readonly<Record<string, EventDef>> = {
  // Once a laboratory is named, what waits for her is her signature; a paper is the other way to it.
  handInPaper: {
    ...(requestEvents.handInPaper as EventDef),
    weight: (context, facts) =>
      facts.missingPapers.length > 0 && (context as unknown as Context).laboratory === null ? 'primary' : 'normal',
  },
  attachPaper: {
    ...(bookingEvents.attachPaper as EventDef),
    by: ['case-manager'],
    label: t('附上病历等资料', 'Attach records'),
    told: t('附上了病历等资料', 'Records were attached'),
  },
  providerConsentGiven: {
    ...(bookingEvents.providerConsentGiven as EventDef),
    label: t('同意了检测机构', 'Consent to the laboratory was given'),
  },
  providerCancels: {
    ...(bookingEvents.providerCancels as EventDef),
    label: t('取样人员来不了（不计使用）', 'The collector cannot come (not counted)'),
    told: t('取样人员来不了，会另约，不计使用', 'The collector cannot come; another pick-up is arranged, not counted'),
  },
  reportAbsence: {
    ...(bookingEvents.reportAbsence as EventDef),
    label: t('没有取到样：受检者不在', 'Nobody there at the pick-up'),
    told: t('约定时间没有取到样', 'Nothing could be collected at the time agreed'),
    check: (_: never, context: unknown, facts) =>
      (context as Context).pickUp && facts.now.getTime() > new Date((context as Context).pickUp?.at ?? '').getTime()
        ? []
        : [problem('attempts', '约定的取样时间过后才能报告', 'only after the time of the pick-up')],
  },
  countAbsence: {
    ...(bookingEvents.countAbsence as EventDef),
    label: t('未按约取样，计为使用', 'Not there: count as used'),
    told: t('未按约取样，计为使用', 'Not there at the pick-up: counted as used'),
  },
  excuseAbsence: {
    ...(bookingEvents.excuseAbsence as EventDef),
    label: t('未按约取样有正当原因，不计使用', 'Not there with cause: not counted'),
    told: t('未按约取样有正当原因，不计使用', 'Not there with cause: not counted'),
  },
};

export const events = inOrder(
  [
    'giveOwnConsent',
    'declineOwnConsent',
    'handInPaper',
    'attachPaper',
    'confirmPickUp',
    'declinePickUp',
    'withdraw',
    'leaveMessage',
    'changeBooking',
    'cancelBooking',
    'takeReview',
    'judgePaper',
    'verifyFacts',
    'acceptRequest',
    'askPapers',
    'refuseRequest',
    'takeCase',
    'assess',
    'explain',
    'recordPaperConsent',
    'confirmPaperConsent',
    'rejectPaperConsent',
    'proposePickUp',
    'collectSample',
    'handOverSample',
    'receiveSample',
    'reportSampleLost',
    'attachReport',
    'report',
    'returnReport',
    'releaseReport',
    'explainToApplicant',
    'explainToDoctor',
    'sendReportToDoctor',
    'leaveOutDoctor',
    'takeBack',
    'closeNotSampled',
    'closeNotDeliverable',
    'closeNotPursued',
    'logCall',
    'writeMember',
    'addNote',
    'countAbsence',
    'excuseAbsence',
    'countWithdrawnConsent',
    'releaseWithdrawnConsent',
    'approveList',
    'declineList',
    'reassign',
    'honour',
    'decline',
    'providerCancels',
    'reportAbsence',
    'consentSigned',
    'messageRead',
    'pursuitEnded',
    'consentWithdrawn',
    'providerConsentGiven',
    'policyEnded',
    'stopImpostor',
    'personDied',
  ],
  {
    ...requestEvents,
    ...reviewEvents,
    ...caseEvents,
    ...bookingEvents,
    ...reworded,
    ...sampleEvents,
    ...reportEvents,
    ...own,
  },
);

/** What the caller says with the request [2.4.1.1]: where she is treated, and when a call suits. */
export const request = payload({
  treatedAt: textField({
    title: t('就诊的医院和科室', 'Hospital and department that treat'),
    group: 'request',
    max: 80,
  }),
  wishedTimes: textField({ title: t('方便的时间', 'Times that suit'), group: 'request', max: 200 }).optional(),
});
