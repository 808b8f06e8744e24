import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { expectNoViolation } from './support/axe.ts';
import { photo, report } from './support/paper.ts';
import { become, read } from './support/people.ts';

/** Hands a paper in as the page's member, of no case yet. */
async function handIn(page: Page, file: ReturnType<typeof report>, kind: string): Promise<void> {
  const { account } = await read<{ account: { personId: string } }>(page, '/session');
  const answer = await page.request.post('/api/papers', {
    headers: { 'idempotency-key': randomUUID() },
    multipart: { personId: account.personId, kind, file },
  });
  expect(answer.status(), await answer.text()).toBe(201);
}

/** How many different colours the picture has: a page that was drawn has more than its ground. */
const colours = (page: Page, name: string) =>
  page.getByRole('img', { name }).evaluate((canvas: HTMLCanvasElement) => {
    if (!canvas.width) return 0;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });

test('a member reads the pages of a PDF in the page, also in large type, and can still get the original', async ({
  page,
}) => {
  await become(page, 'lin');
  await handIn(page, report('report.pdf', 6), 'diagnosis');
  let ran = false;
  page.on('dialog', (dialog) => {
    ran = true;
    void dialog.dismiss();
  });
  for (const elder of ['0', '1']) {
    await page.goto('/m/papers');
    await page.evaluate((on) => localStorage.setItem('yilu.elder', on), elder);
    await page.reload();
    await page.getByRole('button', { name: '查看：诊断证明，report.pdf' }).click();
    const sheet = page.getByRole('dialog', { name: '诊断证明' });
    await expect.poll(() => colours(page, '诊断证明，第 1 页，共 6 页')).toBeGreaterThan(1);
    // Far pages are drawn when they come near.
    expect(await colours(page, '诊断证明，第 6 页，共 6 页')).toBe(0);
    await sheet.getByRole('img', { name: '第 6 页' }).scrollIntoViewIfNeeded();
    await expect.poll(() => colours(page, '诊断证明，第 6 页，共 6 页')).toBeGreaterThan(1);
    const wider = await sheet.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
    expect(wider).toBe(0);
    await expectNoViolation(page);
  }
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载原件' }).click();
  expect((await saved).suggestedFilename()).toBe('report.pdf');
  expect(ran).toBe(false);
});

test('a picture opens in the page; what does not come says so, and can be tried again', async ({ page }) => {
  // The same bytes of the same person are one paper under its first name; nobody else hands in for her.
  await become(page, 'wu');
  await handIn(page, await photo('scan.png'), 'diagnosis');
  await handIn(page, report('later.pdf', 1), 'diagnosis');
  await page.goto('/m/papers');
  await page.getByRole('button', { name: '查看：诊断证明，scan.png' }).click();
  const picture = page.getByRole('img', { name: '资料图像：诊断证明' });
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await page.getByRole('button', { name: '关闭' }).click();

  await page.route('**/api/papers/*/preview*', (route) => route.fulfill({ status: 503, body: '' }));
  await page.getByRole('button', { name: '查看：诊断证明，later.pdf' }).click();
  await expect(page.getByRole('alert')).toContainText('暂时显示不出来');
  await expect(page.getByRole('link', { name: '下载原件' })).toBeVisible();
  await page.unroute('**/api/papers/*/preview*');
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect.poll(() => colours(page, '诊断证明，第 1 页，共 1 页')).toBeGreaterThan(1);
});
