import { expect, test } from '@playwright/test';
import { become } from './support/people.ts';

// Last of all files by its name: time in the sandbox goes forward only.
test('time moved forward in the sandbox makes a breach appear, and says what time it is', async ({ page }) => {
  await become(page, 'operations');
  await page.goto('/console/breaches');
  const rows = page.getByRole('main').getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const before = await rows.count();
  const bar = page.getByRole('region', { name: '演示环境' });
  await expect(bar.getByRole('time')).toContainText('11月18日');
  await bar.getByRole('button', { name: '+1 天' }).click();
  await expect(bar.getByRole('time')).toContainText('11月19日', { timeout: 30_000 });
  await bar.getByRole('button', { name: '+1 天' }).click();
  await expect(bar.getByRole('time')).toContainText('11月20日', { timeout: 30_000 });
  await expect.poll(() => rows.count()).toBeGreaterThan(before);
  await page.getByRole('link', { name: '发出的消息' }).click();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
});
