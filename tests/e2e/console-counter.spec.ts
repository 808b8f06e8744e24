import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { acts, caseOn, openAs } from './support/console.ts';
import { alongside, read } from './support/people.ts';

// The counter is a telephone in one hand.
test.use({ viewport: { width: 390, height: 844 } });

test('[2.6.2.8.2] at the counter: code, originals, packs scanned, signature; a wrong code hands nothing over', async ({
  page,
  browser,
}) => {
  const { id } = await openAs(page, 'pharmacist', 'xie');
  const counter = acts(page).getByRole('form', { name: '核对并发药' });
  await expect(counter).toBeVisible();
  await expectAccessible(page);
  let code = '';
  await alongside(browser, 'xie', async (member) => {
    const view = await read<{ facts: { items: { label: string; value: string }[] }[] }>(member, `/cases/${id}`);
    code = view.facts.flatMap(({ items }) => items).find(({ label }) => label === '取药码')!.value;
  });
  await counter.getByLabel('取药码').fill(code === '000000' ? '111111' : '000000');
  await counter.getByRole('radio', { name: '本人' }).check();
  await counter.getByLabel('取药人姓名').fill('谢桂兰');
  for (const tick of await counter
    .getByRole('group', { name: /^看过的原件/ })
    .getByRole('checkbox')
    .all())
    await tick.check();
  const scanned = counter.getByLabel(/^追溯码/);
  await scanned.fill('81000099990000000001');
  await scanned.press('Enter');
  await counter.getByLabel('批号').fill('B20260901');
  await counter.getByLabel('有效期至').fill('2027-12-31');
  // The next pack is of the same lot, until somebody says otherwise.
  await scanned.fill('81000099990000000002');
  await scanned.press('Enter');
  await expect(counter.getByLabel('批号').last()).toHaveValue('B20260901');
  await expect(counter.getByRole('group', { name: '药品：2 盒' })).toBeVisible();
  await counter.getByLabel('每盒售价（元）').fill('2080');
  // Signed with a finger.
  const canvas = counter.getByLabel('在这里签名');
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 60, { steps: 6 });
  await page.mouse.up();
  await counter.getByRole('button', { name: '保存签名' }).click();
  await expect(counter.getByRole('status')).toHaveText('签收单已保存');
  await counter.getByRole('checkbox', { name: '会员自付部分已在店内收取' }).check();
  await counter.getByRole('button', { name: '核对并发药' }).click();
  await expect(counter).toContainText('取药码不对');
  await counter.getByLabel('取药码').fill(code);
  await counter.getByRole('button', { name: '核对并发药' }).click();
  await expect(caseOn(page)).toContainText('需要时交新处方，或结束');
  await alongside(browser, 'xie', async (member) => {
    await member.goto(`/m/cases/${id}`);
    await expect(member.getByText('药费和保险赔付')).toBeVisible();
    await expect(member.getByRole('button', { name: '交新处方，继续用药' }).first()).toBeVisible();
  });
});
