import { test } from '@playwright/test';
import { expectNoViolation, expectSettled, inEnglish } from './support/axe.ts';
import { expectNoViolationInAnyLook, expectRoom } from './support/looks.ts';
import { MEMBER_SCREENS, pathOf } from './support/screens.ts';

for (const screen of MEMBER_SCREENS)
  test(`${screen.id}: no barrier`, async ({ page }) => {
    const ready = async () => {
      await expectSettled(page);
      if (!screen.open) return;
      await screen.open(page);
      await expectSettled(page);
    };
    await page.goto(await pathOf(page, screen));
    await test.step('in Chinese', async () => {
      await ready();
      await test.step('axe', () => expectNoViolation(page));
      await test.step('axe in looks', () => expectNoViolationInAnyLook(page));
      await test.step('room', () => expectRoom(page));
    });
    await inEnglish(page);
    await test.step('in English', async () => {
      await ready();
      await test.step('axe', () => expectNoViolation(page));
      await test.step('room', () => expectRoom(page));
    });
  });
