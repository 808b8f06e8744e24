import { expect, test } from '@playwright/test';
import { photo } from './support/paper.ts';
import { become, caseOf, read } from './support/people.ts';

test('林小满 applies from illness to submission, one request for two taps, and sees whose turn it is', async ({
  page,
}) => {
  await become(page, 'lin');
  await page.goto('/');
  await page.getByRole('link', { name: '申请 重疾门诊绿通' }).click();
  const next = page.getByRole('button', { name: '下一步' });

  await test.step('illness and days; what is missing is said', async () => {
    await next.click();
    await expect(page.getByRole('alert').first()).toBeVisible();
    await page.getByRole('searchbox', { name: '查找疾病' }).fill('恶性肿瘤');
    await page.getByRole('button', { name: '恶性肿瘤——重度', exact: true }).click();
    await page.getByLabel('首次感到不适').fill('2026-10-20');
    await page.getByLabel('首次为此就诊').fill('2026-11-02');
    await page.getByLabel('病理或诊断日期').fill('2026-11-12');
    await next.click();
  });

  await test.step('a hospital of the list of the day', async () => {
    await expect(page.getByText('第 2 步，共 5 步').first()).toBeVisible();
    await page.getByRole('searchbox').fill('附属肿瘤');
    await page
      .getByRole('button', { name: /复旦大学附属肿瘤医院/ })
      .first()
      .click();
    await page.getByRole('radio', { name: '肿瘤科' }).check();
    await next.click();
  });

  await test.step('two papers', async () => {
    await expect(page.getByText('还差 2 样必需的资料')).toBeVisible();
    await page.getByLabel(/拍照或选文件.*：诊断证明/).setInputFiles(await photo('诊断.png'));
    await expect(page.getByText('还差 1 样必需的资料')).toBeVisible();
    await page.getByLabel(/拍照或选文件.*：病理报告/).setInputFiles(await photo('病理.png'));
    await expect(page.getByText('资料齐了。')).toBeVisible();
    await next.click();
  });

  await test.step('notices read, consent given on its sheet', async () => {
    const boxes = page.getByRole('region', { name: '请留意' }).getByRole('checkbox');
    await expect(boxes.first()).toBeVisible();
    for (const box of await boxes.all()) await box.check();
    await page.getByRole('button', { name: '看清内容再决定' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^同意交给/ })
      .click();
    await expect(page.getByText('已同意')).toBeVisible();
    await next.click();
  });

  await test.step('all of it once more, with what it costs', async () => {
    await expect(page.getByRole('region', { name: '提交前请知道' })).toBeVisible();
    await expect(page.getByText('2026年11月12日').or(page.getByText('11月12日（周四）')).first()).toBeVisible();
    await page.getByRole('button', { name: '提交申请' }).dblclick();
  });

  await expect(page.getByText('已提交。接下来轮到谁、什么时候办好，都在下面。')).toBeVisible();
  await expect(page.getByRole('region', { name: '现在轮到谁' })).toContainText('现在轮到医学审核');
  await expect(
    page.getByRole('region', { name: '承诺的时间' }).getByRole('button', { name: /告知预约结果/ }),
  ).toContainText('还剩');
  const papers = page.getByRole('region', { name: '资料', exact: true });
  await expect(papers.getByText('已收到，待核对')).toHaveCount(2);
  const { items } = await read<{ items: unknown[] }>(page, '/cases');
  expect(items).toHaveLength(1);
  // Tapping a promise shows which spans counted.
  const clock = page.getByRole('button', { name: /告知预约结果/ });
  await clock.click();
  await expect(clock).toHaveAttribute('aria-expanded', 'true');
});

test('陈雨桐 hands in the missing paper, and the clock runs on', async ({ page }) => {
  await become(page, 'chen');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  const clock = page.getByRole('button', { name: /告知预约结果/ });
  await expect(clock).toContainText('等您补材料，计时已暂停');
  await page.getByLabel(/拍照或选文件.*：病理报告/).setInputFiles(await photo('病理.png'));
  await expect(page.getByRole('heading', { name: '资料 已齐' })).toBeVisible();
  await expect(page.getByRole('region', { name: '现在轮到谁' })).toContainText('医学审核');
  await expect(clock).toContainText('还剩');
});
