import { expectNoViolation, expectSettled } from './support/axe.ts';
import { test } from './support/one-page.ts';
import { CONSOLE_SCREENS, inLanguage, pathOf } from './support/screens.ts';
import { expectTree } from './support/tree.ts';

for (const screen of CONSOLE_SCREENS)
  test(`${screen.id}: no barrier`, async ({ onePage: page }) => {
    const path = await pathOf(page, screen);
    for (const locale of ['zh-CN', 'en'] as const)
      await test.step(locale, async () => {
        await inLanguage(page, locale, path);
        await expectSettled(page);
        if (screen.open) {
          await screen.open(page);
          await expectSettled(page);
        }
        if (locale === 'zh-CN') await test.step('tree', () => expectTree(page, `console/${screen.id}`));
        await test.step('axe', () => expectNoViolation(page, locale === 'en' ? 'all-but-colour' : 'all'));
      });
  });
