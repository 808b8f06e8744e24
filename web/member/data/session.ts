import { useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { get } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { hearNow } from '../../shared/now.ts';
import type { SessionView } from '../../shared/types.ts';

export const SessionContext = createContext<SessionView | null>(null);

/** The signed-in member; only below a session. */
export function useSession(): SessionView {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession stands outside of a session: put the screen below SessionContext');
  return session;
}

/** Who is signed in; the answer also sets the pages' clock to the server's. */
export function useSessionQuery() {
  return useQuery({
    queryKey: keys.session,
    queryFn: async ({ signal }) => {
      const session = await get<SessionView>('/api/session', undefined, signal);
      hearNow(session.now);
      return session;
    },
    staleTime: 60_000,
  });
}
