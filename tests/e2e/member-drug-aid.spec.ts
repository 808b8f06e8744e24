import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { acts, caseOn, openAs } from './support/console.ts';
import { alongside, become, caseOf } from './support/people.ts';

test('[2.6.2.7.3] 荣慧 reads what to collect, when and where, and says why she cannot; the assistant sees every box', async ({
  page,
  browser,
}) => {
  await become(page, 'rong');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  const card = page.getByRole('region', { name: '援助用药' });
  await expect(card).toContainText('示例克唑替尼援助项目');
  await expect(card).toContainText('11月19日至');
  await expect(card).toContainText('示例药房一店');
  await card.getByText('每一盒的记录').click();
  await expect(card).toContainText('购买，保险公司付款');
  await page.getByRole('button', { name: '这次不能去领，说明原因' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('住院', { exact: true }).click();
  await sheet.getByLabel('情况，大概什么时候能领').fill('住院一周');
  await sheet.getByRole('button', { name: '这次不能去领，说明原因' }).click();
  await expect(page.getByRole('region', { name: '现在轮到谁' })).toContainText('主管');

  await alongside(browser, 'aid-assistant', async (desk) => {
    await openAs(desk, 'aid-assistant', 'rong');
    await expect(caseOn(desk)).toContainText('第 1 轮：还可以领 2 盒赠药');
    await expect(acts(desk).getByRole('button', { name: '登记领到赠药' }).first()).toBeVisible();
    await expectAccessible(desk);
  });
});

test('[2.6.2.1] a member finds a drug by its initials and hears that it is not on the list of an earlier day', async ({
  page,
  browser,
}) => {
  await become(page, 'lin');
  await page.goto('/m/lists/drugs');
  await page.getByLabel('查找').fill('ass');
  const drug = page.getByRole('listitem').filter({ hasText: '安圣莎' });
  await expect(drug).toContainText('示例');
  await expect(drug).toContainText('ALK 阳性');
  await expect(page.getByRole('status').filter({ hasText: '第 1 版' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('看哪一天的名单').fill('2025-11-01');
  await expect(page.getByRole('region', { name: '不在这一天的名单上' })).toContainText('安圣莎');
  await alongside(browser, 'desk', async (desk) => {
    await desk.goto('/console/lists/pharmacies');
    await expect(desk.getByRole('region', { name: '药店' })).toContainText('示例药房一店');
    await expectAccessible(desk);
  });
});
