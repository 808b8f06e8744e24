import { type Page, test } from '@playwright/test';
import { expectAccessible, expectNoViolation, inEnglish } from './support/axe.ts';
import { become, cardPath, caseOf } from './support/people.ts';

/** The page in one piece: what lies under the bar at its end at this moment is a thumb's move away, and no small target. */
const unfold = async (page: Page) =>
  page.setViewportSize({
    width: 390,
    height: Math.ceil(1.6 * (await page.evaluate(() => document.documentElement.scrollHeight))),
  });

/** How a device shows the pages, as the settings of my page keep it: the language needs a new page, the rest does not. */
async function inEveryLook(page: Page): Promise<void> {
  const look = (shade: string, elder: boolean) =>
    page.evaluate(
      ([mode, large]) => {
        const { dataset } = document.documentElement;
        dataset.mode = mode;
        if (large) dataset.elder = '';
        else delete dataset.elder;
      },
      [shade, elder] as const,
    );
  await test.step('in Chinese', () => expectAccessible(page));
  await unfold(page);
  await look('light', true);
  await test.step('in large type', () => expectNoViolation(page, true));
  await look('dark', false);
  await test.step('in the dark', () => expectNoViolation(page, true));
  await page.setViewportSize({ width: 390, height: 844 });
  await inEnglish(page);
  await test.step('in English', () => expectAccessible(page));
}

test('the sign-in has no barrier', async ({ page }) => {
  await page.goto('/');
  await inEveryLook(page);
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
  ['a case that waits for the own consent', 'shiwife', ownCase],
  ['a case that is late', 'jiang', ownCase],
  ['a case to rate', 'zhu', ownCase],
  ['an informed consent to sign', 'qiu', ownCase],
  ['a report that was explained', 'miao', ownCase],
  ['video consultation', 'gong', async (page) => `/m/video/${await cardPath(page, '贡文博', 'video-consultation')}`],
  [
    'video consultation that is not open',
    'lin',
    async (page) => `/m/video/${await cardPath(page, '林小满', 'video-consultation')}`,
  ],
  ['messages', 'han', '/m/inbox'],
  ['my page', 'han', '/m/me'],
  ['settings', 'han', '/m/settings'],
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
    await inEveryLook(page);
  });

test('a decision: no barrier', async ({ page }) => {
  await become(page, 'zheng');
  await page.goto(await ownCase(page));
  await page.getByRole('link', { name: '查看审核结果' }).click();
  await page.getByRole('heading', { name: '审核结果' }).waitFor();
  await inEveryLook(page);
});
