import { type Page, test } from '@playwright/test';
import { expectAccessible, expectNoViolation, inEnglish } from './support/axe.ts';
import { MEMBER_SCREENS, pathOf } from './support/screens.ts';

/** The page in one piece: what lies under the bar at its end at this moment is a thumb's move away, and no small target. */
const unfold = async (page: Page) =>
  page.setViewportSize({
    width: 390,
    height: Math.ceil(1.6 * (await page.evaluate(() => document.documentElement.scrollHeight))),
  });

/** How a device shows the pages, as the settings of my page keep it: the language needs a new page, the rest does not. */
async function inEveryLook(page: Page, open: (page: Page) => Promise<unknown>): Promise<void> {
  const look = (shade: string, elder: boolean) =>
    page.evaluate(
      ([mode, large]) => {
        const { dataset } = document.documentElement;
        dataset.mode = mode;
        if (large) dataset.elder = '';
        else delete dataset.elder;
      },
      [shade, elder] as const,
    );
  await open(page);
  await test.step('in Chinese', () => expectAccessible(page));
  await unfold(page);
  await look('light', true);
  await test.step('in large type', () => expectNoViolation(page, true));
  await look('dark', false);
  await test.step('in the dark', () => expectNoViolation(page, true));
  await page.setViewportSize({ width: 390, height: 844 });
  await inEnglish(page);
  await open(page);
  await test.step('in English', () => expectAccessible(page));
}

for (const screen of MEMBER_SCREENS)
  test(`${screen.id}: no barrier`, async ({ page }) => {
    await page.goto(await pathOf(page, screen));
    await inEveryLook(page, async () => {
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await screen.open?.(page);
    });
  });
