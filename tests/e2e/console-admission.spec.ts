import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { acts, choose, fillDay, openAs, turnLine } from './support/console.ts';
import { alongside, caseOf, read, send } from './support/people.ts';

const HOSPITAL = '复旦大学附属肿瘤医院';

test('[2.3.1.4] the provider records the admission certificate of 鲍启明, offers a bed, and the member reads how to prepare', async ({
  page,
  browser,
}) => {
  const { id } = await openAs(page, 'provider', 'bao');
  const certificate = acts(page).getByRole('form', { name: '登记住院凭证' });
  await choose(page, certificate.getByLabel('开具医院', { exact: true }), HOSPITAL, '附属肿瘤');
  await certificate.getByLabel('科室').fill('肿瘤科');
  await certificate.getByLabel('开具医生').fill('示例医生');
  await fillDay(certificate.getByLabel('开具日期'), '2026-11-18');
  await expectAccessible(page);
  await certificate.getByRole('button', { name: '登记住院凭证' }).click();

  await acts(page).getByRole('button', { name: '提供床位' }).click();
  const bed = acts(page).getByRole('form', { name: '提供床位' });
  await choose(page, bed.getByLabel('医院', { exact: true }), HOSPITAL, '附属肿瘤');
  await bed.getByLabel('科室').fill('肿瘤科');
  const { items } = await read<{ items: { label: string }[] }>(
    page,
    `/lists/experts?q=${encodeURIComponent(HOSPITAL)}`,
  );
  await choose(page, bed.getByLabel('专家', { exact: true }), items[0]!.label, items[0]!.label);
  await fillDay(bed.getByLabel('入院时间'), '2026-11-26 08:00');
  await fillDay(bed.getByLabel('号源保留到'), '2026-11-20 18:00');
  await bed.getByLabel('病区和床位').fill('外科三病区 12 床');
  await bed.getByLabel('入院前准备').fill('带身份证和全部影像；入院前一晚十点后禁食。');
  await bed.getByLabel('陪诊员姓名').fill('示例陪诊员');
  await bed.getByLabel('陪诊员电话').fill('19900009999');
  await bed.getByLabel('见面地点').fill('住院大厅 2 号窗口');
  await bed.getByLabel('陪诊时段').fill('入院当天 7:30 到 11:30');
  await bed.getByRole('button', { name: '提供床位' }).click();
  await expect(turnLine(page)).toContainText('会员');

  await alongside(browser, 'bao', async (member) => {
    const { id: own } = await caseOf(member);
    expect(own).toBe(id);
    await member.goto(`/m/cases/${own}`);
    await expect(member.getByText('入院前一晚十点后禁食', { exact: false }).first()).toBeVisible();
    await expectAccessible(member);
    const { version } = await read<{ version: number }>(member, `/cases/${own}`);
    await send(member, `/cases/${own}/events`, { type: 'acceptOffer', version });
    await member.reload();
    await expect(member.getByText('已确认').first()).toBeVisible();
  });
});
