import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { alongside, become, read } from './support/people.ts';

/** The child's case, as the guardian finds it. */
const childCase = async (browser: Parameters<typeof alongside>[0]): Promise<string> => {
  let id = '';
  await alongside(browser, 'lv', async (guardian) => {
    const { items } = await read<{ items: { id: string; person: { name: string } }[] }>(guardian, '/cases');
    id = items.find(({ person }) => person.name === '吕小宝')!.id;
  });
  return id;
};

test('a minor’s case: the case manager has asked and waits, and it opens by itself when the supervisor agrees', async ({
  page,
  browser,
}) => {
  const id = await childCase(browser);
  await become(page, 'manager');
  await page.goto(`/console/work/${id}`);
  await expect(page.getByRole('heading', { name: '已提出申请，等主管决定' })).toBeVisible();
  await expectAccessible(page);
  await alongside(browser, 'supervisor', async (supervisor) => {
    await supervisor.goto('/console/approvals');
    const asked = supervisor.getByRole('article').filter({ hasText: '查看未成年人资料' }).filter({ hasText: '晴川' });
    await expect(asked).toContainText('需要查看病情来写就医路径');
    await asked.getByRole('button', { name: '同意', exact: true }).click();
    await expect(asked.getByRole('button')).toHaveCount(0);
  });
  await expect(page.getByRole('heading', { name: '时效' })).toBeVisible();
});

test('a minor’s case: who has no access asks with a reason, and reads why it was refused', async ({
  page,
  browser,
}) => {
  const id = await childCase(browser);
  await become(page, 'reviewer2');
  await page.goto(`/console/work/${id}`);
  await expect(page.getByRole('heading', { name: '未成年人的资料，须先经主管同意' })).toBeVisible();
  await expectAccessible(page);
  const ask = page.getByRole('button', { name: '请主管同意' });
  await expect(ask).toBeDisabled();
  await page.getByLabel(/为什么需要查看/).fill('顶班，今天由我审核');
  await ask.click();
  await expect(page.getByRole('heading', { name: '已提出申请，等主管决定' })).toBeVisible();
  await alongside(browser, 'supervisor', async (supervisor) => {
    await supervisor.goto('/console/approvals');
    const asked = supervisor.getByRole('article').filter({ hasText: '顶班，今天由我审核' });
    await asked.getByLabel('说明（选填）').fill('已由方正审核');
    await asked.getByRole('button', { name: '不同意' }).click();
    await expect(asked.getByRole('button')).toHaveCount(0);
  });
  await expect(page.getByRole('heading', { name: '主管没有同意' })).toBeVisible();
  await expect(page.getByText('主管的说明：已由方正审核')).toBeVisible();
});
