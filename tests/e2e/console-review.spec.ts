import { expect, test } from '@playwright/test';
import { acts, caseOn, choose, fillDay, history, openAs, turnLine } from './support/console.ts';

test('the reviewer judges the papers of 褚文涛 in the viewer, verifies the facts and accepts', async ({ page }) => {
  await openAs(page, 'reviewer', 'chu');
  const facts = caseOn(page).getByRole('region', { name: '事实' });

  for (const [file, kind] of [
    ['diagnosis.png', '诊断证明'],
    ['pathology.png', '病理报告'],
  ] as const) {
    await facts.getByRole('button', { name: new RegExp(file) }).click();
    const viewer = caseOn(page).getByRole('region', { name: new RegExp(`查看资料：${kind}`) });
    const picture = viewer.getByRole('img', { name: new RegExp(`资料图像：${kind}`) });
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    await viewer.getByRole('button', { name: '通过', exact: true }).click();
    const form = acts(page).getByRole('form', { name: '核对一份资料' });
    await form.getByRole('button', { name: '核对一份资料' }).click();
    await expect(facts.getByRole('button', { name: new RegExp(`${file} 通过`) })).toBeVisible();
    await viewer.getByRole('button', { name: '关闭' }).click();
  }

  await acts(page).getByRole('button', { name: '核实并更正事实' }).first().click();
  const form = acts(page).getByRole('form', { name: '核实并更正事实' });
  await choose(page, form.getByLabel('疾病', { exact: true }), '恶性肿瘤——重度', '重度');
  await fillDay(form.getByLabel('首次不适'), '2026-06-05');
  await fillDay(form.getByLabel('首次就诊'), '2026-06-10');
  await fillDay(form.getByLabel('病理或诊断日期'), '2026-06-20');
  for (const [asked, answer] of [
    ['初次确诊', '是'],
    ['投保前已有', '否'],
  ] as const)
    await form.getByRole('radiogroup', { name: asked }).getByRole('radio', { name: answer, exact: true }).check();
  await choose(page, form.getByLabel('确诊医院（清单内）'), '复旦大学附属肿瘤医院', '附属肿瘤');
  await choose(page, form.getByLabel('依据的资料'), '诊断证明 · diagnosis.png');
  await form.getByRole('button', { name: '核实并更正事实' }).click();
  await expect(history(page).getByText('核实了疾病和日期')).toBeVisible();
  await expect(facts.getByText('已核实').first()).toBeVisible();

  await acts(page).getByRole('button', { name: '审核通过' }).click();
  await acts(page).getByRole('form', { name: '审核通过' }).getByRole('button', { name: '审核通过' }).click();
  await expect(turnLine(page)).toContainText('病案经理');
  await expect(history(page).getByText('审核通过')).toBeVisible();
});

test('j and k move in the list, Enter opens, Escape closes, ? helps, / searches', async ({ page }) => {
  await openAs(page, 'manager', 'wei');
  await page.goto('/console/work?desk=all');
  const rows = page.getByRole('table').getByRole('link');
  await expect(rows.nth(2)).toBeVisible();
  await page.keyboard.press('j');
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(rows.nth(1)).toBeFocused();
  const number = (await rows.nth(1).textContent())!;
  await page.keyboard.press('Enter');
  await expect(caseOn(page)).toContainText(number);
  // The list stays, with the open case marked.
  await expect(
    page.getByRole('region', { name: '案件列表' }).getByRole('link', { name: new RegExp(number) }),
  ).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Escape');
  await expect(caseOn(page)).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: '键盘快捷键' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox').or(page.getByRole('textbox')).first()).toBeFocused();
});
