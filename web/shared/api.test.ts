import { afterEach, expect, test, vi } from 'vitest';
import { ApiProblem, get, post, Unreachable } from './api.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ type: 'about:blank', title: 't', status, code }), { status });

test('a refusal is a problem with its code; a server that cannot serve now is unreachable, whatever it says', async () => {
  vi.stubGlobal('fetch', async () => problem(409, 'stale'));
  await expect(get('/api/x')).rejects.toMatchObject({ name: 'ApiProblem', code: 'stale' });
  vi.stubGlobal('fetch', async () => problem(503, 'not-ready'));
  await expect(get('/api/x')).rejects.toBeInstanceOf(Unreachable);
  vi.stubGlobal('fetch', async () => problem(500, 'internal-error'));
  await expect(get('/api/x')).rejects.toBeInstanceOf(ApiProblem);
});

test('a POST that met a server on its way down is sent again under the same key', async () => {
  vi.useFakeTimers();
  const keys: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_path: string, { headers }: RequestInit) => {
    keys.push(new Headers(headers).get('Idempotency-Key'));
    return keys.length < 3 ? problem(503, 'not-ready') : new Response('{"done":true}', { status: 200 });
  });
  const answer = post('/api/x', {});
  await vi.runAllTimersAsync();
  expect(await answer).toEqual({ done: true });
  expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
});
