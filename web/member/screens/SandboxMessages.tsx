import { useQuery } from '@tanstack/react-query';
import { get } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { ListOf, SandboxMessage } from '../../shared/types.ts';
import { moment } from '../../shared/words.ts';
import { Chip } from '../ui/Chip.tsx';
import { Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** The sandbox's message viewer: what went out, on which channel, to whom. */
export default function SandboxMessages() {
  const messages = useQuery({
    queryKey: keys.sandboxMessages,
    queryFn: ({ signal }) => get<ListOf<SandboxMessage>>('/api/sandbox/messages', { limit: 100 }, signal),
    refetchInterval: 10_000,
  });
  const channels = { inbox: m.channel_inbox(), sms: m.channel_sms(), wechat: m.channel_wechat() };
  return (
    <Page title={m.sandbox_messages_title()} up="/">
      <Loaded query={messages} skeleton={<CardsSkeleton />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={m.no_messages_title()} text={m.no_sandbox_messages_text()} />
          ) : (
            <ul>
              {items.map((message) => (
                <li key={message.id} className="card mt-3">
                  <p className="flex flex-wrap items-center justify-between gap-x-2">
                    <span className="font-semibold">{message.subject || channels[message.channel]}</span>
                    {message.subject && <Chip tone="brand">{channels[message.channel]}</Chip>}
                  </p>
                  <p className="text-sm text-ink-2">
                    {moment(message.at)} · {message.to}
                  </p>
                  <p className="mt-1 whitespace-pre-line">{message.body}</p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}
