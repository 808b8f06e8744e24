import { useState } from 'react';
import { Link } from 'react-router';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { InboxMessage } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { moment } from '../../shared/words.ts';
import { useInbox } from '../data/queries.ts';
import { Empty, Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';
import { Tabs } from '../ui/Tabs.tsx';

/** Every message in full; opening one marks it as read. */
export default function Inbox() {
  const inbox = useInbox();
  return (
    <>
      <Page title={m.inbox_title()}>
        <Loaded query={inbox} skeleton={<CardsSkeleton />}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={m.no_messages_title()} text={m.no_messages_text()} />
            ) : (
              <ul>
                {items.map((message) => (
                  <Message key={message.id} message={message} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Page>
      <Tabs />
    </>
  );
}

function Message({ message }: { message: InboxMessage }) {
  const [open, setOpen] = useState(false);
  const read = useAction((id: string, key) => post(`/api/messages/${id}/read`, {}, key), { refresh: [keys.inbox] });
  const toggle = () => {
    setOpen(!open);
    if (!open && !message.readAt) read.start(message.id);
  };
  return (
    <li className="card mt-3">
      <button
        type="button"
        aria-expanded={open}
        onClick={toggle}
        className="flex min-h-11 w-full items-start gap-2 text-start"
      >
        <span
          aria-hidden
          className={`mt-2.5 size-2 flex-none rounded-full ${message.readAt ? 'bg-transparent' : 'bg-brand'}`}
        />
        <span className="flex-1">
          <span className={message.readAt ? '' : 'font-semibold'}>{message.subject}</span>
          <span className="block text-sm text-ink-2">
            {moment(message.at)}
            {!message.readAt && ` · ${m.not_read()}`}
          </span>
        </span>
      </button>
      {open && (
        <div className="pl-4">
          <p className="whitespace-pre-line">{message.body}</p>
          {message.caseId && (
            <Link to={`/m/cases/${message.caseId}`} className="link">
              {m.open_case({ number: message.caseNumber ?? '' })}
            </Link>
          )}
        </div>
      )}
    </li>
  );
}
