/** Every page as axe sees it. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Waits until the page's data is there and nothing moves, then expects no violation of WCAG 2.2 A and AA and best practice. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.getByRole('main').getByLabel('正在读取').or(page.getByLabel('Loading'))).toHaveCount(0);
  await expect(page.locator('.ant-skeleton, .ant-spin-spinning')).toHaveCount(0);
  await expectNoViolation(page);
}

/** What may change when only colours and sizes do; names, roles and order were looked at before. */
const OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** The same for what shows now, be it a sheet over a page, or the same page in another look. */
export async function expectNoViolation(page: Page, onlyLooks = false): Promise<void> {
  // A colour half-way through a transition is not one that anybody reads.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  // No frame of ours comes from elsewhere: results need no second page to be gathered in, which takes longer than the rules.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (onlyLooks) axe.withRules(OF_LOOKS);
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ target, failureSummary }) => [target, failureSummary]),
    })),
  ).toEqual([]);
}

/** The same page in English, as the switch of either page keeps it on the device. */
export const inEnglish = (page: Page): Promise<void> => inLanguage(page, 'en');
export const inChinese = (page: Page): Promise<void> => inLanguage(page, 'zh-CN');

async function inLanguage(page: Page, locale: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem('yilu.locale', chosen), locale);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', locale);
}
