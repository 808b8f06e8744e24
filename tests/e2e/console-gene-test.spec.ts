import { expect, test } from '@playwright/test';
import { samplePdf } from '#server/sandbox/sample-pdf.ts';
import { expectAccessible } from './support/axe.ts';
import { acts, caseOn, fillDay, openAs } from './support/console.ts';
import { become } from './support/people.ts';

test('[2.4.1.5] the laboratory sees its own work only, uploads the report and issues it; the case manager releases it', async ({
  page,
}) => {
  const { id } = await openAs(page, 'laboratory', 'fan');
  await expect(caseOn(page)).toContainText('SAMPLE-F-001');
  await expect(caseOn(page)).not.toContainText('示例路 1 号');
  await expectAccessible(page);
  const upload = acts(page).getByRole('region', { name: '上传检测报告' });
  await upload
    .getByLabel('上传')
    .setInputFiles({ name: 'report.pdf', mimeType: 'application/pdf', buffer: samplePdf('Report of Fan') });
  const form = acts(page).getByRole('form', { name: '出具报告' });
  await expect(form).toBeVisible();
  await form.getByLabel('样本条码').fill('WRONG-0001');
  await form.getByLabel('报告编号').fill('R-1');
  await fillDay(form.getByLabel('报告日期'), '2026-11-18');
  await form.getByRole('button', { name: '出具报告' }).click();
  await expect(form).toContainText('条码与取样时登记的不一致');
  await form.getByLabel('样本条码').fill('SAMPLE-F-001');
  await form.getByRole('button', { name: '出具报告' }).click();
  await expect(caseOn(page)).toContainText('核对报告，发布给受检者');
  await expect(caseOn(page)).not.toContainText('report.pdf');

  await become(page, 'manager');
  await page.goto(`/console/work/${id}`);
  await expect(caseOn(page)).toContainText('签名有效，内容没有改动');
  await expect(caseOn(page)).toContainText('report.pdf');
  await acts(page).getByRole('button', { name: '发布报告' }).last().click();
  await expect(caseOn(page)).toContainText('向申请人和主治医生解读报告');
  await expectAccessible(page);
});
