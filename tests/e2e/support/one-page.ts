/** Tests that only look share a page: what the browser made of the scripts is kept from one screen to the next. */
import { test as base, type Page } from '@playwright/test';
import { countRequests } from './axe.ts';

export const test = base.extend<object, { onePage: Page }>({
  onePage: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport, isMobile, hasTouch, locale, timezoneId } = project.use;
      const context = await browser.newContext({ baseURL, viewport, isMobile, hasTouch, locale, timezoneId });
      await countRequests(context);
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],
});
