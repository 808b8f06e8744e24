import { type Page, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { become, cardPath, caseOf } from './support/people.ts';

test('the sign-in has no barrier', async ({ page }) => {
  await page.goto('/');
  await expectAccessible(page);
});

const card = (kind: string, name: string) => async (page: Page) => `/m/${kind}/${await cardPath(page, name)}`;
const ownCase = async (page: Page) => `/m/cases/${(await caseOf(page)).id}`;

/** Every address of web/member/App.tsx, each as somebody who has something there. */
const SCREENS: [string, string, string | ((page: Page) => Promise<string>)][] = [
  ['services', 'lin', '/'],
  ['services of two persons', 'shi', '/'],
  ['a service that is usable', 'lin', card('services', '林小满')],
  ['a service that is not', 'zheng', card('services', '郑海波')],
  ['an application', 'lin', card('apply', '林小满')],
  ['cases', 'han', '/m/cases'],
  ['a case with a slot to answer', 'shen', ownCase],
  ['a case that waits for papers', 'chen', ownCase],
  ['a case that waits for consent', 'zhang', ownCase],
  ['a case that is late', 'jiang', ownCase],
  ['a case to rate', 'zhu', ownCase],
  ['messages', 'han', '/m/inbox'],
  ['my page', 'han', '/m/me'],
  ['consents', 'han', '/m/consents'],
  ['disclosures', 'han', '/m/disclosures'],
  ['delegations', 'han', '/m/delegations'],
  ['papers', 'han', '/m/papers'],
  ['sent messages of the sandbox', 'han', '/m/sandbox/messages'],
];
for (const [name, account, path] of SCREENS)
  test(`${name}: no barrier`, async ({ page }) => {
    await become(page, account);
    await page.goto(typeof path === 'string' ? path : await path(page));
    await expectAccessible(page);
  });

test('a decision: no barrier', async ({ page }) => {
  await become(page, 'zheng');
  await page.goto(await ownCase(page));
  await page.getByRole('link', { name: '查看审核结果' }).click();
  await page.getByRole('heading', { name: '审核结果' }).waitFor();
  await expectAccessible(page);
});

/** How a device shows the pages; kept in the browser as the settings of my page keep it. */
const LOOKS: [string, (page: Page) => Promise<void>][] = [
  [
    'in large type',
    async (page) => {
      await page.goto('/m/me');
      await page.getByRole('radio', { name: '大字' }).check();
    },
  ],
  [
    'in the dark',
    async (page) => {
      await page.goto('/m/me');
      await page.getByRole('radio', { name: '深色' }).check();
    },
  ],
  [
    'in English',
    async (page) => {
      await page.goto('/m/me');
      await page.getByRole('radio', { name: 'English' }).check();
      await page.getByRole('heading', { level: 1, name: 'Me' }).waitFor();
    },
  ],
];
for (const [name, look] of LOOKS)
  test(`the main screens ${name}: no barrier`, async ({ page }) => {
    await become(page, 'shen');
    await look(page);
    for (const path of ['/', await ownCase(page), '/m/inbox', '/m/me']) {
      await page.goto(path);
      await expectAccessible(page);
    }
  });
