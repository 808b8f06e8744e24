import { expect, test } from '@playwright/test';
import { acts, caseOn } from './support/console.ts';
import { become } from './support/people.ts';

test('[2.7.1] the hospital’s desk: who comes today, checked in with one press; slots are opened and closed, packages kept', async ({
  page,
}) => {
  await become(page, 'hospital-staff');
  await page.goto('/console/');
  await expect(page.getByRole('heading', { level: 1, name: '医院预约' })).toBeVisible();
  const row = page.getByRole('row').filter({ hasText: '华若兰' });
  await expect(row).toContainText('示例医生弘一');

  await row.getByRole('link', { name: '华若兰' }).click();
  await expect(caseOn(page)).toContainText('需要借轮椅');
  await expect(acts(page).getByRole('button', { name: '医院改时间' })).toBeVisible();
  await page.goBack();
  await row.getByRole('button', { name: '签到' }).click();
  await expect(row).toContainText('已到院');

  await page.getByRole('button', { name: '开放号源' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('科室').fill('没有的科');
  await dialog.getByRole('button', { name: '开放号源' }).click();
  await expect(dialog).toContainText('院内科室名单上没有');
  await dialog.getByLabel('科室').fill('骨科');
  await dialog.getByLabel('开始').fill('16:00');
  await dialog.getByLabel('结束').fill('17:00');
  await dialog.getByRole('button', { name: '开放号源' }).click();
  const opened = page.getByRole('row').filter({ hasText: '16:30–17:00' });
  await expect(opened).toContainText('骨科');
  await opened.getByRole('button', { name: '停号' }).click();
  await expect(opened).toContainText('已停');

  const packages = page.getByRole('region', { name: '体检套餐' });
  await packages.getByRole('button', { name: '加套餐' }).click();
  await dialog.getByLabel('套餐名称').fill('骨骼体检');
  await dialog.getByLabel('包含的检查').fill('骨密度、血钙');
  await dialog.getByLabel('会员自付').fill('450');
  await dialog.getByRole('button', { name: '保存套餐' }).click();
  const pack = packages.getByRole('row').filter({ hasText: '骨骼体检' });
  await expect(pack).toContainText('¥450.00');
  await pack.getByRole('button', { name: '骨骼体检 修改' }).click();
  await dialog.getByLabel('会员自付').fill('390');
  await dialog.getByRole('button', { name: '保存套餐' }).click();
  await expect(pack).toContainText('¥390.00');
  await pack.getByRole('button', { name: '骨骼体检 撤下' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '撤下' }).click();
  await expect(pack).toHaveCount(0);
});
