/** The console as its users handle it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { become, caseOf } from './people.ts';

/** The case page beside the list, in its three columns. */
export const caseOn = (page: Page) => page.getByRole('article', { name: '案件' });
export const acts = (page: Page) => caseOn(page).getByRole('region', { name: '我现在可以' });
export const history = (page: Page) => caseOn(page).getByRole('region', { name: '进展与消息' });
/** The line at the top that says whose turn it is. */
export const turnLine = (page: Page) => caseOn(page).getByText(/^现在轮到/);

/** Picks an option of a list by the words in it; what is typed narrows a list that is searched on the server. */
export async function choose(page: Page, field: Locator, option: string, typed = ''): Promise<void> {
  const select = field.locator('xpath=ancestor::*[contains(@class, "ant-select ")][1]');
  const found = page.getByTitle(option, { exact: true }).last();
  await field.click();
  if (typed) await field.fill(typed);
  // A list that is still being narrowed can be drawn anew under the click, which is lost then: one looks and clicks again.
  await expect(async () => {
    await found.click({ timeout: 5_000 });
    await expect(select).toContainText(option, { timeout: 2_000 });
  }).toPass();
}

/** Types a day, or a day and a time, into a field with a calendar. */
export async function fillDay(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press('Enter');
  await expect(field).toHaveValue(text);
}

/** The id of a member's case, read as the member. */
export async function caseIdOf(page: Page, account: string): Promise<{ id: string; number: string }> {
  await become(page, account);
  return caseOf(page);
}

/** Opens the member's case as a colleague. */
export async function openAs(page: Page, account: string, member: string): Promise<{ id: string; number: string }> {
  const found = await caseIdOf(page, member);
  await become(page, account);
  await page.goto(`/console/work/${found.id}`);
  await expect(caseOn(page).getByRole('heading', { level: 1 })).toBeVisible();
  return found;
}
