import { expect, test } from '@playwright/test';
import { caseOn, choose, fillDay } from './support/console.ts';
import { photo } from './support/paper.ts';
import { become, read, send } from './support/people.ts';

// By its name after the file of the minor's case, which it withdraws.
test('a guardian on the hotline: within her check the desk files for her child, each proof asked for once', async ({
  page,
}) => {
  await become(page, 'lv');
  // Her child's own request is withdrawn first: a right is held by one case at a time.
  const { items } = await read<{ items: { id: string; state: string }[] }>(page, '/cases');
  const { id } = items.find(({ state }) => state === 'planning')!;
  const { version } = await read<{ version: number }>(page, `/cases/${id}`);
  await send(page, `/cases/${id}/events`, { type: 'withdraw', version });
  await become(page, 'desk');
  await page.goto('/console/find');
  const main = page.getByRole('main');
  await main.getByLabel('电话').first().fill('19900000019');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  const found = page.getByRole('region', { name: '查找结果' });
  await fillDay(found.getByLabel('出生日期'), '1985-05-05');
  await found.getByLabel('保单号').fill('SAMPLE20260019');
  await found.getByLabel('登记的手机号码').fill('19900000019');
  await found.getByRole('button', { name: /核对$/ }).click();
  await page
    .getByRole('row')
    .filter({ hasText: '重疾门诊绿通' })
    .filter({ hasText: '吕**' })
    .getByRole('button', { name: '代为申请' })
    .click();
  await choose(page, main.getByLabel('来电人是'), '监护人');
  await main.getByLabel('姓名（完整）').fill('吕丽娟');
  await main.getByLabel('电话').fill('19900000019');
  await main.getByLabel('证件号码').fill('999999198505050383');
  for (const proof of ['监护关系证明', '未成年证明']) {
    await main.getByLabel(proof, { exact: true }).setInputFiles(await photo(`${proof}.png`));
    await expect(main.getByRole('checkbox', { name: new RegExp(`${proof}\\.png`) })).toBeChecked();
  }
  await choose(page, main.getByLabel('疾病名称'), '恶性肿瘤——重度', '重度');
  await fillDay(main.getByLabel('首次不适'), '2026-10-20');
  await fillDay(main.getByLabel('确诊（病理）'), '2026-11-12');
  await choose(page, main.getByLabel('希望的医院'), '复旦大学附属肿瘤医院', '附属肿瘤');
  await main.getByLabel('科室').fill('肿瘤科');
  const boxes = main.getByRole('checkbox', { name: /^同意提供给|。/ });
  await expect(boxes.first()).toBeVisible();
  for (const box of await boxes.all()) await box.check();
  await main.getByRole('button', { name: '先看能不能申请' }).click();
  await expect(main.getByText(/^告知预约结果：/)).toBeVisible();
  await main.getByRole('button', { name: '提交申请' }).click();
  // What was filed is a minor's file from then on, and opens as every such file does.
  await expect(page).toHaveURL(/\/work\//);
  await expect(caseOn(page)).toContainText('未成年人');
});
