import type { FieldGroup, Text } from '../plan/schema.ts';

/** What each group of fields is called where a consent or a disclosure is read. */
export const GROUP_WORDS: Readonly<Record<FieldGroup, Text>> = {
  identity: { zh: '姓名和证件', en: 'Name and identity document' },
  contact: { zh: '联系电话', en: 'Telephone' },
  illness: { zh: '病情', en: 'Illness' },
  request: { zh: '申请内容', en: 'What was asked for' },
  papers: { zh: '病历和材料', en: 'Medical papers' },
  'care-path': { zh: '就医建议', en: 'Care path' },
  booking: { zh: '预约安排', en: 'Bookings' },
  attendance: { zh: '就诊情况', en: 'The visit' },
  sample: { zh: '样本和送检', en: 'The sample' },
  report: { zh: '检测报告', en: "The test's report" },
  messages: { zh: '往来消息', en: 'Messages' },
  prescription: { zh: '处方和用药', en: 'Prescription and drug' },
  review: { zh: '审核意见', en: 'Findings of the review' },
  settlement: { zh: '费用', en: 'Costs' },
  opinion: { zh: '二诊意见和追问', en: 'The second opinion and questions on it' },
  panel: { zh: '专家会审意见', en: 'The findings of the panel' },
  consultation: { zh: '问诊小结和追问', en: 'The note of the consultation and questions on it' },
  treatment: { zh: '治疗和病程管理', en: 'Treatment and its course' },
};

/** Until when a consent lets share, in words: so many days after the case's end. */
export const endOfSharing = (days: number, lang: keyof Text): string =>
  days === 0
    ? { zh: '到办结为止', en: 'until the case is closed' }[lang]
    : { zh: `办结后 ${days} 天`, en: `${days} days after the case is closed` }[lang];

export const groupLabel = (group: FieldGroup, lang: keyof Text): string => GROUP_WORDS[group][lang];
