import { expect, test } from '@playwright/test';
import { become } from './support/people.ts';

const MOST_KIB = 130;

test("the member's first page takes at most 130 KiB of scripts and styles, as served", async ({ page }) => {
  await become(page, 'lin');
  await page.goto('/');
  await expect(page.getByRole('article', { name: '重疾门诊绿通' })).toBeVisible();
  const files = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => /\.(js|css)$/.test(new URL(name).pathname))
      .map(({ name, encodedBodySize, decodedBodySize }) => ({ name, encodedBodySize, decodedBodySize })),
  );
  const sum = (of: (file: (typeof files)[number]) => number) => files.reduce((all, file) => all + of(file), 0) / 1024;
  expect(sum(({ decodedBodySize }) => decodedBodySize)).toBeGreaterThan(0);
  const served = sum(({ encodedBodySize }) => encodedBodySize);
  test
    .info()
    .annotations.push({ type: 'first load', description: `${served.toFixed(1)} KiB in ${files.length} files` });
  expect(served, files.map(({ name, encodedBodySize }) => `${name} ${encodedBodySize}`).join('\n')).toBeLessThanOrEqual(
    MOST_KIB,
  );
});
