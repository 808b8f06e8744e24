import { remove } from '../../shared/api.ts';
import { m } from '../../shared/paraglide/messages.js';
import { useAction } from '../../shared/use-action.ts';
import { forgetCard } from '../data/kept-card.ts';

/** Ends the session and forgets what this tab kept, drafts included: the next reader may be somebody else. */
export function SignOut() {
  const out = useAction(() => remove('/api/session'), {
    onDone: () => {
      sessionStorage.clear();
      forgetCard();
      window.location.assign('/');
    },
  });
  return (
    <button type="button" className="btn btn-ghost w-full" disabled={out.running} onClick={() => out.start(undefined)}>
      {m.sign_out()}
    </button>
  );
}
