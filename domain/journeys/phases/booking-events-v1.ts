/** What staff, providers and time do with a booking; shared by the charts, v1: released, never edited. */
import { payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import type { PhaseContext as Context } from './context-v1.ts';
import { def, problem, reason, t } from './kit-v1.ts';

export const bookingEvents: Readonly<Record<string, EventDef>> = {
  attachPaper: def({
    label: t('附上就诊资料', 'Attach a paper of the visit'),
    told: t('附上了就诊资料', 'Papers of the visit were attached'),
    by: ['provider', 'case-manager'],
    schema: payload({
      kind: referenceField({ title: t('资料种类', 'Kind of paper'), group: 'papers', ref: 'paper:kind' }),
      paper: referenceField({ title: t('资料', 'Paper'), group: 'papers', ref: 'paper:mine' }),
    }),
  }),
  handToProvider: def({
    label: t('交给服务商', 'Hand to the provider'),
    told: t('交给服务商约号', 'Handed to the provider'),
    by: ['case-manager'],
    weight: 'primary',
    schema: payload({
      provider: referenceField({ title: t('服务商', 'Provider'), group: 'booking', ref: 'list:providers' }),
    }),
    check: (_, _context, facts) =>
      facts.refs.provider
        ? []
        : [problem('provider', '没有这家服务商，或今天不在清单上', 'no such provider as of today')],
  }),
  takeBack: def({
    label: t('收回，另找服务商', 'Take back from the provider'),
    told: t('从服务商处收回', 'Taken back from the provider'),
    by: ['case-manager', 'supervisor'],
    schema: payload({ reason }),
  }),
  tellNoSlot: def({
    label: t('告知约不到，及替代', 'Tell that none can be had, and what instead'),
    told: t('暂时约不到，告知了替代办法', 'None could be had; alternatives were told'),
    by: ['case-manager'],
    schema: payload({
      instead: textField({ title: t('可以怎样', 'What instead'), group: 'booking', max: 500, multiline: true }),
    }),
  }),
  closeNotDeliverable: def({
    label: t('无法安排，结束（不计使用）', 'Close: cannot be delivered (not counted)'),
    told: t('未能安排，已结束，不计使用', 'Could not be delivered; closed, not counted'),
    by: ['case-manager', 'supervisor'],
    schema: payload({ reason }),
    weight: 'costly',
  }),
  countAbsence: def({
    label: t('未到诊，计为使用', 'Absent: count as used'),
    told: t('未到诊，计为使用', 'Absent: counted as used'),
    by: ['case-manager', 'supervisor'],
    weight: 'costly',
    schema: payload({ reason }),
    warning: () => t('会员会被告知：计为已使用 1 次', 'the member is told that one use is counted'),
  }),
  excuseAbsence: def({
    label: t('未到诊有正当原因，不计使用', 'Absent with cause: not counted'),
    told: t('未到诊有正当原因，不计使用', 'Absent with cause: not counted'),
    by: ['case-manager', 'supervisor'],
    schema: payload({ reason }),
  }),
  countWithdrawnConsent: def({
    label: t('计为使用并结束', 'Count as used and close'),
    told: t('授权撤回后，计为使用', 'Consent withdrawn: counted as used'),
    by: ['supervisor'],
    schema: payload({ reason }),
    weight: 'costly',
  }),
  releaseWithdrawnConsent: def({
    label: t('不计使用并结束', 'Do not count, and close'),
    told: t('授权撤回后，不计使用', 'Consent withdrawn: not counted'),
    by: ['supervisor'],
    schema: payload({ reason }),
  }),
  honour: def({
    label: t('履行已确认的预约', 'Honour the booking'),
    told: t('继续履行已确认的预约', 'The booking is honoured'),
    by: ['operations', 'supervisor'],
    schema: payload({ reason }),
    weight: 'primary',
  }),
  decline: def({
    label: t('不履行，结束（不计使用）', 'Do not honour; close (not counted)'),
    told: t('合同效力终止，预约不再履行', 'The contract ended; the booking is not honoured'),
    by: ['operations', 'supervisor'],
    schema: payload({ reason }),
    weight: 'costly',
  }),
  cannotOffer: def({
    label: t('约不到', 'Cannot offer'),
    told: t('服务商没有约到', 'The provider could not book'),
    by: ['provider'],
    schema: payload({ why: textField({ title: t('原因', 'Why'), group: 'booking', max: 300, multiline: true }) }),
  }),
  providerCancels: def({
    label: t('医院或服务商取消（不计使用）', 'Provider or hospital cancels (not counted)'),
    told: t('医院或服务商取消了，不计使用', 'Cancelled by hospital or provider, not counted'),
    by: ['provider', 'case-manager'],
    schema: payload({ why: textField({ title: t('原因', 'Why'), group: 'booking', max: 300, multiline: true }) }),
  }),
  reportAbsence: def({
    label: t('会员未到', 'The member did not come'),
    told: t('登记为未到诊', 'Recorded as absent'),
    by: ['provider'],
    schema: payload({
      attempts: textField({
        title: t('联系过的时间和方式', 'Contact attempts'),
        group: 'attendance',
        max: 500,
        multiline: true,
      }),
    }),
    check: (_, context: Context, facts) =>
      context.offer && facts.now.getTime() > new Date(context.offer.visitAt).getTime()
        ? []
        : [problem('attempts', '就诊时间过后才能报告', 'only after the time of the visit')],
  }),
  summarise: def({
    label: t('写就诊小结', 'Write the summary'),
    told: t('写好了就诊小结', 'The summary was written'),
    by: ['provider', 'case-manager'],
    weight: 'primary',
    schema: payload({
      said: textField({ title: t('医生说了什么', 'What was said'), group: 'attendance', max: 2000, multiline: true }),
      nextSteps: textField({ title: t('下一步', 'Next steps'), group: 'attendance', max: 1000, multiline: true }),
    }),
    // What the plan wants there before the summary: the papers of the visit itself.
    check: (_, _context, facts) =>
      facts.missingPapers.length === 0
        ? []
        : [
            problem(
              '',
              '请先附上就诊资料（见资料清单）',
              'attach the papers of the visit first (see the list of papers)',
            ),
          ],
  }),
  offerLapsed: def({ label: t('号源保留到期', 'The slot was no longer held'), by: ['system'], schema: payload({}) }),
  ratingLapsed: def({ label: t('评价期满，自动结束', 'Closed without a rating'), by: ['system'], schema: payload({}) }),
  providerConsentGiven: def({
    label: t('同意了新的服务商', 'Consent to the provider was given'),
    by: ['system'],
    schema: payload({}),
  }),
};
