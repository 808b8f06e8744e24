import { useLocation } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import { readNotIn } from '../data/wechat.ts';

const WORDS = { expired: m.wechat_expired, busy: m.wechat_busy, off: m.wechat_off };

/** Why the way through WeChat did not lead in, where the reader comes back to. */
export function WeChatNotIn() {
  const notIn = readNotIn(new URLSearchParams(useLocation().search));
  if (!notIn) return null;
  return (
    <p role="alert" className="mt-3 rounded-xl bg-soon-tint px-3 py-2 text-soon">
      {WORDS[notIn]()}
    </p>
  );
}
