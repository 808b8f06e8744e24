import { expect, test } from 'vitest';
import { forgetDrafts, openDrafts, sweepDrafts } from './drafts.ts';

function device() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    key: (n: number) => [...kept.keys()][n] ?? null,
    get length() {
      return kept.size;
    },
  };
}
const keyOf = (n: number) => btoa(String.fromCharCode(...new Uint8Array(32).fill(n)));
const AT = new Date('2026-11-18T10:00:00+08:00');
const PLACE = 'apply/gene-test';
const VALUE = { illness: '乳腺恶性肿瘤', name: '林小满' };

test('what was typed comes back to its account, and the device shows nobody what or of which service it is', async () => {
  const store = device();
  await (await openDrafts(keyOf(1), 'a', store)).keep(PLACE, VALUE, AT);
  const again = await openDrafts(keyOf(1), 'a', store);
  expect(await again.read(PLACE)).toEqual({ value: VALUE, keptAt: AT });
  expect(await again.read('apply/other')).toBeUndefined();
  const seen = JSON.stringify([...store.kept]) + atob([...store.kept.values()][0]!.split('.')[1]!);
  expect(seen).not.toMatch(/gene|乳腺|illness|林小满/);
  await again.drop(PLACE);
  expect(store.kept.size).toBe(0);
});

test('another account on the device neither reads nor overwrites nor removes it; what was tampered with is gone', async () => {
  const store = device();
  const [one, two] = [await openDrafts(keyOf(1), 'a', store), await openDrafts(keyOf(2), 'b', store)];
  await one.keep(PLACE, VALUE, AT);
  expect(await two.read(PLACE)).toBeUndefined();
  await two.keep(PLACE, { of: 'two' }, AT);
  forgetDrafts('b', store);
  expect(await one.read(PLACE)).toMatchObject({ value: VALUE });

  // Who knows the account and not its key, and who moves a text to a later moment, gets nothing.
  const [[name, text]] = [...store.kept] as [[string, string]];
  store.kept.set(name, `${AT.getTime() + 1}.${text.split('.')[1]}`);
  expect(await one.read(PLACE)).toBeUndefined();
  expect(store.kept.size).toBe(0);
});

test('after 90 days it is forgotten, whoever’s it is', async () => {
  const store = device();
  store.setItem('yilu.elder', '1');
  await (await openDrafts(keyOf(1), 'a', store)).keep(PLACE, VALUE, AT);
  sweepDrafts(new Date(AT.getTime() + 89 * 86_400_000), store);
  expect(store.kept.size).toBe(2);
  sweepDrafts(new Date(AT.getTime() + 90 * 86_400_000), store);
  expect([...store.kept.keys()]).toEqual(['yilu.elder']);
});
