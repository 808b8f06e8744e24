import { expect, test } from '@playwright/test';
import { choose } from './support/console.ts';
import { alongside, become, caseOf } from './support/people.ts';

test('operations confirm the cause of a breach', async ({ page }) => {
  await become(page, 'operations');
  await page.goto('/console/breaches');
  const open = page.getByRole('button', { name: '确认原因' });
  await expect(open.first()).toBeVisible();
  const before = await open.count();
  await open.first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '确认原因' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(open).toHaveCount(before - 1);
  await expect(page.getByText(/运营·周全.*已确认/)).toBeVisible();
});

test('the administrator adds an account, and its password is shown once', async ({ page }) => {
  await become(page, 'admin');
  await page.goto('/console/accounts');
  await page.getByRole('button', { name: '新建账号' }).click();
  const dialog = page.getByRole('dialog', { name: '新建账号' });
  await dialog.getByLabel('姓名').fill('审核员·新知');
  await dialog.getByLabel('邮箱').fill('new-reviewer@junlong.example');
  await choose(page, dialog.getByLabel('岗位'), '医学审核');
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: /建|创/ }).click();
  const shown = page.getByRole('dialog', { name: '审核员·新知 的临时密码' });
  await expect(shown).toBeVisible();
  await shown.getByRole('button').last().click();
  await expect(page.getByRole('row').filter({ hasText: 'new-reviewer@junlong.example' })).toContainText('医学审核');
});

test('the auditor searches by case and verifies the chain', async ({ page, browser }) => {
  let number = '';
  await alongside(browser, 'wang', async (member) => {
    number = (await caseOf(member)).number;
  });
  await become(page, 'auditor');
  await page.goto('/console/audit');
  await page.getByLabel('案件单号').fill(number);
  await page.getByRole('button', { name: '搜索', exact: true }).click();
  await expect(page).toHaveURL(/case=/);
  const rows = page.getByRole('table').getByRole('row').filter({ hasText: number });
  await expect(rows.first()).toBeVisible();
  await page.getByRole('button', { name: '验证审计链' }).click();
  await expect(page.getByText('完整：没有改动、缺失或插入')).toBeVisible({ timeout: 20_000 });
});

test('the plan administrator finds a clause by its printed number, and what enforces it', async ({ page }) => {
  await become(page, 'planner');
  await page.goto('/console/plans');
  await expect(page.getByText('检查通过：方案文件没有问题')).toBeVisible();
  await page.getByRole('searchbox').fill('二（二）9');
  const row = page.getByRole('row').filter({ hasText: '二（二）9' });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('取消');
  await page.getByRole('link', { name: '按服务' }).click();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
});
