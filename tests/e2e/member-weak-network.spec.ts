import { randomBytes } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { become, cardPath, caseOf } from './support/people.ts';

const draftsOn = (page: Page) =>
  page.evaluate(() => Object.entries({ ...localStorage }).filter(([name]) => name.startsWith('yilu.draft.')));

test('an application comes back after the tab was closed, unread by others, and goes with her signing out', async ({
  page,
  context,
}) => {
  await become(page, 'lin');
  const path = `/m/apply/${await cardPath(page, '林小满')}`;
  await page.goto(path);
  await page.getByRole('searchbox', { name: '查找疾病' }).fill('恶性肿瘤');
  await page.getByRole('button', { name: '恶性肿瘤——重度', exact: true }).click();
  await expect(page.getByText(/已为您保存草稿 · 今天/)).toBeVisible();
  const [kept] = await draftsOn(page);
  await page.getByLabel('首次感到不适').fill('2026-10-20');
  // Saved a moment after the last word, in the place of what was there.
  await expect.poll(() => draftsOn(page)).not.toEqual([kept]);
  expect(await draftsOn(page)).toHaveLength(1);
  expect(JSON.stringify(await draftsOn(page))).not.toMatch(/2026-10-20|outpatient|林|malignant/);
  await page.close();

  const again = await context.newPage();
  await again.goto(path);
  await expect(again.getByLabel('首次感到不适')).toHaveValue('2026-10-20');

  await again.getByRole('button', { name: '重新开始' }).click();
  await again.getByRole('button', { name: '清空已填的内容' }).click();
  await expect(again.getByLabel('首次感到不适')).toHaveValue('');
  await expect.poll(async () => (await draftsOn(again)).length).toBe(0);
  await again.getByLabel('首次感到不适').fill('2026-10-21');
  await expect.poll(async () => (await draftsOn(again)).length).toBe(1);
  await again.goto('/m/settings');
  await again.getByRole('button', { name: '退出登录' }).click();
  await expect(again.getByLabel('手机号')).toBeVisible();
  expect(await draftsOn(again)).toEqual([]);
});

test('a large photograph goes on where it broke off when the same file is chosen again', async ({ page, context }) => {
  const raw = { width: 900, height: 700, channels: 3 } as const;
  const buffer = await sharp(randomBytes(900 * 700 * 3), { raw })
    .png()
    .toBuffer();
  const file = { name: '诊断.png', mimeType: 'image/png', buffer };
  await become(page, 'dong');
  const path = `/m/cases/${(await caseOf(page)).id}`;
  const upload = (tab: Page) =>
    tab
      .locator('#papers')
      .getByLabel(/其他检查检验报告/)
      .first();
  // The third part does not get through, and the tab is closed.
  await page.route('**/api/uploads/*/parts/2', (route) => route.abort());
  await page.goto(path);
  const third = page.waitForRequest('**/api/uploads/*/parts/2');
  await upload(page).setInputFiles(file);
  await third;
  await expect(page.getByText(/正在上传.* \d+%/)).toBeVisible();
  await page.close();

  const again = await context.newPage();
  const parts: string[] = [];
  again.on('request', (request) => {
    const part = /parts\/(\d+)$/.exec(request.url())?.[1];
    if (part) parts.push(part);
  });
  await again.goto(path);
  const handedIn = again.waitForResponse((response) => /cases\/[^/]+\/papers$/.test(response.url()));
  await upload(again).setInputFiles(file);
  expect((await handedIn).status()).toBe(200);
  expect(parts).toEqual(['2', '3'].slice(0, Math.ceil(buffer.length / 524288) - 2));
});

test('two fast taps on what costs a right make one event on a slow line; without a line it says so and keeps the words', async ({
  page,
  context,
}) => {
  await become(page, 'jin');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  await page.getByRole('main').getByRole('button', { name: /取消/ }).first().click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('textbox').first().fill('家里有事');
  await sheet.getByRole('button', { name: '下一步' }).click();
  const confirm = sheet.getByRole('button', { name: /^取消/ }).first();
  const sent: (string | undefined)[] = [];
  await page.route('**/api/cases/*/events', async (route) => {
    sent.push(route.request().headers()['idempotency-key']);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await context.setOffline(true);
  await confirm.click();
  await expect(sheet.getByRole('alert')).toContainText('您填的内容还在');
  await context.setOffline(false);
  const before = sent.length;
  await confirm.dblclick({ delay: 20 });
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('region', { name: '现在轮到谁' })).not.toContainText('入院');
  expect(sent).toHaveLength(before + 1);
  // Had the first one arrived after all, this one would have been answered and not done again.
  expect(new Set(sent).size).toBe(1);
});
