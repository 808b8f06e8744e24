import { expect, test } from '@playwright/test';
import { expectNoViolation } from './support/axe.ts';
import { become, cardPath } from './support/people.ts';

test('[2.1.7, 2.2.8, 2.7.3] who was told a door on the telephone finds it, and behind it what the handbook names', async ({
  page,
}) => {
  await become(page, 'lin');
  await page.goto('/');
  const doors = page.getByRole('navigation', { name: '服务入口' }).getByRole('button');
  await expect(doors).toHaveText(['个人专区', '客户专区', '厦门地区医院预约专区', '弘爱理赔']);
  await expect(page.getByRole('region', { name: /^个人专区/ })).toContainText('我的服务');
  await expect(page.getByRole('region', { name: '客户专区' })).toContainText('重疾专家门诊安排');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await doors.last().click();
  await expect(page.getByRole('heading', { name: '弘爱理赔' })).toBeInViewport();
  await page.getByRole('region', { name: '弘爱理赔' }).getByRole('link', { name: '申请 线上理赔' }).click();
  await expect(page.getByRole('radio', { name: '线上理赔' })).toBeChecked();
});

test('one field finds by everyday words and leads there, by keyboard alone; nothing of it stands in an address', async ({
  page,
}) => {
  await become(page, 'lin');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
  await page.goto('/');
  const field = page.getByRole('search').getByRole('searchbox');
  await field.fill('药');
  await expect(page.getByText(/^先显示 \d+ 项$/)).toBeVisible();
  await page.getByRole('button', { name: '全部特药' }).click();
  await expect(page.getByRole('region')).toHaveCount(1);
  await page.getByRole('button', { name: '返回全部结果' }).click();
  await field.fill('滑雪板');
  await expect(page.getByRole('region', { name: '没有找到' }).getByRole('link', { name: /拨打 400/ })).toBeVisible();
  await field.fill('开刀');
  const found = page.getByRole('region', { name: '服务' }).getByRole('link', { name: /重疾住院/ });
  await expect(found).toBeVisible();
  await field.press('Tab');
  await expect(found).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '重疾住院/手术绿通' })).toBeVisible();
  expect(asked.filter((url) => /药|滑雪|开刀/.test(url))).toEqual([]);
});

test('[2.2.5] a service that cannot be used says why, what would change it, what comes nearest and who calls back', async ({
  page,
}) => {
  await become(page, 'zheng');
  await page.goto(`/m/services/${await cardPath(page, '郑海波')}`);
  const refusal = page.getByRole('region', { name: '现在不能使用重疾门诊绿通' });
  await expect(refusal).toContainText('交来这些资料可能改变结果：诊断证明');
  await expect(refusal).toContainText('最接近、现在能用的：厦门弘爱医院就医协助');
  await expect(refusal.getByRole('link', { name: '查看审核结果' })).toBeVisible();
  await expect(refusal.getByRole('link', { name: '请给我回电 / 投诉' })).toHaveAttribute(
    'href',
    /^\/m\/help\?service=outpatient-access&policyId=.+&personId=/,
  );
  await expect(page.getByRole('region', { name: '服务时间' })).toContainText('每天 09:00–18:00');
  await expect(page.getByRole('region', { name: '我们承诺' })).toContainText('从您提交申请起，2 个工作日内');
  await page.getByText('要准备的资料').click();
  await expect(page.getByText('监护人申请时必需').first()).toBeVisible();
  await page.getByText('对应的名单').click();
  await page.getByRole('link', { name: '打开名单' }).click();
  await expect(page.getByRole('link', { name: '绿通医院' })).toHaveAttribute('aria-current', 'page');
});

test('[S.2] the family: as what one acts for the other, and a relative is asked to name one', async ({ page }) => {
  await become(page, 'shi');
  await page.goto('/m/me');
  await page.getByRole('link', { name: /^家人/ }).click();
  const wife = page.getByRole('region', { name: '我可以替谁办' }).getByRole('article');
  await expect(wife).toContainText('替本人提交申请，等本人同意后才开始');
  await wife.getByRole('button', { name: /^请对方授权给我/ }).click();
  await expectNoViolation(page);
  await page.getByRole('dialog').getByRole('button', { name: '发消息请对方授权' }).click();
  await expect(page.getByRole('dialog')).toContainText('消息已发给');
});
