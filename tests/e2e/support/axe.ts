/** Every page as axe sees it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type BrowserContext, expect, type Page } from '@playwright/test';

const require = createRequire(import.meta.url);
const SOURCE = readFileSync(
  createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
);

type Found = { id: string; where: [string, string | undefined][] };
type Axe = {
  run: (
    context: Document,
    options: {
      resultTypes: ['violations'];
      runOnly?: readonly string[];
      rules?: Record<string, { enabled: boolean }>;
    },
  ) => Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }>;
};

/** Waits until the page's data is there and nothing moves; asked in the page itself, so that no turn is lost. */
export async function expectSettled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    // A sheet hides the page behind it from those who hear it, its heading with it.
    const there = [...document.querySelectorAll('h1, [role=dialog]')].some((element) => element.checkVisibility());
    const coming = '.bone, .ant-skeleton, .ant-spin-spinning, [aria-label="正在读取"], [aria-label="Loading"]';
    const { asking } = window as unknown as { asking?: { now: number; since: number } };
    const quiet = !asking || (asking.now === 0 && performance.now() - asking.since > 50);
    return quiet && there && !document.querySelector(coming);
  });
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

/** Keeps count of what the page asks for, so that parts that come on their own are waited for; before the page is opened. */
export const countRequests = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const asking = Object.assign(window, { asking: { now: 0, since: 0 } }).asking;
    const real = window.fetch;
    const count = (by: number) => {
      asking.now += by;
      asking.since = performance.now();
    };
    window.fetch = (...what) => {
      count(1);
      return real(...what).finally(() => count(-1));
    };
  });

/** All rules; without those of colour, which no language changes; or those alone, when only the look is another. */
type Rules = 'all' | 'all-but-colour' | 'colour';
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** The same for what shows now, be it a sheet over a page, or the same page in another look. */
export async function expectNoViolation(page: Page, rules: Rules = 'all'): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const found = await page.evaluate(
    async ([which, ofColour]) => {
      const { axe } = window as unknown as { axe: Axe };
      const { violations } = await axe.run(document, {
        resultTypes: ['violations'],
        ...(which === 'colour' ? { runOnly: ofColour } : {}),
        ...(which === 'all-but-colour'
          ? { rules: Object.fromEntries(ofColour.map((rule) => [rule, { enabled: false }])) }
          : {}),
      });
      return violations.map(
        ({ id, nodes }): Found => ({ id, where: nodes.map((node) => [`${node.target}`, node.failureSummary]) }),
      );
    },
    [rules, OF_COLOUR] as const,
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
