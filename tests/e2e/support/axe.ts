/** Every page as axe sees it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const require = createRequire(import.meta.url);
const SOURCE = readFileSync(createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core'), 'utf8');

type Found = { id: string; where: [string, string | undefined][] };
type Axe = {
  run: (
    context: Document,
    options: { resultTypes: ['violations']; runOnly?: string[] },
  ) => Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }>;
};

/** Waits until the page's data is there and nothing moves. */
export async function expectSettled(page: Page): Promise<void> {
  // A sheet hides the page behind it from those who hear it, its heading with it.
  await expect(page.locator('h1, [role=dialog]').first()).toBeVisible();
  await expect(page.getByLabel('正在读取').or(page.getByLabel('Loading'))).toHaveCount(0);
  await expect(page.locator('.bone, .ant-skeleton, .ant-spin-spinning')).toHaveCount(0);
  // A colour half-way through a transition is not one that anybody reads.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
}

/** Waits until the page is there, then expects no violation of WCAG 2.2 A and AA and best practice. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectSettled(page);
  await expectNoViolation(page);
}

/** What may change when only colours and sizes do; names, roles and order were looked at before. */
const OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** The same for what shows now, be it a sheet over a page, or the same page in another look. */
export async function expectNoViolation(page: Page, onlyLooks = false): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const found = await page.evaluate(
    async (runOnly) => {
      const { axe } = window as unknown as { axe: Axe };
      const options = { resultTypes: ['violations'] as ['violations'], ...(runOnly ? { runOnly } : {}) };
      const { violations } = await axe.run(document, options);
      return violations.map(
        ({ id, nodes }): Found => ({ id, where: nodes.map((node) => [`${node.target}`, node.failureSummary]) }),
      );
    },
    onlyLooks ? OF_LOOKS : null,
  );
  expect(found).toEqual([]);
}

/** The same page in English, as the switch of either page keeps it on the device. */
export const inEnglish = (page: Page): Promise<void> => inLanguage(page, 'en');
export const inChinese = (page: Page): Promise<void> => inLanguage(page, 'zh-CN');

async function inLanguage(page: Page, locale: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem('yilu.locale', chosen), locale);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', locale);
}
