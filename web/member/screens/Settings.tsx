import { m } from '../../shared/paraglide/messages.js';
import { getLocale, setLocale } from '../../shared/paraglide/runtime.js';
import { useSession } from '../data/session.ts';
import { Options } from '../form/Control.tsx';
import { DisplayModes } from '../pieces/DisplayModes.tsx';
import { SignOut } from '../pieces/SignOut.tsx';
import { WeChatBinding } from '../pieces/WeChatBinding.tsx';
import { FieldGroup } from '../ui/Field.tsx';
import { Page } from '../ui/Page.tsx';

/** How this device shows the pages, in which language, and the way out. */
export default function Settings() {
  const session = useSession();
  return (
    <Page title={m.settings_title()} up="/m/me">
      <section className="card" aria-label={m.settings_display()}>
        <h2 className="font-semibold">{m.settings_display()}</h2>
        <p className="text-sm text-ink-2">{m.settings_device()}</p>
        <DisplayModes />
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
      <WeChatBinding />
      <section className="card mt-3" aria-label={m.settings_signed_in()}>
        <h2 className="font-semibold">{m.settings_signed_in()}</h2>
        <p className="mb-3 text-ink-2">{m.signed_in_as({ name: session.account.name })}</p>
        <SignOut />
      </section>
    </Page>
  );
}
