import { useQuery } from '@tanstack/react-query';
import { get, remove } from '../../shared/api.ts';
import { formatFull } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import { m } from '../../shared/paraglide/messages.js';
import { getLocale } from '../../shared/paraglide/runtime.js';
import type { WeChatView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { inWeChat, throughWeChat } from '../data/wechat.ts';
import { ActionFault } from '../ui/Loaded.tsx';
import { WeChatNotIn } from './WeChatNotIn.tsx';

/** Her WeChat: bound or not, where she is told, and both ways out; nothing where the insurer has no official account. */
export function WeChatBinding() {
  const view = useQuery({
    queryKey: keys.wechat,
    queryFn: ({ signal }) => get<WeChatView>('/api/wechat', undefined, signal),
  });
  const end = useAction(() => remove('/api/wechat/binding'), { refresh: [keys.wechat] });
  if (!view.data?.available) return null;
  const { binding } = view.data;
  return (
    <section className="card mt-3" aria-label={m.wechat_title()}>
      <h2 className="font-semibold">{m.wechat_title()}</h2>
      {binding ? (
        <>
          <p className="mt-1">{m.wechat_bound_since({ at: formatFull(binding.boundAt, getLocale()) })}</p>
          <p className="text-sm text-ink-2">
            {binding.messages === false ? m.wechat_messages_sms() : m.wechat_messages_wechat()}
          </p>
          <button
            type="button"
            className="btn btn-ghost mt-3"
            disabled={end.running}
            onClick={() => end.start(undefined)}
          >
            {m.wechat_end()}
          </button>
        </>
      ) : (
        <>
          <p role="status" className="mt-1 text-ink-2">
            {end.done ? m.wechat_ended() : inWeChat() ? m.wechat_unbound() : m.wechat_unbound_elsewhere()}
          </p>
          {inWeChat() && (
            <a className="btn btn-ghost mt-3" href={throughWeChat('/m/settings')}>
              {m.wechat_bind_link()}
            </a>
          )}
        </>
      )}
      <WeChatNotIn />
      <ActionFault error={end.error} />
    </section>
  );
}
