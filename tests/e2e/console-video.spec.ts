import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, inChinese, inEnglish } from './support/axe.ts';
import { alongside, become, cardPath, send } from './support/people.ts';
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

test('[2.1.8.3] past three minutes she is called back; another time is agreed, seen by the board, and she is first in line then', async ({
  page,
  browser,
}) => {
  await become(page, 'video-doctor2');
  const move = (advance: string) => page.request.post('/api/sandbox/clock', { data: { advance } });
  await alongside(browser, 'gong', async (member) => {
    await member.setViewportSize({ width: 390, height: 844 });
    const place = await cardPath(member, '贡文博', 'video-consultation');
    const id = await askForDoctor(member, place, '头晕两天');
    await move('PT3M1S');
    await member.goto(`/m/cases/${id}`);
    const queue = member.getByRole('region', { name: '排队等医生' });
    await expect(queue).toContainText('超过了承诺的时间，是我们的责任');
    await inEnglish(member);
    await expectAccessible(member);
    await inChinese(member);
    await member.getByRole('button', { name: '请医生打电话给我' }).click();
    const sheet = member.getByRole('dialog');
    await sheet.getByRole('textbox').fill('13800138000');
    await sheet.getByRole('button', { name: '请医生打电话给我' }).click();
    await expect(queue).toContainText('会打到 13800138000');

    // She is on duty on whatever page she reads: the call shows there, and taking it leads to the room.
    await send(page, '/video/duty', { on: true });
    await page.goto('/console/work');
    const offer = page.getByRole('alertdialog', { name: '有会员等您接诊' });
    await expect(offer).toContainText('希望打电话');
    await offer.getByRole('button', { name: '接诊', exact: true }).click();
    const room = page.getByRole('region', { name: '诊室' });
    await expect(room).toContainText('13800138000');
    await expect(member.getByText('医生打电话到 13800138000')).toBeVisible();

    await page.getByRole('button', { name: '改约另一个时间' }).click();
    const form = page.getByRole('form', { name: '改约另一个时间' });
    await form.getByRole('radio', { name: '医生的原因' }).check();
    await form.getByLabel('对会员的说明').fill('有急诊，一小时后可以吗？');
    const at = form.getByLabel('建议的时间');
    const then = new Date(Date.parse(await nowOf(page)) + 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 16);
    await at.fill(then.replace('T', ' '));
    await at.press('Enter');
    await form.getByRole('button', { name: '改约另一个时间' }).click();
    await member.getByRole('button', { name: '同意改到这个时间' }).click();
    await member.getByRole('dialog').getByRole('button', { name: /同意/ }).click();
    await expect(member.getByRole('region', { name: '改约的时间' })).toContainText('已约好');
    await send(page, '/video/duty', { on: false });
    await alongside(browser, 'supervisor', async (board) => {
      await board.goto('/console/video-board');
      await expect(board.getByRole('region', { name: '已约好的时间' }).getByRole('row')).toHaveCount(3);
    });
    await move('PT1H1M');
    await member.reload();
    await expect(member.getByRole('region', { name: '排队等医生' })).toContainText('下一位就是您');
  });
});

const nowOf = async (page: Page): Promise<string> =>
  ((await (await page.request.get('/api/sandbox/clock')).json()) as { now: string }).now;
