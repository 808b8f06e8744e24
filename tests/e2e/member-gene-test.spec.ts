import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { become, caseOf, read } from './support/people.ts';

test('[2.4.1.3] 裘秀英 reads the informed consent, signs it with a code on her phone, and sees it stand', async ({
  page,
}) => {
  await become(page, 'qiu');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  await expectAccessible(page);
  await page.getByRole('button', { name: '阅读并签署知情同意书' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('只用于这次临床检测');
  await sheet.getByRole('button', { name: '我已读完，获取签署验证码' }).click();
  const field = sheet.getByLabel('签署验证码');
  await expect(field).toBeInViewport();
  await expect(field).toBeFocused();
  type Sent = { items: { body: string }[] };
  const sent = async () =>
    (await read<Sent>(page, '/sandbox/messages?limit=50')).items.find(({ body }) => body.startsWith('签署验证码'))
      ?.body;
  await expect.poll(sent).toMatch(/\d{6}/);
  await field.fill('000000');
  await sheet.getByRole('button', { name: '同意并签署' }).click();
  await expect(sheet.getByRole('alert')).toContainText('还可以试');
  await expect(sheet.getByRole('alert')).toBeInViewport();
  await field.fill(/\d{6}/.exec((await sent())!)![0]);
  await sheet.getByRole('button', { name: '同意并签署' }).click();
  const card = page.getByRole('region', { name: '知情同意书' });
  await expect(card).toContainText('裘秀英已签署 · 签名有效，内容没有改动');
  await expect(card).toContainText('演示证书');
  await expect(page.getByRole('region', { name: '现在轮到谁' })).toContainText('约好取样');
  await expectAccessible(page);
});

test('[2.4.1.6] 苗青 finds his report on the case and to whom it was told', async ({ page }) => {
  await become(page, 'miao');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  const report = page.getByRole('button', { name: '打开基因检测报告' });
  await expect(report).toBeInViewport();
  await expectAccessible(page);
  await report.click();
  await expect(page.getByRole('dialog', { name: '基因检测报告' })).toBeVisible();
  await page.goto('/m/disclosures');
  await expect(page.getByText('主治医生').first()).toBeVisible();
});
