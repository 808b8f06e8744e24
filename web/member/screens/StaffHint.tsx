import { m } from '../../shared/paraglide/messages.js';
import { SignOut } from '../pieces/SignOut.tsx';
import { Page } from '../ui/Page.tsx';

/** A colleague opened the member's pages: their desk is elsewhere. */
export function StaffHint({ name }: { name: string }) {
  return (
    <Page title={m.staff_title()}>
      <p className="text-ink-2">{m.staff_text({ name })}</p>
      <div className="mt-4 flex flex-col gap-2">
        <a href="/console/" className="btn btn-primary">
          {m.open_console()}
        </a>
        <SignOut />
      </div>
    </Page>
  );
}
