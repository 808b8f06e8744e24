/** What the member's side does with what was booked for her; shared by the charts, v1: released, never edited. */
import { choiceField, integerField, payload, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import type { PhaseContext as Context } from './context-v1.ts';
import { def, HOUR_MS, MEMBER_SIDE, problem, t } from './kit-v1.ts';

export const bookingMemberEvents: Readonly<Record<string, EventDef>> = {
  acceptOffer: def({
    label: t('确认这个号源', 'Accept this slot'),
    told: t('确认了号源', 'Accepted the slot'),
    by: MEMBER_SIDE,
    schema: payload({}),
    weight: 'primary',
    warning: (context, w) => (context.changed ? undefined : w.cancelling),
    check: (_, context: Context, facts) =>
      context.offer && facts.now.getTime() > new Date(context.offer.answerBy).getTime()
        ? [problem('', '号源已过保留时间，请等新的号源', 'the slot is no longer held; another is being arranged')]
        : [],
  }),
  declineOffer: def({
    label: t('换一个时间（不计使用）', 'Ask for another slot (costs nothing)'),
    told: t('要求另约时间', 'Asked for another slot'),
    by: MEMBER_SIDE,
    schema: payload({
      wish: textField({
        title: t('希望的时间', 'Wished time'),
        group: 'booking',
        max: 200,
        multiline: true,
      }).optional(),
    }),
  }),
  keepLooking: def({
    label: t('请继续安排', 'Please keep looking'),
    told: t('请我们继续安排', 'Asked us to keep looking'),
    by: MEMBER_SIDE,
    schema: payload({}),
    weight: 'primary',
  }),
  cancelBooking: def({
    label: t('取消预约', 'Cancel the booking'),
    told: t('取消了预约', 'Cancelled the booking'),
    by: MEMBER_SIDE,
    weight: 'costly',
    whileSuspended: true,
    schema: payload({
      why: textField({ title: t('原因', 'Why'), group: 'internal', max: 200, multiline: true }).optional(),
    }),
    warning: (context, w) =>
      context.changed
        ? t('已计为使用 1 次，取消不再另计', 'One use is already counted; cancelling counts no further one')
        : w.cancelling,
  }),
  changeBooking: def({
    label: t('改期或改医院', 'Change the booking'),
    told: t('要求变更预约', 'Asked to change the booking'),
    by: MEMBER_SIDE,
    weight: 'costly',
    schema: payload({
      wish: textField({ title: t('希望怎样改', 'What should change'), group: 'booking', max: 200, multiline: true }),
    }),
    warning: (_, w) => w.changing,
  }),
  reportEscortAbsent: def({
    label: t('陪诊员没有到', 'The escort did not come'),
    told: t('报告陪诊员没有到', 'Reported that the escort did not come'),
    // The provider too: an escort who stayed away is first known to the one who sent him.
    by: ['member', 'applicant', 'service-desk', 'case-manager', 'provider'],
    schema: payload({
      visit: choiceField({
        title: t('就诊', 'The visit'),
        group: 'attendance',
        choices: ['went-alone', 'did-not-happen'],
        labels: { 'went-alone': t('自己看了', 'went alone'), 'did-not-happen': t('没看成', 'did not happen') },
      }),
      note: textField({ title: t('情况', 'What happened'), group: 'attendance', max: 300, multiline: true }).optional(),
    }),
    check: (p: { visit: string }, context: Context, facts) => {
      if (!context.offer || facts.now.getTime() < new Date(context.offer.visitAt).getTime() - 2 * HOUR_MS)
        return [problem('visit', '就诊前 2 小时起才能报告', 'can be reported from two hours before the visit')];
      return context.escortAbsent && p.visit === 'went-alone'
        ? [problem('visit', '已经报告过，不用再报', 'this is reported already')]
        : [];
    },
  }),
  rate: def({
    label: t('评价并结束', 'Rate and finish'),
    told: t('评价了这次服务', 'Rated the service'),
    by: ['member', 'applicant'],
    weight: 'primary',
    schema: payload({
      stars: integerField({
        title: t('满意程度（1 到 5）', 'Satisfaction (1 to 5)'),
        group: 'attendance',
        min: 1,
        max: 5,
      }),
      words: textField({
        title: t('想说的话', 'In your words'),
        group: 'internal',
        max: 500,
        multiline: true,
      }).optional(),
    }),
  }),
};
