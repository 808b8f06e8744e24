import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoViolation } from './support/axe.ts';
import { expectNoViolationInAnyLook, expectRoom } from './support/looks.ts';
import { alongside, become, cardPath } from './support/people.ts';
import { acceptAtDesk, expectMoving } from './support/video.ts';

const COMPLAINT = '反复头痛两周，下午重，没有发烧';

test('[2.1.4] she asks, tries her device, waits, talks over a line that broke once, reads the note, asks once more and rates', async ({
  page,
  browser,
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
  await expectRoom(page);
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
    await expectNoViolationInAnyLook(page);
    await expectRoom(page);
    await expectAccessible(desk);

    await cut();
    await expectMoving(page.getByLabel('医生的画面'));
    await expectMoving(hers);

    // Another device of hers, in English, takes the seat; the first is told so, and the doctor sees the new one.
    await alongside(browser, 'gong', async (other) => {
      await other.addInitScript(() => localStorage.setItem('yilu.locale', 'en'));
      await other.goto(page.url());
      await other.getByRole('button', { name: 'Enter with camera' }).click();
      await expect(page.getByRole('heading', { name: '通话在另一个页面里' })).toBeVisible();
      await expectMoving(other.getByLabel('The doctor’s picture'));
      await expectMoving(hers);
      await expectAccessible(other);
    });
    await page.getByRole('button', { name: '返回' }).click();

    // Written while they talk: a page that is read anew lost nothing of it.
    await desk.getByRole('region', { name: '问诊小结（草稿）' }).getByLabel('建议').fill('先规律作息，记录头痛的时间');
    await expect(desk.getByText('草稿已保存')).toBeVisible();
    await desk.getByRole('button', { name: '挂断' }).click();
    const note = desk.getByRole('form', { name: '发出问诊小结' });
    await expect(note).toBeVisible();
    await desk.reload();
    await expect(note.getByLabel('建议')).toHaveValue('先规律作息，记录头痛的时间');
    await note.getByLabel('去哪里就诊').fill('一周内到三级医院神经内科门诊');
    await note.getByLabel('出现哪些情况要立即就医').fill('突然的剧烈头痛、说话不清');
    await note.getByRole('button', { name: '发出问诊小结' }).click();
    await expect(note).toHaveCount(0);

    const told = page.getByRole('region', { name: '问诊小结' });
    await expect(told).toContainText('一周内到三级医院神经内科门诊');
    await expect(told).toContainText('突然的剧烈头痛');
    const ask = page.getByRole('button', { name: /^追问医生/ });
    await ask.click();
    await page.getByRole('dialog').getByRole('textbox').fill('要不要做头部检查？');
    await page.getByRole('dialog').getByRole('button', { name: /追问/ }).click();
    await expect(page.getByText('医生看到后会回答')).toBeVisible();
    await expect(ask).toHaveCount(0);
    await expect(desk.getByRole('region', { name: '已发出的小结' })).toContainText('要不要做头部检查？');
    await desk.getByLabel('答复', { exact: true }).fill('先不用，两周后不好转再做。');
    await desk.getByRole('button', { name: '答复追问', exact: true }).click();
    await expect(page.getByRole('region', { name: '追问一次' })).toContainText('先不用，两周后不好转再做。');
  });
  await page.getByRole('button', { name: '2 不满意' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('checkbox', { name: '画面和声音' }).check();
  await expectNoViolation(page);
  await sheet.getByRole('button', { name: '提交评价' }).click();
  const said = page.getByRole('region', { name: '这次服务您满意吗' });
  await expect(said).toContainText('您评了 2 分，不满意画面和声音');
  await expect(said.getByRole('link', { name: '请我们回电或投诉' })).toHaveAttribute('href', /\/m\/help\?case=/);
});

test('[2.1.6] on the day after her year one tap opens it again', async ({ page }) => {
  await become(page, 'yun');
  await page.goto(`/m/video/${await cardPath(page, '云秀珍', 'video-consultation')}`);
  await expect(page.getByText('上一年已在11月17日')).toBeVisible();
  await page.getByRole('button', { name: '已看过，同意并再次开通' }).click();
  await expect(page.getByRole('region', { name: '已开通' })).toContainText('有效到2027年');
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
