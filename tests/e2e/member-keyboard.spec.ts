import { expect, type Page, test } from '@playwright/test';
import { idNumberOf, PERSONAS } from '#server/sandbox/people.ts';
import { act, expectSheetHolds, tabTo, type } from './support/keyboard.ts';
import { expectRoom } from './support/looks.ts';
import { photo } from './support/paper.ts';
import { become, caseOf, read } from './support/people.ts';

const GE = PERSONAS.find(({ key }) => key === 'ge')!;
const next = (page: Page) => act(page, page.getByRole('button', { name: '下一步' }));

/** A day as it is typed into the browser's own field, in the order of the browser of the tests. */
const day = (page: Page, field: string, typed: string) => type(page, page.getByLabel(field), typed);

async function codeFor(page: Page): Promise<string> {
  let code = '';
  await expect
    .poll(async () => {
      const { items } = await read<{ items: { to: string; body: string }[] }>(page, '/sandbox/messages');
      code = /\d{6}/.exec(items.find(({ to, body }) => to === GE.phone && /验证码/.test(body))?.body ?? '')?.[0] ?? '';
      return code;
    })
    .not.toBe('');
  return code;
}

test('葛丽君 signs in by telephone and asks for an expert without touching the screen', async ({ page }) => {
  // From the first listener on, the browser hands its chooser over; asked for at the moment of the key it may come too late.
  page.on('filechooser', () => {});
  await page.goto('/');
  await test.step('number, code, and who she is', async () => {
    await type(page, page.getByLabel('手机号'), GE.phone);
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('验证码')).toBeFocused();
    await page.keyboard.type(await codeFor(page));
    await page.keyboard.press('Enter');
    await type(page, page.getByLabel('证件号后 6 位'), idNumberOf(GE).slice(-6));
    const [year, month, date] = GE.bornOn.split('-');
    await day(page, '出生日期', `${month}${date}${year}`);
    await act(page, page.getByRole('button', { name: '登录' }));
    await expect(page.getByRole('heading', { level: 1, name: '健康服务' })).toBeFocused();
  });

  await test.step('past what stands on every screen, to the service', async () => {
    await page.reload();
    await page.getByRole('article').first().waitFor();
    await act(page, page.getByRole('button', { name: '跳到正文' }));
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await act(page, page.getByRole('link', { name: '申请 重疾门诊绿通' }));
    await expect(page.getByRole('heading', { level: 1, name: '重疾门诊绿通' })).toBeFocused();
  });

  await test.step('illness and days; what is missing takes the focus', async () => {
    await next(page);
    await expect(page.getByRole('searchbox', { name: '查找疾病' })).toBeFocused();
    await page.keyboard.type('恶性肿瘤');
    await act(page, page.getByRole('button', { name: '恶性肿瘤——重度', exact: true }));
    await expect(page.getByRole('button', { name: /^修改：/ })).toBeFocused();
    await day(page, '首次感到不适', '10202026');
    await day(page, '病理或诊断日期', '11122026');
    await next(page);
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeFocused();
  });

  await test.step('a hospital of the list', async () => {
    await type(page, page.getByRole('searchbox'), '附属肿瘤');
    await act(page, page.getByRole('button', { name: /复旦大学附属肿瘤医院/ }).first());
    await act(page, page.getByRole('radio', { name: '肿瘤科' }), 'Space');
    await expectRoom(page);
    await next(page);
  });

  await test.step('papers: the chooser opens from the keys', async () => {
    for (const name of ['诊断', '病理']) {
      await tabTo(page, page.getByLabel(new RegExp(`拍照或选文件.*：${name}`)));
      const chooser = page.waitForEvent('filechooser');
      await page.keyboard.press('Space');
      await (await chooser).setFiles(await photo(`${name}.png`));
      await expect(page.getByText(`${name}.png`)).toBeVisible();
    }
    await expect(page.getByText('资料齐了。')).toBeVisible();
    await expectRoom(page);
    await next(page);
  });

  await test.step('notices and the consent on its sheet', async () => {
    await page.getByRole('checkbox').first().waitFor();
    for (const box of await page.getByRole('checkbox').all()) await act(page, box, 'Space');
    const opener = page.getByRole('button', { name: '看清内容再决定' });
    await act(page, opener);
    await expectSheetHolds(page, opener);
    await page.keyboard.press('Enter');
    await act(page, page.getByRole('dialog').getByRole('button', { name: /^同意交给/ }));
    await expect(page.getByRole('button', { name: '再看一遍' })).toBeFocused();
    await expectRoom(page);
    await next(page);
  });

  await expect(page.getByRole('region', { name: '提交前请知道' })).toBeVisible();
  await expectRoom(page);
  await act(page, page.getByRole('button', { name: '提交申请' }));
  await expect(page.getByText('已提交。接下来轮到谁、什么时候办好，都在下面。')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  await test.step('a paper opens, and gives the focus back', async () => {
    const paper = page.getByRole('button', { name: /^查看：诊断证明/ });
    await act(page, paper);
    await expectSheetHolds(page, paper);
  });
});

test('[2.2.9] 沈若云 answers her slot by keys, and is told what cancelling costs before', async ({ page }) => {
  await become(page, 'shen');
  await page.goto(`/m/cases/${(await caseOf(page)).id}`);
  const offer = page.getByRole('region', { name: '就诊安排' });
  await expect(offer).toContainText('请在今天 18:00 前答复');
  const confirm = page.getByRole('main').getByRole('button', { name: '确认这个号源' });
  await act(page, confirm);
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText(/取消.*计为已使用 1 次/);
  await expectSheetHolds(page, confirm);
  await page.keyboard.press('Enter');
  await act(page, sheet.getByRole('button', { name: '确认这个号源' }));
  await expect(offer).toContainText('已确认');
  await expect(page.getByRole('region', { name: '现在轮到谁' })).toContainText('按时就诊');
});

test('somebody picks a demonstration person and the largest type by keys', async ({ page }) => {
  await page.goto('/');
  await act(page, page.getByRole('button', { name: /^王秀兰/ }));
  await act(page, page.getByRole('navigation').getByRole('link', { name: '我的' }));
  await act(page, page.getByRole('link', { name: '设置' }));
  await tabTo(page, page.getByRole('radio', { name: '标准版' }));
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('html')).toHaveAttribute('data-elder', 'standard');
  await tabTo(page, page.getByRole('group', { name: '长辈版的字号' }).getByRole('radio', { name: '标准' }));
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('html')).toHaveAttribute('data-elder', 'largest');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-elder', 'largest');
});
