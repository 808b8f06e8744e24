import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { become } from './support/people.ts';

const cases = (page: Page) => page.locator('[data-worklist] [data-case]');
const numbers = (page: Page) => cases(page).allTextContents();
const dialog = (page: Page) => page.getByRole('dialog');

test('a long list in short pages holds every case once, by time to breach', async ({ page }) => {
  await become(page, 'manager');
  await page.goto('/console/work?desk=all');
  await expect(cases(page).first()).toBeVisible();
  const whole = await numbers(page);
  await page.route(/\/api\/worklist/, (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('limit', '4');
    return route.continue({ url: url.href });
  });
  await page.reload();
  await expect(cases(page)).toHaveCount(4);
  await expect(page.getByRole('status').filter({ hasText: `${whole.length} 项` })).toBeVisible();
  for (let shown = 4; shown < whole.length; shown = Math.min(shown + 4, whole.length)) {
    await page.getByRole('button', { name: '再看一些' }).click();
    await expect(cases(page)).toHaveCount(Math.min(shown + 4, whole.length));
  }
  expect(await numbers(page)).toEqual(whole);
});

test('on a telephone the ways to narrow take one row, and the first cases are in view', async ({ page }) => {
  await become(page, 'manager');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/console/work?desk=all');
  await expect(cases(page).nth(2)).toBeInViewport();
  const facets = page.locator('.work-facets');
  expect((await facets.boundingBox())!.height).toBeLessThan(60);
  const service = page.getByRole('group', { name: '服务' }).getByRole('button', { name: /^肿瘤二诊/ });
  await service.click();
  await expect(page).toHaveURL(/service=second-opinion/);
  await page.getByRole('button', { name: '清除筛选' }).click();
  await expect(page).not.toHaveURL(/service=/);
});

test('the list is narrowed by buttons that say what they leave, and the address keeps it', async ({ page }) => {
  await become(page, 'manager');
  await page.goto('/console/work?desk=all');
  const waiting = page.getByRole('group', { name: '等谁' });
  const member = waiting.getByRole('button', { name: /^会员/ });
  const count = Number(/\d+/.exec((await member.textContent())!)![0]);
  await member.click();
  await expect(page).toHaveURL(/turn=member/);
  await expect(cases(page)).toHaveCount(count);
  await page.reload();
  await expect(member).toHaveAttribute('aria-pressed', 'true');
  await expect(cases(page)).toHaveCount(count);
  await expectAccessible(page);
  await member.click();
  await expect(page).not.toHaveURL(/turn=/);
});

test('by keyboard: the next row, a call logged with a phrase, which then stands in the case', async ({ page }) => {
  await become(page, 'supervisor');
  await page.goto('/console/phrases');
  await page.getByRole('button', { name: '新增常用语' }).click();
  await dialog(page).getByLabel('名称').fill('说明进度');
  await dialog(page).getByLabel('内容').fill('已说明 {number} 的进度，电话 13800000001');
  await dialog(page).getByRole('checkbox', { name: '通话记录' }).check();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: '保存' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('不放任何人的信息');
  await dialog(page).getByLabel('内容').fill('已说明 {number} 的进度');
  await dialog(page).getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('row').filter({ hasText: '说明进度' })).toBeVisible();

  await become(page, 'manager');
  await page.goto('/console/work?desk=provider');
  await expect(cases(page).first()).toBeVisible();
  const [number] = await numbers(page);
  await page.keyboard.press('j');
  await expect(cases(page).first()).toBeFocused();
  await page.keyboard.press('c');
  await dialog(page).getByRole('radio', { name: '未接' }).check();
  await dialog(page).getByLabel('插入常用语').click();
  await page.getByTitle(`已说明 ${number} 的进度`).last().click();
  await expect(dialog(page).getByRole('textbox')).toHaveValue(`已说明 ${number} 的进度`);
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: '记录通话' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await cases(page).filter({ hasText: number! }).press('Enter');
  const call = page.getByRole('article').getByRole('row').filter({ hasText: '病案经理·晴川' });
  await expect(call).toContainText('未接');
  await expect(call).toContainText(`已说明 ${number} 的进度`);
});

test('members who are waited for are reminded together, and each case says what came of it', async ({ page }) => {
  await become(page, 'manager');
  await page.goto('/console/work?desk=member');
  await page.getByLabel('选中列表里的全部').check();
  const bar = page.getByRole('region', { name: /^已选/ });
  await expectAccessible(page);
  await bar.getByRole('button', { name: '提醒会员' }).click();
  await expect(dialog(page).getByRole('row').filter({ hasText: '没有在等会员' }).first()).toBeVisible();
  await expect(dialog(page).getByText(/[1-9]\d* 件已办/)).toBeVisible();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: '关闭' }).last().click();
  await expect(bar).toHaveCount(0);
});

test('a supervisor hands all cases of a colleague over, and reads where each went', async ({ page }) => {
  await become(page, 'supervisor');
  await page.goto('/console/work?desk=all');
  await page.getByRole('button', { name: '交接全部案件' }).click();
  const pick = async (label: RegExp | string, name: RegExp) => {
    await dialog(page).getByLabel(label).click();
    await page.locator('.ant-select-item-option').filter({ hasText: name }).last().click();
  };
  await pick('谁的案件', /晴川/);
  await pick(/^交给/, /云帆/);
  await dialog(page).getByLabel('原因（会告诉会员）').fill('晴川休假');
  await expectAccessible(page);
  await dialog(page)
    .getByRole('button', { name: /^交接 \d+ 件$/ })
    .click();
  await expect(
    dialog(page).getByRole('heading', { name: '交接的结果' }).or(page.getByText('交接的结果')).first(),
  ).toBeVisible();
  await expect(dialog(page).getByRole('row').filter({ hasText: '病案经理·云帆' }).first()).toBeVisible();
});
