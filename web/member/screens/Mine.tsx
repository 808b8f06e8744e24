import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { keepElder, keepShade, readElder, readShade, type Shade } from '../../shared/modes.ts';
import { m } from '../../shared/paraglide/messages.js';
import { getLocale, setLocale } from '../../shared/paraglide/runtime.js';
import { useSession } from '../data/session.ts';
import { Options } from '../form/Control.tsx';
import { Hotline } from '../pieces/Benefit.tsx';
import { SignOut } from '../pieces/SignOut.tsx';
import { FieldGroup } from '../ui/Field.tsx';
import { Page } from '../ui/Page.tsx';
import { Tabs } from '../ui/Tabs.tsx';

/** What belongs to the reader, and how this device shows the pages. */
export default function Mine() {
  const session = useSession();
  const [shade, setShade] = useState<Shade>(readShade);
  const [elder, setElder] = useState(readElder);
  const links = [
    { to: '/m/papers', label: m.papers_mine() },
    { to: '/m/consents', label: m.consents_title() },
    { to: '/m/disclosures', label: m.disclosures_title() },
    { to: '/m/delegations', label: m.delegations_title() },
    { to: '/m/lists/drugs', label: m.lists_title() },
  ];
  return (
    <>
      <Page title={m.tab_me()}>
        <p className="text-ink-2">{m.signed_in_as({ name: session.account.name })}</p>
        <ul className="card mt-3 divide-y divide-line py-0">
          {links.map((link) => (
            <li key={link.to}>
              <Link to={link.to} className="flex min-h-14 items-center justify-between">
                {link.label}
                <ChevronRight aria-hidden className="size-4 text-ink-3" />
              </Link>
            </li>
          ))}
        </ul>
        <section className="card mt-3" aria-label={m.settings_title()}>
          <h2 className="font-semibold">{m.settings_title()}</h2>
          <FieldGroup label={m.text_size()}>
            <Options
              name="elder"
              options={[
                { value: 'no', label: m.text_normal() },
                { value: 'yes', label: m.text_large() },
              ]}
              chosen={[elder ? 'yes' : 'no']}
              onChoose={(value) => {
                keepElder(value === 'yes');
                setElder(value === 'yes');
              }}
            />
          </FieldGroup>
          <FieldGroup label={m.shade()}>
            <Options
              name="shade"
              options={[
                { value: 'auto', label: m.shade_auto() },
                { value: 'light', label: m.shade_light() },
                { value: 'dark', label: m.shade_dark() },
              ]}
              chosen={[shade]}
              onChoose={(value) => {
                keepShade(value as Shade);
                setShade(value as Shade);
              }}
            />
          </FieldGroup>
          <FieldGroup label={m.language()}>
            <Options
              name="language"
              options={[
                { value: 'zh-CN', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
              chosen={[getLocale()]}
              onChoose={(value) => void setLocale(value as 'zh-CN' | 'en')}
            />
          </FieldGroup>
        </section>
        <p className="mt-4 text-sm text-ink-2">{session.insurer.name}</p>
        <Hotline number={session.insurer.hotline} />
        <div className="mt-3">
          <SignOut />
        </div>
      </Page>
      <Tabs />
    </>
  );
}
