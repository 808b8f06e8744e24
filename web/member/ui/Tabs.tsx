import { ClipboardList, HeartPulse, Inbox, UserRound } from 'lucide-react';
import { NavLink } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import { useInbox } from '../data/queries.ts';

/** The four main pages, at the thumb. */
export function Tabs() {
  const inbox = useInbox();
  const unread = inbox.data?.items.filter((message) => !message.readAt).length ?? 0;
  const tabs = [
    { to: '/', icon: HeartPulse, label: m.tab_services(), note: '' },
    { to: '/m/cases', icon: ClipboardList, label: m.tab_cases(), note: '' },
    { to: '/m/inbox', icon: Inbox, label: m.tab_inbox(), note: unread > 0 ? m.unread({ n: unread }) : '' },
    { to: '/m/me', icon: UserRound, label: m.tab_me(), note: '' },
  ];
  return (
    <nav
      aria-label={m.main_navigation()}
      className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-card pb-[env(safe-area-inset-bottom)]"
    >
      <ul className="mx-auto grid max-w-xl grid-cols-[repeat(4,auto)]">
        {tabs.map(({ to, icon: Icon, label, note }) => (
          <li key={to}>
            <NavLink
              to={to}
              end
              className="flex min-h-14 min-w-11 flex-col items-center justify-center text-tab text-ink-2 aria-[current=page]:font-semibold aria-[current=page]:text-brand-text"
            >
              <span className="relative">
                <Icon aria-hidden className="size-6" />
                {note && (
                  <span
                    aria-hidden
                    className="absolute -right-3 -top-1.5 min-w-4 rounded-full bg-late px-1 text-center text-xs font-semibold leading-snug text-card"
                  >
                    {unread > 99 ? '99+' : unread}
                  </span>
                )}
              </span>
              {label}
              {note && <span className="sr-only">{note}</span>}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
