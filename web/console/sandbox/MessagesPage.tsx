import { Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { SandboxMessage } from '../../shared/types.ts';
import { useSandboxMessages } from '../data/queries.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { More } from '../states/More.tsx';
import { Screen } from '../states/Screen.tsx';

type Channel = SandboxMessage['channel'];

/** Every message the sandbox sent or would have sent, newest first; nothing of it left the machine. */
export default function MessagesPage() {
  const messages = useSandboxMessages();
  const [channel, setChannel] = useState<Channel | undefined>();
  const names: Record<Channel, string> = {
    inbox: m.console_channel_inbox(),
    sms: m.console_channel_sms(),
    wechat: m.console_channel_wechat(),
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_sandbox_messages()}</h1>
        <span className="meta">{m.console_messages_what()}</span>
        <Select<Channel>
          style={{ width: '10rem' }}
          aria-label={m.console_channel()}
          placeholder={m.console_channel()}
          allowClear
          value={channel}
          onChange={setChannel}
          options={Object.entries(names).map(([value, label]) => ({ value: value as Channel, label }))}
        />
      </div>
      <Screen
        query={messages}
        waiting={<Skeleton active paragraph={{ rows: 10 }} />}
        empty={{ when: (rows) => rows.length === 0, title: m.console_messages_none() }}
      >
        {(rows) => (
          <>
            <div className="grid-frame">
              <table className="grid">
                <thead>
                  <tr>
                    <th>{m.console_audit_at()}</th>
                    <th>{m.console_channel()}</th>
                    <th>{m.console_message_to()}</th>
                    <th>{m.console_message_text()}</th>
                    <th>{m.console_account_state()}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows
                    .filter((row) => !channel || row.channel === channel)
                    .map((row) => (
                      <tr key={row.id}>
                        <td className="nowrap">{momentWords(row.at)}</td>
                        <td className="nowrap">{names[row.channel]}</td>
                        <td className="nowrap">{row.to}</td>
                        <td className="words">
                          {row.subject ? <b style={{ fontWeight: 620 }}>{row.subject}</b> : null}
                          <div style={{ whiteSpace: 'pre-line' }}>{row.body}</div>
                        </td>
                        <td className="nowrap">{deliveryName(row.state)}</td>
                      </tr>
                    ))}
                </tbody>
              </table>
            </div>
            <More query={messages} />
          </>
        )}
      </Screen>
    </div>
  );
}

/** How far a message got, in words; what a newer server calls otherwise is shown as it is. */
function deliveryName(state: string): string {
  const names: Record<string, () => string> = {
    waiting: m.console_delivery_waiting,
    ready: m.console_delivery_ready,
    queued: m.console_delivery_queued,
    sent: m.console_delivery_sent,
    delivered: m.console_delivery_delivered,
    shown: m.console_delivery_shown,
    failed: m.console_delivery_failed,
    dropped: m.console_delivery_dropped,
  };
  return names[state]?.() ?? state;
}
