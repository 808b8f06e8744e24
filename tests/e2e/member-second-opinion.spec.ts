import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { become, caseOf } from './support/people.ts';

test('陆建平 reads his second opinion: the signed file, its text, what was explained and answered', async ({
  page,
}) => {
  await become(page, 'lu');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  const opinion = page.getByRole('region', { name: '二诊意见书' });
  await expect(opinion).toContainText('示例医生甲');
  await expect(opinion).toContainText('手术前需要先停阿司匹林吗？');
  await opinion.getByText('在这里读').click();
  await expect(opinion.getByText('同意原诊断和分期。', { exact: false })).toBeVisible();
  const url = await opinion.getByRole('link', { name: '打开意见书（PDF）' }).getAttribute('href');
  const file = await page.request.get(url!);
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('[2.5.2.3] 董志远 sees the one list of what is missing before all else', async ({ page }) => {
  await become(page, 'dong');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  await expect(page.getByRole('region', { name: '现在轮到谁' })).toContainText('把清单上的资料交来');
  await expect(page.getByRole('region', { name: '请补交' })).toContainText('还缺出院小结和手术记录');
  await expect(page.getByRole('region', { name: '请补交' })).toBeInViewport();
  const papers = page.locator('#papers');
  // What is optional can be handed in too, and another page of what is there.
  await expect(papers.getByText('影像资料（DICOM 压缩包）').first()).toBeVisible();
  await expect(papers.getByText('再交一页').first()).toBeVisible();
  await expectAccessible(page);
});
