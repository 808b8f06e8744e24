import { expect, test } from '@playwright/test';
import { acts, caseOn, history } from './support/console.ts';
import { act, tabTo } from './support/keyboard.ts';
import { become } from './support/people.ts';

test('the case manager opens a case, notes a call and comes back to the list by keys alone', async ({ page }) => {
  await become(page, 'manager');
  await page.goto('/console/work?desk=all');
  await page.getByRole('row').nth(2).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(caseOn(page).getByRole('heading', { level: 1 })).toBeVisible();
  await act(page, acts(page).getByRole('button', { name: '内部备注' }));
  const form = acts(page).getByRole('form', { name: '内部备注' });
  await tabTo(page, form.getByLabel('备注'));
  await page.keyboard.type('用键盘记的：家属说下午回电。');
  await act(page, form.getByRole('button', { name: '内部备注' }));
  await expect(history(page).getByText('用键盘记的：家属说下午回电。')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(caseOn(page)).toHaveCount(0);
});
