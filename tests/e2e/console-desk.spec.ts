import { expect, test } from '@playwright/test';
import { caseOn, choose, fillDay } from './support/console.ts';
import { photo } from './support/paper.ts';
import { become } from './support/people.ts';

test('the service desk finds a caller, hears match or no match only, and files her request', async ({ page }) => {
  await become(page, 'desk');
  await page.goto('/console/find');
  await page.getByLabel('保单号').first().fill('SAMPLE20260019');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  const found = page.getByRole('region', { name: '查找结果' });

  await test.step('no match tells nothing of what stands on file', async () => {
    await expect(found.getByRole('heading', { name: /身份核对 · 吕\*\*/ })).toBeVisible();
    await fillDay(found.getByLabel('出生日期'), '1985-05-06');
    await found.getByLabel('保单号').fill('SAMPLE20260001');
    await found.getByLabel('登记的手机号码').fill('19900000018');
    await found.getByRole('button', { name: /核对$/ }).click();
    await expect(found.getByText('不一致', { exact: true })).toHaveCount(3);
    await expect(found.getByRole('alert')).toContainText('还可以试 2 次');
    await expect(page.getByText('1985-05-05')).toHaveCount(0);
  });

  await test.step('three right answers open the file', async () => {
    await fillDay(found.getByLabel('出生日期'), '1985-05-05');
    await found.getByLabel('保单号').fill('SAMPLE20260019');
    await found.getByLabel('登记的手机号码').fill('19900000019');
    await found.getByRole('button', { name: /核对$/ }).click();
    await expect(page.getByText('已通过身份核对')).toBeVisible();
  });

  await page
    .getByRole('row')
    .filter({ hasText: '重疾门诊绿通' })
    .filter({ hasText: '吕丽娟' })
    .getByRole('button', { name: '代为申请' })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: /代为申请/ })).toBeVisible();
  const main = page.getByRole('main');
  await choose(page, main.getByLabel('疾病名称'), '恶性肿瘤——重度', '重度');
  await fillDay(main.getByLabel('首次不适'), '2026-10-20');
  await fillDay(main.getByLabel('确诊（病理）'), '2026-11-12');
  await choose(page, main.getByLabel('希望的医院'), '复旦大学附属肿瘤医院', '附属肿瘤');
  await main.getByLabel('科室').fill('肿瘤科');
  await main.getByLabel('诊断证明', { exact: true }).setInputFiles(await photo('诊断.png'));
  await expect(main.getByRole('checkbox', { name: /诊断\.png/ })).toBeChecked();
  // The consent, and every notice that is read out, which are sentences.
  for (const box of await main.getByRole('checkbox', { name: /^同意提供给|。/ }).all()) await box.check();
  await main.getByRole('button', { name: '提交申请' }).click();
  await expect(caseOn(page)).toContainText('还缺 1 项');
});
