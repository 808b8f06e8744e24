import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoViolation, inEnglish } from './support/axe.ts';
import { become, cardPath, caseOf } from './support/people.ts';

const SERVICE = 'hospital-assist';
const turn = (page: Page) => page.getByRole('region', { name: '现在轮到谁' });
const next = (page: Page) => page.getByRole('button', { name: '下一步' }).click();

test('[2.7.1] 林小满 asks for a check-up, chooses package and time, confirms while it is held, and moves it for nothing', async ({
  page,
}) => {
  await become(page, 'lin');
  await page.goto(`/m/apply/${await cardPath(page, '林小满', SERVICE)}`);
  await page.getByText('体检预约', { exact: true }).click();
  await next(page);
  await page.getByRole('checkbox').first().waitFor();
  for (const notice of await page.getByRole('checkbox').all()) await notice.check();
  await page.getByRole('button', { name: '看清内容再决定' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '同意交给厦门弘爱医院' }).click();
  await next(page);
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(turn(page)).toContainText('选科室、医生和时段');

  await page.getByRole('button', { name: '选时段' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('套餐').selectOption('女性体检（示例）');
  await expect(sheet).toContainText('乳腺超声');
  await expectNoViolation(page);
  await sheet.getByText('08:00–09:00').click();
  await sheet.getByRole('button', { name: '选时段' }).click();
  await expect(page.getByRole('timer')).toContainText(/还为您保留 1[45] 分钟/);
  await page.getByRole('button', { name: '确认预约' }).click();
  await sheet.getByRole('button', { name: '确认预约' }).click();
  await expect(turn(page)).toContainText('改期、取消都免费');

  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: '加到手机日历' }).click();
  expect((await file).suggestedFilename()).toBe('yilu.ics');
  await page.getByRole('button', { name: '改期（免费）' }).click();
  await sheet.getByText('09:00–10:00').click();
  await sheet.getByRole('button', { name: '改期（免费）' }).click();
  await expect(page.getByRole('region', { name: '就诊安排' })).toContainText('09:00');
  await expectAccessible(page);
  await inEnglish(page);
  await expectAccessible(page);
});

test('[2.7.3] 毛秋萍 reads where her claim is, with her account masked', async ({ page }) => {
  await become(page, 'mao');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  await expect(turn(page)).toContainText('理赔系统');
  await page.getByText('申请内容').click();
  await expect(page.getByRole('region', { name: '理赔信息' })).toContainText('**** 8888');
});
