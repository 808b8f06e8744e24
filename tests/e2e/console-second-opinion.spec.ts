import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { acts, caseOn, openAs, turnLine } from './support/console.ts';

test('[2.5.2.1][2.5.1.3] the expert goes through the images of 苏玉梅, sets the window, and signs the opinion', async ({
  page,
}) => {
  await openAs(page, 'expert', 'su');
  await expect(turnLine(page)).toContainText('您');
  await caseOn(page)
    .getByRole('button', { name: /CT\.zip/ })
    .click();
  const viewer = page.getByRole('region', { name: /影像资料/ });
  const images = viewer.getByRole('application');
  await expect(viewer.getByRole('status')).toHaveText('第 1 幅，共 25 幅');
  const shadeOf = () =>
    viewer.locator('canvas').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const data = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data;
      return [width, data.reduce((sum, value, i) => (i % 4 === 0 ? sum + value : sum), 0)];
    });
  await expect.poll(async () => (await shadeOf())[0]).toBe(128);
  const soft = await shadeOf();
  await images.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('PageDown');
  await expect(viewer.getByRole('status')).toHaveText('第 12 幅，共 25 幅');
  await images.hover();
  await page.mouse.wheel(0, 100);
  await expect(viewer.getByRole('status')).toHaveText('第 13 幅，共 25 幅');
  await viewer.getByRole('button', { name: '肺窗' }).click();
  await expect(viewer.getByRole('spinbutton', { name: '窗宽' })).toHaveValue('1500');
  await expect.poll(async () => (await shadeOf())[1]).not.toBe(soft[1]);
  await expectAccessible(page);
  // The second series is compressed in a way that is not painted: named, with the way to have it.
  await viewer.getByRole('combobox', { name: '影像序列' }).click();
  await page
    .getByTitle(/压缩序列/)
    .last()
    .click();
  await expect(viewer.getByText('有影像是压缩格式')).toBeVisible();
  await page.keyboard.press('Escape');

  const form = acts(page).getByRole('form', { name: '签发二诊意见书' });
  for (const field of ['要回答的问题', '看过的资料', '所见', '意见', '治疗建议', '随访建议', '局限与说明'])
    await form.getByLabel(field, { exact: true }).fill(`${field}（示例）。`);
  await form.getByRole('button', { name: '签发二诊意见书' }).click();
  await expect(turnLine(page)).toContainText('会员');
  await expect(caseOn(page).getByText('所见（示例）。').first()).toBeVisible();
  await expectAccessible(page);
});
