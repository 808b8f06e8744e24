/** What crosses HTTP about WeChat; everything else of it stays behind server/gateways/wechat.ts. */
import { z } from 'zod';
import { Moment } from './common.ts';
import { SessionView } from './people.ts';

const Phone = z.string().min(5).max(20);
/** What the member's page shows of her WeChat. `available`: this insurer has an official account. */
export const WeChatView = z.strictObject({
  available: z.boolean(),
  /** `messages`: she is told there; null until WeChat said whether she follows the account. */
  binding: z.strictObject({ boundAt: Moment, messages: z.boolean().nullable() }).nullable(),
});
export type WeChatView = z.infer<typeof WeChatView>;
export const AskWeChatCode = z.strictObject({ phone: Phone });
/** Name and ID number as they stand on the policy; together with the code they prove who binds. */
export const BindWeChat = z.strictObject({
  phone: Phone,
  code: z.string().regex(/^\d{6}$/),
  name: z.string().trim().min(1).max(60),
  idNumber: z.string().trim().min(4).max(40),
});
/** session null: name or ID number are not as on file; `to` is the page that was asked for. */
export const BoundWeChat = z.strictObject({
  session: SessionView.nullable(),
  to: z.string(),
  attemptsLeft: z.int().optional(),
});
export type BoundWeChat = z.infer<typeof BoundWeChat>;
export const AskPageConfig = z.strictObject({ url: z.url().max(2000) });
/** What WeChat's script asks for; null where there is no official account. */
export const PageConfig = z.strictObject({
  appId: z.string(),
  timestamp: z.int(),
  nonceStr: z.string(),
  signature: z.string(),
  script: z.string(),
});
export type PageConfig = z.infer<typeof PageConfig>;
