import { remove } from '../../shared/api.ts';
import { m } from '../../shared/paraglide/messages.js';
import { useAction } from '../../shared/use-action.ts';
import { forgetDrafts } from '../data/drafts.ts';
import { forgetCard } from '../data/kept-card.ts';
import { useSession } from '../data/session.ts';

/** Ends the session and forgets what this device kept of the reader, drafts included: the next may be somebody else. */
export function SignOut() {
  const { account } = useSession();
  const out = useAction(() => remove('/api/session'), {
    onDone: () => {
      sessionStorage.clear();
      forgetCard();
      forgetDrafts(account.id);
      window.location.assign('/');
    },
  });
  return (
    <button type="button" className="btn btn-ghost w-full" disabled={out.running} onClick={() => out.start(undefined)}>
      {m.sign_out()}
    </button>
  );
}
