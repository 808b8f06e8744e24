import { OUTSIDE, template } from './template.ts';

/** What a member is asked once her case has ended, and who hears that she was not happy. */
export const SATISFACTION_TEMPLATES = {
  // Never required, so nothing leaves the house for it.
  'satisfaction-asked': template(
    ['这次服务您满意吗', '{number} 已经结束。愿意的话，请点开说说您是否满意、为什么；不说也没关系。'],
    [
      'How satisfied are you?',
      '{number} has ended. If you like, open it and tell us how satisfied you are and why. You need not.',
    ],
    null,
  ),
  'satisfaction-low': template(
    ['会员不满意', '{number} 的会员评价很低，请看原因；需要时请安排回电。'],
    [
      'A member is not satisfied',
      'The member of {number} rated it low. Please read why, and have her called where it helps.',
    ],
    OUTSIDE.staff,
  ),
} as const;
