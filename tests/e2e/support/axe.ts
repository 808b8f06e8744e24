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

/** The same for what shows now, be it a sheet over a page. */
export async function expectNoViolation(page: Page): Promise<void> {
  // A colour half-way through a transition is not one that anybody reads.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ target, failureSummary }) => [target, failureSummary]),
    })),
  ).toEqual([]);
}
