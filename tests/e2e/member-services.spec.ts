import { expect, type Page, test } from '@playwright/test';
import { become, cardPath } from './support/people.ts';

const SERVICE = '重疾门诊绿通';
const service = (page: Page, name = SERVICE) => page.getByRole('article', { name });

test('somebody picks a demonstration person and sees every service of the policy', async ({ page }) => {
  await page.goto('/');
  await page
    .getByRole('region', { name: '选一位演示人物' })
    .getByRole('button', { name: /林小满/ })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: '健康服务' })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(10);
});

/** Account, the card's words, the link beside it, what the page of the service says, the printed clause. */
const STATES: [string, string, string, string, RegExp | null, RegExp][] = [
  ['lin', '林小满', '可用', '了解规则', null, /二（二）/],
  ['zhou', '周明远', '2027年2月8日起可用', '为什么', /等待期/, /二（二）/],
  ['chen', '陈雨桐', '办理中', '了解规则', null, /二（二）/],
  ['wang', '王秀兰', '已使用', '为什么', /已使用|1 ?次/, /二（二）/],
  ['xu', '许长青', '不可用', '为什么', /中止/, /二|三/],
];
for (const [account, name, state, link, reason, clause] of STATES)
  test(`${name}: the card says ${state}, and its page why and by which clause`, async ({ page }) => {
    await become(page, account);
    await page.goto('/');
    await expect(service(page).first()).toContainText(state);
    await service(page)
      .first()
      .getByRole('link', { name: `${SERVICE}：${link}` })
      .click();
    await expect(page.getByRole('heading', { level: 1, name: SERVICE })).toBeVisible();
    if (reason) {
      const refusal = page.getByRole('region', { name: `现在不能使用${SERVICE}` });
      await expect(refusal).toContainText(reason);
      await expect(refusal.getByText(/依据：手册/)).toContainText(clause);
    } else await expect(page.getByText(clause).first()).toBeVisible();
  });

test('a service by telephone shows the number and no form', async ({ page }) => {
  await become(page, 'lin');
  await page.goto('/');
  const card = service(page, '肿瘤用药基因检测');
  await expect(card).toContainText('电话办理');
  await expect(card.getByRole('link', { name: /拨打 400/ })).toHaveAttribute('href', /^tel:/);
  await expect(card.getByRole('link', { name: /申请/ })).toHaveCount(0);
});

test('a diagnosis inside the waiting period is refused in four parts, and can be appealed', async ({ page }) => {
  await become(page, 'zheng');
  await page.goto(`/m/services/${await cardPath(page, '郑海波')}`);
  const refusal = page.getByRole('region', { name: `现在不能使用${SERVICE}` });
  await expect(refusal.getByRole('heading', { name: `现在不能使用${SERVICE}` })).toBeVisible();
  await expect(refusal.getByText(/2026年7月20日.*等待期内（2026年5月1日至2026年7月29日）/)).toBeVisible();
  await expect(refusal.getByRole('heading', { name: '您可以' })).toBeVisible();
  await expect(refusal.getByText(/现在可以用：.*视频问诊/)).toBeVisible();
  const clause = refusal.getByRole('group');
  await expect(clause).not.toHaveAttribute('open');
  await clause.getByText('依据：手册 二（二）5').click();
  await expect(clause).toHaveAttribute('open');

  await page.goto('/m/cases');
  await page.getByRole('link', { name: /MZ-/ }).click();
  await page.getByRole('link', { name: '查看审核结果' }).click();
  await page.getByRole('button', { name: '申诉' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('您的理由').fill('病理日期写错了，请看原件。');
  await sheet.getByRole('button', { name: '提交申诉' }).click();
  await expect(page.getByText('您写的：病理日期写错了，请看原件。')).toBeVisible();
  await expect(page.getByText(/我们会在.*答复您/)).toBeVisible();
});
