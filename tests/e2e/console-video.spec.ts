import { expect, test } from '@playwright/test';
import { alongside, become, cardPath } from './support/people.ts';
import { Relay, SECOND } from './support/relay.ts';
import { TURN } from './support/test-env.ts';
import { acceptAtDesk, askForDoctor, enterRoom, expectMoving } from './support/video.ts';

const COMPLAINT = '想问降压药怎么吃';

test(`[2.1.1] a call that only a relay can carry goes through it under our server's names, and heals through ${SECOND} when it is gone`, async ({
  page,
  browser,
  baseURL,
}) => {
  const relay = new Relay(Number(new URL(baseURL!).port) + TURN.portAbove);
  await relay.start('node-turn');
  try {
    await alongside(browser, 'gong', async (member) => {
      await relay.takes(member);
      await relay.takes(page);
      const place = await cardPath(member, '贡文博', 'video-consultation');
      const caseId = await askForDoctor(member, place, COMPLAINT);
      await become(page, 'video-doctor');
      await acceptAtDesk(page, COMPLAINT);
      await enterRoom(member, caseId);
      const hers = page.getByLabel('会员的画面');
      await expectMoving(hers);
      await expectMoving(member.getByLabel('医生的画面'));
      await relay.stop();
      await expect(page.getByText('线路断了，正在重新接通')).toBeVisible();
      await relay.start(SECOND);
      await expectMoving(hers);
      await expectMoving(member.getByLabel('医生的画面'));
      await page.getByRole('button', { name: '挂断' }).click();
      await expect(member.getByRole('button', { name: '静音' })).toHaveCount(0);
    });
  } finally {
    await relay.end();
  }
});

test('[2.1.4] the supervisor puts a doctor on standby for an evening and takes it back', async ({ page }) => {
  await become(page, 'supervisor');
  await page.goto('/console/video-board');
  const roster = page.getByRole('region', { name: /^排班/ });
  await roster.getByLabel('医生').fill('医生乙');
  await roster.getByLabel('医生').press('Enter');
  const [from, to] = [roster.getByLabel('起止时间'), roster.getByPlaceholder('结束日期')];
  await from.fill('2026-11-19 18:00');
  await from.press('Enter');
  await to.fill('2026-11-19 22:00');
  await to.press('Enter');
  await roster.getByRole('checkbox', { name: '待命' }).check();
  await roster.getByRole('button', { name: '加一班' }).click();
  const shift = roster.getByRole('row').filter({ hasText: '示例视频医生乙' }).filter({ hasText: '待命' });
  await expect(shift).toContainText('22:00');
  await shift.getByRole('button', { name: /^撤掉/ }).click();
  await expect(shift).toHaveCount(0);
});
