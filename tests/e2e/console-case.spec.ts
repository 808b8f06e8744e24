import { expect, test } from '@playwright/test';
import { acts, caseOn, choose, fillDay, history, openAs, turnLine } from './support/console.ts';
import { alongside, caseOf, read, send } from './support/people.ts';

const HOSPITAL = '复旦大学附属肿瘤医院';

test('the case manager writes the care path of 卫红梅 and hands the case over', async ({ page }) => {
  await openAs(page, 'manager', 'wei');
  const path = acts(page).getByRole('form', { name: '写就医路径' });
  await choose(page, path.getByLabel('医院', { exact: true }), HOSPITAL, '附属肿瘤');
  await path.getByLabel('科室').fill('肿瘤科');
  await path.getByLabel('专家').fill('主任医师门诊');
  await path.getByLabel('为什么').fill('诊疗这一类肿瘤经验多。');
  await path.getByLabel('可能的检查').fill('增强 CT。');
  await path.getByRole('button', { name: '写就医路径', exact: true }).click();
  await expect(caseOn(page).getByText('诊疗这一类肿瘤经验多。').first()).toBeVisible();

  await acts(page).getByRole('button', { name: '交给服务商', exact: true }).click();
  const hand = acts(page).getByRole('form', { name: '交给服务商' });
  await choose(page, hand.getByLabel('服务商'), '上海商涌科技有限公司');
  await hand.getByRole('button', { name: '交给服务商' }).click();
  await expect(turnLine(page)).toContainText('服务商');
});

test('the provider offers 蒋立新 a slot, and her open screen changes when the member accepts', async ({
  page,
  browser,
}) => {
  const { id } = await openAs(page, 'provider', 'jiang');
  const form = acts(page).getByRole('form', { name: '提供号源' });
  await choose(page, form.getByLabel('医院', { exact: true }), HOSPITAL, '附属肿瘤');
  await form.getByLabel('科室').fill('肿瘤科');
  const { items } = await read<{ items: { label: string; detail: string }[] }>(
    page,
    `/lists/experts?q=${encodeURIComponent(HOSPITAL)}`,
  );
  await choose(page, form.getByLabel('专家', { exact: true }), items[0]!.label, items[0]!.label);
  await fillDay(form.getByLabel('就诊时间'), '2026-11-25 09:30');
  await fillDay(form.getByLabel('号源保留到'), '2026-11-20 18:00');
  await form.getByLabel('陪诊员姓名').fill('示例陪诊员');
  await form.getByLabel('陪诊员电话').fill('19900009999');
  await form.getByLabel('见面地点').fill('门诊大厅 1 号门');
  await form.getByLabel('陪诊时段').fill('就诊前 30 分钟起 4 小时');
  await form.getByRole('button', { name: '提供号源' }).click();
  await expect(turnLine(page)).toContainText('会员');

  const marked = await page.evaluate(() => Object.assign(window, { stillHere: true }).stillHere);
  await alongside(browser, 'jiang', async (member) => {
    const { version } = await read<{ version: number }>(member, `/cases/${(await caseOf(member)).id}`);
    await send(member, `/cases/${id}/events`, { type: 'acceptOffer', version });
  });
  await expect(history(page).getByText('确认了号源')).toBeVisible({ timeout: 15_000 });
  await expect(caseOn(page).getByText('已预约')).toBeVisible();
  expect(marked && (await page.evaluate(() => 'stillHere' in window))).toBe(true);
});

test('the supervisor approves the second list of papers for 曹德胜', async ({ page }) => {
  await openAs(page, 'supervisor', 'cao');
  await acts(page)
    .getByRole('form', { name: '同意再次要资料' })
    .getByRole('button', { name: '同意再次要资料' })
    .click();
  await expect(turnLine(page)).toContainText('会员');
  await expect(history(page).getByText('同意再要一次资料')).toBeVisible();
});

test('a case that moved on says so and keeps what was typed', async ({ page, browser }) => {
  // Without the live update, as on a line that dropped, so that the server has to refuse.
  await page.route('**/api/live', (route) => route.abort());
  const { id } = await openAs(page, 'manager', 'qin');
  await acts(page).getByRole('button', { name: '内部备注' }).click();
  const form = acts(page).getByRole('form', { name: '内部备注' });
  await form.getByLabel('备注').fill('家属说下午回电。');
  await alongside(browser, 'manager', async (other) => {
    const { version } = await read<{ version: number }>(other, `/cases/${id}`);
    await send(other, `/cases/${id}/events`, { type: 'logCall', version, outcome: 'no-answer' });
  });
  await form.getByRole('button', { name: '内部备注' }).click();
  await expect(form.getByRole('alert')).toContainText('案件刚刚有更新');
  await expect(form.getByLabel('备注')).toHaveValue('家属说下午回电。');
  await form.getByRole('button', { name: '内部备注' }).click();
  await expect(history(page).getByText('家属说下午回电。')).toBeVisible();
});
