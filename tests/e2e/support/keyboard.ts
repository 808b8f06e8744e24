/** The keys alone: every stop of Tab on the way is looked at. */
import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any screen has. */
const MOST = 90;

/** What is wrong with where the focus is now, in words; empty when it can be seen. */
const unseen = (page: Page) =>
  page.evaluate(() => {
    const active = document.activeElement as HTMLElement | null;
    // Past the last stop the browser has it, and gives it back to the first.
    if (!active || active === document.body) return '';
    const words = `<${active.tagName.toLowerCase()}> ${(active.getAttribute('aria-label') ?? active.textContent ?? '').trim().slice(0, 30)}`;
    // The field that chooses a file is as large as its label, which shows the ring for it.
    const shown = active.matches('.sr-only') ? (active.closest('label') ?? active) : active;
    const ring = (element: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    };
    // The console's fields draw it on the frame around them.
    const frame = shown.closest(
      '.ant-select, .ant-picker, .ant-input-affix-wrapper, .ant-radio-wrapper, .ant-checkbox',
    );
    if (!ring(shown) && !(frame && ring(frame))) return `no ring: ${words}`;
    const box = shown.getBoundingClientRect();
    const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    if (right <= left || bottom <= top) return `out of sight: ${words}`;
    const points = [0.2, 0.5, 0.8].map((part) => top + part * (bottom - top));
    const hit = points.some((y) => {
      const found = document.elementFromPoint((left + right) / 2, y);
      return found && (shown.contains(found) || found.contains(shown) || found.closest('label')?.contains(active));
    });
    return hit ? '' : `behind something: ${words}`;
  });

/** Goes on by Tab until the target has the focus; every stop on the way shows where it is. Returns how many there were. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<number> {
  await expect(target).toBeVisible();
  const handle = await target.elementHandle();
  for (let stops = 0; stops < MOST; stops += 1) {
    if (await handle!.evaluate((element) => element === document.activeElement)) return stops;
    await page.keyboard.press(key);
    const fault = await unseen(page);
    if (fault) throw new Error(fault);
  }
  throw new Error(`${target} was not reached in ${MOST} stops`);
}

/** Goes there and presses the key that acts. */
export async function act(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Goes there and types. */
export async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

/** A sheet keeps the focus as long as it is open, and Escape gives it back to what opened it. */
export async function expectSheetHolds(page: Page, opener: Locator): Promise<void> {
  const sheet = page.getByRole('dialog');
  await expect(sheet.locator(':focus')).toHaveCount(1);
  const outside = () =>
    page.evaluate(() => {
      const active = document.activeElement;
      const within = '[role=dialog], [data-base-ui-focus-guard]';
      return !active || active === document.body || active.closest(within) ? null : active.outerHTML.slice(0, 200);
    });
  for (let stops = 0; stops < 12; stops += 1) {
    await page.keyboard.press('Tab');
    // At its end the sheet hands the focus back to its first stop, a moment later.
    await expect.poll(outside, 'what has the focus though the sheet is open').toBeNull();
  }
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(opener).toBeFocused();
}
