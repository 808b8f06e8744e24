/** Every address of both webs has its row in the table that axe, the walk in large type and the trees go by. */
import { expect, test } from 'vitest';
import { PERSONAS } from '#server/sandbox/people.ts';
import { WORKERS } from '#server/sandbox/workers.ts';
import { CONSOLE_SCREENS, MEMBER_SCREENS, SEEN_IN_JOURNEYS } from '#tests/e2e/support/screens.ts';
import { listFiles, readText } from '#tests/house/files.ts';

const routesIn = (text: string): string[] => {
  const named = [...text.matchAll(/<Route path="([^"]+)"/g)].map(([, route]) => route!);
  // Drawn from the address itself, before anybody is asked who is there.
  const early = [...text.matchAll(/pathname === '\/([^']+)'/g)].map(([, route]) => route!);
  return [...named, ...early, ...(text.includes('<Route index') ? ['index'] : [])];
};

test.each([
  // Where nothing else fits, the member is led home.
  ['web/member/App.tsx', MEMBER_SCREENS, ['*']],
  ['web/console/routes.tsx', CONSOLE_SCREENS, []],
] as const)('every address of %s is looked at, and no other', (path, screens, without: readonly string[]) => {
  const routes = routesIn(readText(path));
  expect(routes.length).toBeGreaterThan(15);
  const looked = new Set([...screens, ...SEEN_IN_JOURNEYS].map(({ route }) => route));
  expect(routes.filter((route) => !looked.has(route) && !without.includes(route))).toEqual([]);
  expect(screens.map(({ route }) => route).filter((route) => !routes.includes(route))).toEqual([]);
});

test('a row names somebody of the sandbox, and no two share a tree', () => {
  const known = new Set([...PERSONAS, ...WORKERS, { key: 'admin' }].map(({ key }) => key));
  for (const screens of [MEMBER_SCREENS, CONSOLE_SCREENS]) {
    expect(new Set(screens.map(({ id }) => id)).size).toBe(screens.length);
    for (const { id, as, of } of screens) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const key of [as, of]) if (key) expect(known, id).toContain(key);
    }
  }
});

test('every screen has its tree, and no tree is left of a screen that went', () => {
  const ids = (folder: string, screens: readonly { id: string }[]) =>
    screens.map(({ id }) => `tests/e2e/trees/${folder}/${id}.txt`);
  const kept = listFiles('.txt').filter((path) => path.startsWith('tests/e2e/trees/'));
  expect(kept).toEqual([...ids('console', CONSOLE_SCREENS), ...ids('member', MEMBER_SCREENS)].sort());
});
