import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { RequestForm } from '#contract/cases.ts';
import { choose } from './support/console.ts';
import { alongside, become, caseOf, read, send } from './support/people.ts';

test('the supervisor answers an appeal against a decision that somebody else took', async ({ page, browser }) => {
  await alongside(browser, 'wu', async (member) => {
    const { items } = await read<{ items: { service: string; policyId: string; person: { id: string } }[] }>(
      member,
      '/benefits',
    );
    const card = items.find(({ service }) => service === 'outpatient-access')!;
    const place = `policyId=${card.policyId}&personId=${card.person.id}`;
    const form = await read<RequestForm>(member, `/services/${card.service}/form?${place}`);
    const { items: hospitals } = await read<{ items: { id: string }[] }>(member, '/lists/hospitals?q=附属肿瘤');
    const refused = await member.request.post('/api/cases', {
      headers: { 'idempotency-key': randomUUID() },
      data: {
        service: card.service,
        policyId: card.policyId,
        personId: card.person.id,
        illness: { code: 'malignant-tumour-severe', firstSymptomOn: '2026-11-01', diagnosedOn: '2026-11-10' },
        form: { hospital: hospitals[0]!.id, department: '肿瘤科' },
        papers: [],
        consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
        acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
      },
    });
    expect(refused.status()).toBe(409);
    const { decisionId: id } = (await refused.json()) as { decisionId: string };
    await send(member, `/decisions/${id}/appeal`, { text: '我认为等待期算错了。' });
  });
  await become(page, 'supervisor');
  await page.goto('/console/appeals');
  const appeal = page.getByRole('article').filter({ hasText: '我认为等待期算错了。' });
  await appeal.getByRole('radio', { name: '维持原决定' }).check();
  await appeal.getByLabel('给会员的答复').fill('等待期到 2027年1月5日为止，日期没有算错。');
  await appeal.getByRole('button', { name: '发出答复' }).click();
  await expect(appeal).toContainText('维持原决定');
  await expect(appeal.getByRole('button', { name: '发出答复' })).toHaveCount(0);
});

test('operations confirm the cause of a breach', async ({ page }) => {
  await become(page, 'operations');
  await page.goto('/console/breaches');
  const open = page.getByRole('button', { name: '确认原因' });
  await expect(open.first()).toBeVisible();
  const before = await open.count();
  await open.first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '确认原因' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(open).toHaveCount(before - 1);
  await expect(page.getByText(/运营·周全.*已确认/)).toBeVisible();
});

test('the administrator adds an account, and its password is shown once', async ({ page }) => {
  await become(page, 'admin');
  await page.goto('/console/accounts');
  await page.getByRole('button', { name: '新建账号' }).click();
  const dialog = page.getByRole('dialog', { name: '新建账号' });
  await dialog.getByLabel('姓名').fill('审核员·新知');
  await dialog.getByLabel('邮箱').fill('new-reviewer@junlong.example');
  await choose(page, dialog.getByLabel('岗位'), '医学审核');
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: /建|创/ }).click();
  const shown = page.getByRole('dialog', { name: '审核员·新知 的临时密码' });
  await expect(shown).toBeVisible();
  await shown.getByRole('button').last().click();
  await expect(page.getByRole('row').filter({ hasText: 'new-reviewer@junlong.example' })).toContainText('医学审核');
});

test('the auditor searches by case and verifies the chain', async ({ page, browser }) => {
  let number = '';
  await alongside(browser, 'wang', async (member) => {
    number = (await caseOf(member)).number;
  });
  await become(page, 'auditor');
  await page.goto('/console/audit');
  await page.getByLabel('案件单号').fill(number);
  await page.getByRole('button', { name: '搜索', exact: true }).click();
  await expect(page).toHaveURL(/case=/);
  const rows = page.getByRole('table').getByRole('row').filter({ hasText: number });
  await expect(rows.first()).toBeVisible();
  await page.getByRole('button', { name: '验证审计链' }).click();
  await expect(page.getByText('完整：没有改动、缺失或插入')).toBeVisible({ timeout: 20_000 });
});

test('the plan administrator finds a clause by its printed number, and what enforces it', async ({ page }) => {
  await become(page, 'planner');
  await page.goto('/console/plans');
  await expect(page.getByText('检查通过：方案文件没有问题')).toBeVisible();
  await page.getByRole('searchbox').fill('二（二）9');
  const row = page.getByRole('row').filter({ hasText: '二（二）9' });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('取消');
  await page.getByRole('link', { name: '按服务' }).click();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
});
