import { test } from '@playwright/test';
import { expectAccessible, inEnglish } from './support/axe.ts';
import { CONSOLE_SCREENS, pathOf } from './support/screens.ts';

for (const screen of CONSOLE_SCREENS)
  test(`${screen.id}: no barrier`, async ({ page }) => {
    await page.goto(await pathOf(page, screen));
    await screen.open?.(page);
    await expectAccessible(page);
    await inEnglish(page);
    await screen.open?.(page);
    await expectAccessible(page);
  });
