import type { Text } from '#domain/plan/schema.ts';

/**
 * One message in both languages. `subject` and `body` go to the inbox behind the sign-in and may name anything;
 * `outside` leaves the house (SMS, WeChat) and names neither service, illness, hospital nor drug; null: only the inbox has it.
 * Words in {braces} are filled in by `renderMessage`.
 */
export type MessageTemplate = { readonly subject: Text; readonly body: Text; readonly outside: Text | null };

/** The words a template may leave open. Moments arrive as printed text with the weekday, lists as one line. */
export const PLACEHOLDERS = [
  'insurer',
  'hotline',
  'person',
  'applicant',
  'service',
  'number',
  'printed',
  'reason',
  'next',
  'due',
  'firstDue',
  'promise',
  'papers',
  'paper',
  'manager',
  'provider',
  'hospital',
  'department',
  'expert',
  'visitAt',
  'answerBy',
  'closesOn',
  'escort',
  'meetingPlace',
  'cost',
  'remaining',
  'matter',
  'until',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const OPEN = { zh: '请登录查看，或拨打 {hotline}。', en: 'Please sign in to read it, or call {hotline}.' };
const outside = (zh: string, en: string): Text => ({
  zh: `【{insurer}】${zh}${OPEN.zh}`,
  en: `[{insurer}] ${en} ${OPEN.en}`,
});

/** Outside wordings: they say that something is there and how soon to look, never what it is about. */
export const OUTSIDE = {
  news: outside('您有一条新消息。', 'You have a new message.'),
  answer: outside('有一件事需要您在{answerBy}前答复。', 'Something needs your answer by {answerBy}.'),
  action: outside('有一件事需要您办理。', 'Something needs you to act.'),
  schedule: outside('您的一项安排有变动。', 'One of your arrangements has changed.'),
  account: outside(
    '您的账户有变动。如非本人操作，请尽快联系我们。',
    'Your account has changed. If this was not you, please contact us soon.',
  ),
  staff: {
    zh: '【{insurer}】工作台有一件事等您处理，请登录查看。',
    en: '[{insurer}] Something at your desk is waiting for you. Please sign in.',
  },
} as const satisfies Record<string, Text>;

/** Shortens the tables of templates: subject and body in zh-CN and English, and the outside wording. */
export function template(
  zh: readonly [subject: string, body: string],
  en: readonly [subject: string, body: string],
  out: Text | null,
): MessageTemplate {
  return { subject: { zh: zh[0], en: en[0] }, body: { zh: zh[1], en: en[1] }, outside: out };
}
