import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, inEnglish } from './support/axe.ts';
import { become } from './support/people.ts';

/** The line of the statement with these words. */
const line = (page: Page, words: string) => page.getByRole('row').filter({ hasText: words });

test('a statement from its differences to the approval by a second person', async ({ page }) => {
  await become(page, 'provider2');
  await page.goto('/console/settlement');
  await page.getByRole('link', { name: '2026-10' }).click();
  await line(page, '高于协议价').getByRole('button', { name: '更正开票' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('单价（元）').fill('13559');
  await dialog.getByRole('button', { name: '更正开票' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('已更正')).toBeVisible();

  await become(page, 'settlement-clerk');
  await page.goto('/console/settlement');
  await page.getByRole('button', { name: '核查完：误操作' }).click();
  await expect(page.getByRole('region', { name: '待核查的发药疑点' })).toBeHidden();
  await page.getByRole('link', { name: '2026-10' }).click();
  await page.getByLabel('交发票').setInputFiles({
    name: 'fp.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('invoice,approval,traceCode,quantity,price,amount\nFP9,A-1,1,1,1,1\n'),
  });
  await expect(page.getByRole('alert')).toContainText('第 2 行');
  const settle = page.getByRole('button', { name: '按我们的数结算' });
  for (let left = await settle.count(); left > 0; left -= 1) {
    await settle.first().click();
    await expect(settle).toHaveCount(left - 1);
  }
  await page.getByRole('button', { name: '提交复核' }).click();
  await expect(page.getByText('待第二人复核')).toBeVisible();

  await become(page, 'settlement-approver');
  await page.reload();
  await expect(page.getByRole('button', { name: '复核通过' })).toBeVisible();
  await inEnglish(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByText('Approved', { exact: true })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toBe('statement-huiyi-2026-10.csv');
});
