import { expect, test } from '@playwright/test';
import { idNumberOf, PERSONAS } from '#server/sandbox/people.ts';
import { openWeChat } from '#tests/support/wechat-stand-in.ts';
import { expectNoViolation } from './support/axe.ts';
import { read } from './support/people.ts';
import { WECHAT } from './support/test-env.ts';

test.use({
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.54 NetType/4G Language/zh_CN',
});

test('inside WeChat a member binds with code, name and ID number, comes straight in the next time, and takes it back', async ({
  page,
  browser,
  baseURL,
}) => {
  const wu = PERSONAS.find(({ key }) => key === 'wu')!;
  const wechat = await openWeChat(baseURL!, Number(new URL(baseURL!).port) + WECHAT.portAbove);
  wechat.become('openid-of-wu');
  try {
    await page.goto('/m/settings');
    await page.getByRole('link', { name: '微信登录' }).click();
    await expect(page.getByRole('heading', { name: '绑定微信' })).toBeVisible();
    await page.getByLabel('手机号').fill(wu.phone);
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.getByLabel('姓名').fill(wu.name);
    await expectNoViolation(page);
    type Sent = { items: { to: string; body: string }[] };
    const code = async () =>
      (await read<Sent>(page, '/sandbox/messages')).items
        .find(({ to, body }) => to === wu.phone && body.includes('绑定微信'))
        ?.body.match(/\d{6}/)?.[0];
    await expect.poll(code).toBeTruthy();
    await page.getByLabel('验证码').fill((await code())!);
    await page.getByLabel('证件号码').fill('11010119800101001X');
    await page.getByRole('button', { name: '绑定并登录' }).click();
    await expect(page.getByRole('alert').filter({ hasText: '还可以试 4 次' })).toBeVisible();
    await page.getByLabel('证件号码').fill(idNumberOf(wu));
    await page.getByRole('button', { name: '绑定并登录' }).click();
    const binding = page.getByRole('region', { name: '微信' });
    await expect(binding).toContainText('已绑定');

    const other = await browser.newContext({ userAgent: await page.evaluate(() => navigator.userAgent) });
    const again = await other.newPage();
    await again.goto(`${baseURL}/api/wechat/start?to=/m/settings`);
    await expect(again.getByText(`${wu.name}`)).toBeVisible();
    // What shares a page is taken out of WeChat's menu, by WeChat's own script.
    await expect
      .poll(() => again.evaluate(() => JSON.stringify((window as { wxAsked?: unknown }).wxAsked ?? [])))
      .toMatch(/"appId":"wx0123456789abcdef".*menuItem:share:timeline/);
    await other.close();

    await binding.getByRole('button', { name: '解除绑定' }).click();
    await expect(binding).toContainText('已解除绑定');
  } finally {
    await wechat.close();
  }
});

test('who comes back to another browser is told, and the telephone number still leads in', async ({ page }) => {
  // Nobody left for WeChat from this browser.
  await page.goto('/api/wechat/callback?code=1&state=2');
  await expect(page.getByRole('alert')).toContainText('已经失效');
  await expect(page.getByLabel('手机号')).toBeVisible();
});
