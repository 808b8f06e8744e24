import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { alongside, become, caseOf, read } from './support/people.ts';

test('[2.6.4.8.6] 唐雅琴 notes a severe reaction and sees the card, also without a network; the specialist reads it and records the call', async ({
  page,
  browser,
  context,
}) => {
  await become(page, 'tang');
  const { id } = await caseOf(page);
  await page.goto(`/m/cases/${id}`);
  const course = page.getByRole('region', { name: '病程管理' });
  await expect(course).toContainText('少量多餐');
  await expect(course.getByRole('img', { name: /您的精力怎么样/ })).toBeVisible();
  await expect(course.getByRole('row', { name: /您的精力怎么样/ })).toContainText('46');

  await course.getByRole('button', { name: '记一记身体反应' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('意识、说话或书写异常').selectOption({ label: '重（不能自理，需要马上联系专员）' });
  await sheet.getByRole('button', { name: '保存' }).click();
  const card = page.getByRole('dialog', { name: /红旗卡/ });
  await expect(card.getByRole('link', { name: '拨打 120' })).toBeVisible();
  await expect(card).toContainText('体温 38℃ 及以上');
  await card.getByRole('button', { name: '关闭' }).click();
  await expect(course).toContainText('较重');

  await context.setOffline(true);
  await page
    .getByRole('status')
    .getByRole('link', { name: /红旗卡/ })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('红旗卡');
  await expect(page.getByText('体温 38℃ 及以上')).toBeVisible();
  await context.setOffline(false);

  await alongside(browser, 'car-t-specialist', async (desk) => {
    await desk.setViewportSize({ width: 1440, height: 900 });
    await desk.goto(`/console/work/${id}`);
    const panel = desk.getByRole('region', { name: '病程管理' });
    await expect(panel).toContainText('意识、说话或书写异常 重');
    const form = panel.getByRole('form', { name: '登记回访' });
    await form.getByLabel('记录（会员看不到）').fill('已请她马上到急诊');
    await form.getByRole('button', { name: '登记回访' }).click();
    await expect(panel.getByText('已请她马上到急诊')).toBeVisible();
    await expectAccessible(desk);
  });
  const { calls } = await read<{ calls: { code: string; state: string; made: { note: string | null }[] }[] }>(
    page,
    `/cases/${id}/course`,
  );
  expect(calls.find(({ code }) => code === 'month-1')).toMatchObject({ state: 'done', made: [{ note: null }] });
});
