import { QueryClient } from '@tanstack/react-query';
import { Unreachable } from './api.ts';

/** The cache of both pages: an unreachable server is asked again twice, a refusal never; offline reads wait in view. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
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
}
