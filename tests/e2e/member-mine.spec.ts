import { expect, test } from '@playwright/test';
import { become } from './support/people.ts';

test('杨慧敏 sees to whom her data went, and what taking a consent back means', async ({ page }) => {
  await become(page, 'yang');
  await page.goto('/m/me');
  await page.getByRole('link', { name: '授权' }).click();
  const consent = page.getByRole('region', { name: '上海商涌科技有限公司' });
  await consent.getByText('具体给什么').click();
  await expect(consent.getByText(/到什么时候/)).toBeVisible();
  await consent.getByRole('button', { name: '收回授权' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('立即不能再看您的资料');
  await expect(sheet.getByRole('button', { name: '收回，上海商涌科技有限公司不能再看' })).toBeVisible();
  await sheet.getByRole('button', { name: '不，返回' }).click();
  await expect(consent).toContainText('有效');
  await page.getByRole('link', { name: '资料去向' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '上海商涌科技有限公司' }).first()).toContainText('病情');
});

test('林小满 lets somebody act for her, and takes it back', async ({ page }) => {
  await become(page, 'lin');
  await page.goto('/m/family');
  await page.getByRole('button', { name: '请人替我办' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('代办人姓名').fill('吕丽娟');
  await sheet.getByLabel('代办人手机号').fill('19900000019');
  await sheet.getByLabel('代办什么事').selectOption({ label: '重疾门诊绿通' });
  await sheet.getByLabel('到哪一天').fill('2027-01-31');
  await sheet.getByRole('button', { name: '同意，请他替我办' }).click();
  const given = page.getByRole('region', { name: '谁可以替我办' });
  await expect(given).toContainText('代办人');
  await given.getByRole('button', { name: /^收回/ }).click();
  await expect(page.getByText('以前的授权（1）')).toBeVisible();
});

test('杨慧敏 reads a message, and it is no longer new', async ({ page }) => {
  await become(page, 'yang');
  await page.goto('/m/inbox');
  const message = page.getByRole('button', { name: /预约成功/ });
  await expect(message).toContainText('未读');
  await message.click();
  await expect(page.getByRole('link', { name: /查看服务单 MZ-/ })).toBeVisible();
  await expect(message).not.toContainText('未读');
  await page.reload();
  await expect(message).not.toContainText('未读');
});

test('large type, dark pages and English are kept on the device', async ({ page }) => {
  await become(page, 'lin');
  await page.goto('/');
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const before = await size();
  await page.getByRole('button', { name: '长辈版' }).click();
  await expect.poll(size).toBe(20);
  await page.reload();
  expect(await size()).toBe(20);
  await page.getByRole('button', { name: '返回标准版' }).click();
  await expect.poll(size).toBe(before);

  await page.goto('/m/settings');
  await page.getByRole('radio', { name: '长辈版' }).check();
  await page.getByRole('radio', { name: '特大' }).check();
  await expect.poll(size).toBe(30);
  // What WeChat for iOS does when its reader asks for larger letters: ours are as large as before, not larger by both.
  const drawn = () =>
    page.getByRole('heading', { level: 1 }).evaluate((heading) => {
      const range = document.createRange();
      range.selectNodeContents(heading);
      return Math.round(range.getBoundingClientRect().width);
    });
  const alone = await drawn();
  await page.evaluate(() => document.body.style.setProperty('-webkit-text-size-adjust', '150%'));
  await expect.poll(size).toBe(20);
  expect(Math.abs((await drawn()) - alone)).toBeLessThan(3);

  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'light');
  await page.getByRole('radio', { name: '深色' }).check();
  // The page is drawn anew in the other language, the button with it.
  await page.getByRole('radio', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'dark');
  expect(await size()).toBe(30);
  // A promise of the handbook in the reader's language, not the other one.
  await expect(page.getByRole('article').first()).not.toContainText(/[一-鿿]{4}/);
});
