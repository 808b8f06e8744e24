import { OUTSIDE, template } from './template.ts';

/** Messages of assistance at a hospital: bookings against its slots, and online claims [2.7]. */
export const ASSIST_TEMPLATES = {
  'hospital-visit-booked': template(
    [
      '预约成功',
      '{visitAt}，{hospital}{department}。请带身份证件。改期、取消都免费，在申请页面办理；日历文件也在那里。',
    ],
    [
      'Your visit is booked',
      '{visitAt}, {hospital}, {department}. Please bring your identity document. Moving and cancelling are free, on the page of your request; the calendar file is there too.',
    ],
    OUTSIDE.news,
  ),
  'hospital-visit-near': template(
    ['到院提醒', '{visitAt}，{hospital}{department}。请带身份证件。来不了请在申请页面改期或取消，都免费。'],
    [
      'Your visit is near',
      '{visitAt}, {hospital}, {department}. Please bring your identity document. If you cannot come, move or cancel it on the page of your request, free of charge.',
    ],
    OUTSIDE.news,
  ),
  'hospital-visit-moved': template(
    ['医院改了时间', '新的时间：{visitAt}，{hospital}{department}。原因：{reason}。不合适可以改期或取消，都免费。'],
    [
      'The hospital moved your visit',
      'The new time: {visitAt}, {hospital}, {department}. Why: {reason}. If it does not suit you, move or cancel it, free of charge.',
    ],
    OUTSIDE.schedule,
  ),
  'hospital-visit-cancelled': template(
    ['医院取消了预约，请另选时间', '{number} 的时间医院不能安排了。请在申请页面另选，不收费也不计次数。'],
    [
      'The hospital cancelled; please choose again',
      'The hospital cannot keep the time of {number}. Please choose another on the page of your request; it costs nothing and counts as no use.',
    ],
    OUTSIDE.schedule,
  ),
  'slot-given-back': template(
    ['时段已放回', '{number} 选的时段没有在保留时间内确认，已经放回。请重新选择，不计次数。'],
    [
      'The slot was given back',
      'The slot chosen for {number} was not confirmed in time and was given back. Please choose again; nothing is counted.',
    ],
    OUTSIDE.action,
  ),
  'hospital-absence': template(
    ['登记为未到', '医院登记您没有来。不计次数，也不收费；需要时再申请就可以。有误请拨打 {hotline}。'],
    [
      'Recorded as absent',
      'The hospital recorded that you did not come. Nothing is counted and nothing charged; ask again whenever you need it. If this is wrong, call {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'hospital-booking': template(
    ['预约有变动', '{number}：有新的预约，或会员改了、取消了时间。请在工作台查看。'],
    ['A booking changed', '{number}: a new booking, or the member moved or cancelled it. Please look at your desk.'],
    OUTSIDE.staff,
  ),
  'claim-handed-over': template(
    ['理赔已递交', '{number} 已递交理赔系统。理赔按保险条款办理，有答复就告诉您。'],
    [
      'Your claim was handed over',
      '{number} is with the claims system. It is decided by the contract terms, and you hear the answer at once.',
    ],
    OUTSIDE.news,
  ),
  'claim-answered': template(
    ['理赔有答复了', '{number} 的理赔有了答复：{reason}。请在申请页面查看。'],
    ['Your claim is answered', 'The claim {number} is answered: {reason}. Please see the page of your request.'],
    OUTSIDE.news,
  ),
} as const;
