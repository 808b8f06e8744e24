import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoViolation } from './support/axe.ts';
import { alongside, become, cardPath } from './support/people.ts';
import { acceptAtDesk, expectMoving } from './support/video.ts';

const COMPLAINT = '反复头痛两周，下午重，没有发烧';

test('[2.1.4] she asks, tries her device, waits, talks over a line that broke once, reads the note and rates', async ({
  page,
  browser,
  context,
}) => {
  const cut = await cutsSockets(page);
  await become(page, 'gong');
  await page.goto(`/m/video/${await cardPath(page, '贡文博', 'video-consultation')}`);
  await page.getByRole('link', { name: '现在找医生' }).click();
  const words = page.getByLabel('哪里不舒服，想问什么');
  await words.fill('早上开始胸痛，出汗');
  await expect(page.getByRole('link', { name: '拨打 120' })).toBeVisible();
  await expectNoViolation(page);
  await words.fill(COMPLAINT);
  await expect(page.getByRole('link', { name: '拨打 120' })).toHaveCount(0);
  await page.getByRole('button', { name: '下一步' }).click();

  await page.getByRole('button', { name: '开始检查' }).click();
  await expect(page.getByRole('region', { name: '摄像头' })).toContainText('正常');
  await expect(page.getByRole('region', { name: '麦克风' })).toContainText('正常');
  await expectAccessible(page);
  await page.getByRole('button', { name: '下一步' }).click();

  await page.getByRole('checkbox', { name: '以上内容我都看过了' }).check();
  for (const sheet of await page.getByRole('button', { name: '看清内容再决定' }).all()) {
    await sheet.click();
    await page.getByRole('dialog').getByRole('button', { name: /^同意/ }).click();
  }
  await page.getByRole('button', { name: '开始排队' }).click();
  await expect(page.getByRole('region', { name: '排队等医生' })).toContainText('下一位就是您');
  await expectAccessible(page);

  await alongside(browser, 'video-doctor', async (desk) => {
    await desk.setViewportSize({ width: 1440, height: 900 });
    await acceptAtDesk(desk, COMPLAINT);
    await page.getByRole('link', { name: '进入诊室' }).click();
    await page.getByRole('button', { name: '开摄像头进入' }).click();
    const hers = desk.getByLabel('会员的画面');
    await expectMoving(page.getByLabel('医生的画面'));
    await expectMoving(hers);
    await expectAccessible(page);
    await expectAccessible(desk);

    await cut();
    await expectMoving(page.getByLabel('医生的画面'));
    await expectMoving(hers);

    // A second page of hers takes the seat; the first is told so, and the doctor sees the new one.
    const tab = await context.newPage();
    await tab.goto(new URL(page.url()).pathname);
    await tab.getByRole('button', { name: '开摄像头进入' }).click();
    await expect(page.getByRole('heading', { name: '通话在另一个页面里' })).toBeVisible();
    await expectMoving(tab.getByLabel('医生的画面'));
    await expectMoving(hers);
    await tab.close();
    await page.getByRole('button', { name: '返回' }).click();

    await desk.getByRole('button', { name: '挂断' }).click();
    const note = desk.getByRole('form', { name: '发出问诊小结' });
    await note.getByLabel('建议').fill('先规律作息，记录头痛的时间');
    await note.getByLabel('去哪里就诊').fill('一周内到三级医院神经内科门诊');
    await note.getByLabel('出现哪些情况要立即就医').fill('突然的剧烈头痛、说话不清');
    await note.getByRole('button', { name: '发出问诊小结' }).click();
    await expect(note).toHaveCount(0);
  });
  const note = page.getByRole('region', { name: '问诊小结' });
  await expect(note).toContainText('一周内到三级医院神经内科门诊');
  await expect(note).toContainText('突然的剧烈头痛');
  await expectAccessible(page);
  await page.getByRole('button', { name: '评价', exact: true }).click();
  await page.getByRole('dialog').getByText('5', { exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '评价', exact: true }).click();
  await expect(page.getByRole('region', { name: '进展' })).toContainText('评价了这次问诊');
});

/** A page whose sockets of a room can be cut, as a change of network cuts them; resolves when a new one stands. */
async function cutsSockets(page: Page): Promise<() => Promise<void>> {
  let cut: (() => void) | undefined;
  let opened = 0;
  await page.routeWebSocket(/\/api\/video\/rooms\/.+\/socket$/, (socket) => {
    const server = socket.connectToServer();
    opened += 1;
    cut = () => {
      void server.close();
      void socket.close();
    };
  });
  return async () => {
    const before = opened;
    cut?.();
    await expect.poll(() => opened).toBeGreaterThan(before);
  };
}
