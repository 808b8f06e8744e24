import { test } from '@playwright/test';
import { expectAccessible, expectSettled, inEnglish } from './support/axe.ts';
import { CONSOLE_SCREENS, pathOf } from './support/screens.ts';

for (const screen of CONSOLE_SCREENS)
  test(`${screen.id}: no barrier`, async ({ page }) => {
    await page.goto(await pathOf(page, screen));
    if (screen.open) {
      await expectSettled(page);
      await screen.open(page);
    }
    await expectAccessible(page);
    await inEnglish(page);
    if (screen.open) {
      await expectSettled(page);
      await screen.open(page);
    }
    await expectAccessible(page);
  });
