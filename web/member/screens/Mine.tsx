import { ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import { useSession } from '../data/session.ts';
import { Hotline } from '../pieces/Benefit.tsx';
import { Page } from '../ui/Page.tsx';
import { Tabs } from '../ui/Tabs.tsx';

/** What belongs to the reader: each is a page of its own. */
export default function Mine() {
  const session = useSession();
  const links = [
    { to: '/m/cases', label: m.my_cases(), about: m.about_cases() },
    { to: '/m/inbox', label: m.tab_inbox(), about: m.about_inbox() },
    { to: '/m/papers', label: m.papers_mine(), about: m.about_papers() },
    { to: '/m/consents', label: m.consents_title(), about: m.about_consents() },
    { to: '/m/disclosures', label: m.disclosures_title(), about: m.about_disclosures() },
    { to: '/m/family', label: m.family_title(), about: m.about_family() },
    { to: '/m/lists/drugs', label: m.lists_title(), about: m.about_lists() },
    { to: '/m/help', label: m.help_title(), about: m.about_help() },
    { to: '/m/settings', label: m.settings_title(), about: m.about_settings() },
  ];
  return (
    <>
      <Page title={m.tab_me()}>
        <p className="text-ink-2">{m.signed_in_as({ name: session.account.name })}</p>
        <ul className="card mt-3 divide-y divide-line py-0">
          {links.map((link) => (
            <li key={link.to}>
              <Link to={link.to} className="flex min-h-14 items-center justify-between gap-3 py-2">
                <span>
                  {link.label}
                  <span className="block text-sm text-ink-2">{link.about}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 text-ink-3" />
              </Link>
            </li>
          ))}
        </ul>
        <p className="mt-4 text-sm text-ink-2">{session.insurer.name}</p>
        <Hotline number={session.insurer.hotline} />
      </Page>
      <Tabs />
    </>
  );
}
