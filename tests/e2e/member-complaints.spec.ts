import { expect, test } from '@playwright/test';
import { alongside, become, caseOf } from './support/people.ts';

test('help from a case: a call back is asked for; a complaint is answered by its handler, told, and may be reviewed', async ({
  page,
  browser,
}) => {
  await become(page, 'yang');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  await page.getByRole('link', { name: '求助与投诉' }).click();
  const call = page.getByRole('region', { name: '请给我回电' });
  await call.getByRole('radio', { name: '今天下午' }).check();
  await call.getByRole('button', { name: '请给我回电' }).click();
  await expect(call.getByText('等客服来电')).toBeVisible();
  await expect(call.getByRole('button', { name: '请给我回电' })).toHaveCount(0);

  await page.getByRole('button', { name: '提出投诉' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('关于什么').selectOption('等得太久');
  await sheet.getByLabel('发生了什么').fill('小结说当天给，到现在还没有。');
  await expect(sheet.getByText('已为您保存草稿')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: '提出投诉' }).click();
  await expect(sheet.getByLabel('发生了什么')).toHaveValue('小结说当天给，到现在还没有。');
  await sheet.getByRole('button', { name: '提交投诉' }).click();
  await expect(page.getByText(/剩.*15\s*天/)).toBeVisible();
  const number = await page.getByText(/^TS-/).innerText();

  await alongside(browser, 'complaint-handler', async (desk) => {
    await desk.goto('/console/complaints');
    await desk.getByRole('link', { name: number }).click();
    await desk.getByRole('button', { name: '受理' }).click();
    await desk.getByRole('radio', { name: '答复', exact: true }).check();
    await desk.getByRole('radio', { name: '成立，改正' }).check();
    await desk.getByLabel('内容').fill('已请服务商今天补上小结，晚了对不起。');
    await desk.getByRole('button', { name: '提交' }).click();
    await expect(desk.getByText('投诉成立，已改正')).toBeVisible();
    await expect(desk.getByText('现在没有要做的。')).toBeVisible();
  });
  await alongside(browser, 'desk', async (desk) => {
    await desk.goto('/console/call-backs');
    const wish = desk.getByRole('article').filter({ hasText: '杨' });
    await wish.getByRole('button', { name: '接手' }).click();
    await wish.getByRole('button', { name: '打通了，办结' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByRole('radio', { name: '已解答' }).check();
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(wish).toHaveCount(0);
  });

  await page.reload();
  await expect(page.getByRole('region', { name: '答复' })).toContainText('已请服务商今天补上小结');
  await page.getByRole('button', { name: '申请核查' }).click();
  await expect(page.getByRole('dialog')).toContainText('30日内');
});
