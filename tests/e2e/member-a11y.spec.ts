import { expectNoViolation, expectSettled } from './support/axe.ts';
import { expectNoViolationInAnyLook, expectRoom } from './support/looks.ts';
import { test } from './support/one-page.ts';
import { inLanguage, MEMBER_SCREENS, pathOf } from './support/screens.ts';
import { expectTree } from './support/tree.ts';

for (const screen of MEMBER_SCREENS)
  test(`${screen.id}: no barrier`, async ({ onePage: page }) => {
    const path = await pathOf(page, screen);
    const open = async (locale: 'zh-CN' | 'en') => {
      await inLanguage(page, locale, path);
      await expectSettled(page);
      if (!screen.open) return;
      await screen.open(page);
      await expectSettled(page);
    };
    await test.step('in Chinese', async () => {
      await test.step('open', () => open('zh-CN'));
      await test.step('tree', () => expectTree(page, `member/${screen.id}`));
      await test.step('axe', () => expectNoViolation(page));
      await test.step('axe in looks', () => expectNoViolationInAnyLook(page));
      await test.step('room', () => expectRoom(page));
    });
    await test.step('in English', async () => {
      await test.step('open', () => open('en'));
      await test.step('axe', () => expectNoViolation(page, 'all-but-colour'));
      await test.step('room', () => expectRoom(page));
    });
  });
