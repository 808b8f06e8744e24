import { expect, type Page, test } from '@playwright/test';
import { become, caseOf } from './support/people.ts';

async function openCase(page: Page, account: string): Promise<void> {
  await become(page, account);
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
}
const turn = (page: Page) => page.getByRole('region', { name: '现在轮到谁' });

test('[2.2.9] 韩志强 cancels a booking in two steps and sees it counted', async ({ page }) => {
  await openCase(page, 'han');
  await page.getByRole('button', { name: /取消预约/ }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('计为已使用 1 次');
  await sheet.getByRole('textbox').first().fill('家里有事');
  await sheet.getByRole('button', { name: '下一步' }).click();
  await expect(sheet).toContainText('请再确认一次');
  await sheet.getByRole('button', { name: /^取消预约：.*计为已使用 1 次$/ }).click();
  await expect(turn(page)).toContainText('已经结束');
  await page.getByRole('heading', { name: '申请内容和使用次数' }).click();
  await expect(page.getByText(/计为已使用 1 次（/)).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('article', { name: '重疾门诊绿通' })).toContainText('已使用');
});

test('孔令仪 consents to the request filed for her, and the clocks start', async ({ page }) => {
  await openCase(page, 'shiwife');
  await expect(page.getByText('有人替您提交了这份申请')).toBeVisible();
  await expect(page.getByRole('region', { name: '承诺的时间' })).toHaveCount(0);
  await page.getByRole('button', { name: '同意这份申请', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^同意/ }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('region', { name: '承诺的时间' })).toBeVisible();
});

test('张瑞芳 consents to the new provider', async ({ page }) => {
  await openCase(page, 'zhang');
  await page.getByRole('button', { name: '授权给惠医（天津）健康科技有限公司' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('怎样收回');
  await sheet.getByRole('button', { name: '同意交给惠医（天津）健康科技有限公司' }).click();
  await expect(turn(page)).toContainText('服务商');
});

test('朱国华 reads his summary and rates the service', async ({ page }) => {
  await openCase(page, 'zhu');
  await expect(page.getByText('暂不需要手术，建议先用药三个月。').first()).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: '5 很满意' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('radio', { name: /^5/ }).check();
  await sheet.getByRole('checkbox', { name: '医生的解释' }).check();
  await sheet.getByRole('button', { name: '提交评价' }).click();
  await expect(turn(page)).toContainText('已经结束');
  await expect(page.getByRole('region', { name: '这次服务您满意吗' })).toContainText('您评了 5 分，很满意医生的解释');
});

test('without a network the page says so, and goes on when it is back', async ({ page, context }) => {
  await openCase(page, 'yang');
  await expect(turn(page)).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('没有网络。您填的内容还在，恢复后可以继续。')).toBeVisible();
  // A screen that did not arrive is no white page.
  await page.getByRole('button', { name: '返回' }).click();
  await expect(page.getByRole('heading', { name: '暂时没有读到' })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('没有网络。')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: '我的服务单' })).toBeVisible();
});

test('a server that cannot serve is told with a way to try again', async ({ page }) => {
  await become(page, 'yang');
  await page.route('**/api/messages*', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto('/m/inbox');
  await expect(page.getByRole('heading', { name: '暂时没有读到' })).toBeVisible();
  await page.unroute('**/api/messages*');
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect(page.getByRole('button', { name: /预约成功/ })).toBeVisible();
});
