import { afterEach, expect, test, vi } from 'vitest';
import { ApiProblem, get, post, Unreachable } from './api.ts';

afterEach(() => {
  vi.unstubAllGlobals();
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

test('a change that met a server on its way down is not repeated unasked; asked for again it carries its key', async () => {
  const keys: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_path: string, { headers }: RequestInit) => {
    keys.push(new Headers(headers).get('Idempotency-Key'));
    return keys.length < 2 ? problem(503, 'not-ready') : new Response('{"done":true}', { status: 200 });
  });
  await expect(post('/api/x', {}, 'one-key')).rejects.toBeInstanceOf(Unreachable);
  expect(keys).toEqual(['one-key']);
  expect(await post('/api/x', {}, 'one-key')).toEqual({ done: true });
});
