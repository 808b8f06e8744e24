import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { get, post } from '../../shared/api.ts';
import { groupBy } from '../../shared/group-by.ts';
import { keys } from '../../shared/keys.ts';
import { m } from '../../shared/paraglide/messages.js';
import type { SandboxAccount, SessionView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { ActionFault, Loaded } from '../ui/Loaded.tsx';
import { CardsSkeleton } from '../ui/Skeleton.tsx';

/** The sandbox's people with the situation each is in; staff are led to the console. */
export function SandboxAccounts({ onSession }: { onSession: () => void }) {
  const accounts = useQuery({
    queryKey: keys.sandboxAccounts,
    queryFn: ({ signal }) => get<{ items: SandboxAccount[] }>('/api/sandbox/accounts', undefined, signal),
  });
  const enter = useAction((account: string, key) => post<SessionView>('/api/sandbox/sign-in', { account }, key), {
    onDone: (session) => {
      if (session.account.role === 'member') onSession();
      else window.location.assign('/console/');
    },
  });
  return (
    <section aria-label={m.sandbox_accounts()} className="mt-6">
      <h2 className="text-lg font-semibold">{m.sandbox_accounts()}</h2>
      <p className="text-sm text-ink-2">{m.sandbox_accounts_text()}</p>
      <ActionFault error={enter.error} />
      <Loaded query={accounts} skeleton={<CardsSkeleton />}>
        {({ items }) =>
          groupBy(items, (item) => item.group).map(([group, members]) => (
            <section key={group} aria-label={group}>
              <h3 className="mt-4 text-sm font-semibold text-ink-2">{group}</h3>
              <ul className="card mt-1 divide-y divide-line py-0">
                {members.map((item) => (
                  <li key={item.account}>
                    <button
                      type="button"
                      disabled={enter.running}
                      onClick={() => enter.start(item.account)}
                      className="flex min-h-14 w-full items-center gap-2 py-2 text-start"
                    >
                      <span className="flex-1">
                        <span className="block font-medium">{item.name}</span>
                        <span className="block text-sm text-ink-2">{item.situation}</span>
                      </span>
                      <ChevronRight aria-hidden className="size-4 flex-none text-ink-3" />
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))
        }
      </Loaded>
    </section>
  );
}
