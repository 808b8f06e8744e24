import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, Unreachable } from './api.ts';
import { keys } from './keys.ts';

/**
 * The cache of both pages: an unreachable server is asked again twice, a refusal never. When any read finds that the
 * session is over, the session is read anew, so that the page asks to sign in instead of failing piece by piece.
 */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const over = error instanceof ApiProblem && error.status === 401 && query.queryKey[0] !== keys.session[0];
        if (over) void client.invalidateQueries({ queryKey: keys.session });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        networkMode: 'always',
        retry: (count, error) => error instanceof Unreachable && count < 2,
        retryDelay: (count) => 600 * 2 ** count,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}
