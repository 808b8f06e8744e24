/** A screen in every look that a device can give it, and what is measured in each. */
import { expect, type Page, test } from '@playwright/test';
import { expectNoViolation } from './axe.ts';

/** Widths of telephones in use: the usual, and the narrowest. */
const WIDE = 390;
const NARROW = 320;
const HEIGHT = 844;

type Look = {
  name: string;
  elder?: 'standard' | 'largest';
  dark?: true;
  /** By how much the app around the page enlarges its text: WeChat for Android everything that hangs on it, for iOS the letters alone. */
  enlarged?: 'all' | 'letters';
};
const ENLARGED = 1.5;

/** The looks in which lines break differently; dark ones differ in colour only. */
const WALKED: readonly Look[] = [
  { name: 'WeChat for Android at 1.5', enlarged: 'all' },
  { name: 'large type', elder: 'standard' },
  { name: 'largest type', elder: 'largest' },
  { name: 'WeChat for iOS at 1.5', enlarged: 'letters' },
];
const COLOURED: readonly Look[] = [
  { name: 'largest type', elder: 'largest' },
  { name: 'dark', dark: true },
  { name: 'largest type in the dark', elder: 'largest', dark: true },
];

/** Puts a look on the page in place, as the settings of the device and of the app around it would. */
async function wear(page: Page, { elder, dark, enlarged }: Omit<Look, 'name'>): Promise<void> {
  await page.evaluate(
    ([size, mode, zoom, by]) => {
      const { dataset, style } = document.documentElement;
      dataset.mode = mode;
      if (size) dataset.elder = size;
      else delete dataset.elder;
      style.fontSize = zoom === 'all' ? `${106.25 * by}%` : '';
      document.body.style.setProperty('-webkit-text-size-adjust', zoom === 'letters' ? `${100 * by}%` : '');
      // The page measures anew what enlarges it in the frame after the one that it is drawn in.
      const { zoomed } = dataset;
      dataset.zoomed = zoom;
      if ((zoomed === 'letters') === (zoom === 'letters')) return;
      return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    },
    [elder ?? '', dark ? 'dark' : 'light', enlarged ?? '', ENLARGED] as const,
  );
}

/** What is wrong with the page as it lies there, in words; `least` is the side of a target, `letters` the smallest text. */
const faultsIn = (page: Page, least: number, letters: number) =>
  page.evaluate(
    ([side, smallest]) => {
      const faults: string[] = [];
      const tell = (what: string, element: Element) => {
        const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30);
        faults.push(
          `${what}: <${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${words}`,
        );
      };
      const drawn = (element: Element) => element.checkVisibility({ visibilityProperty: true });
      // What is there only for those who hear the page is one point large.
      const heardOnly = (element: Element) => element.closest('.sr-only, .not-focus\\:sr-only') !== null;
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth > room)
        faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
      for (let element = walker.nextNode() as Element | null; element; element = walker.nextNode() as Element | null) {
        if (!drawn(element) || heardOnly(element)) continue;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== '');
        if (own) {
          if (box.right > room + 1 && !element.closest('[tabindex="0"]'))
            tell(`reaches ${Math.round(box.right)}`, element);
          const size = Number.parseFloat(style.fontSize);
          if (size < smallest - 0.1) tell(`text of ${size}`, element);
          if (smallest > 0 && Number.parseFloat(style.lineHeight) < 1.29 * size)
            tell(`lines of ${style.lineHeight}`, element);
        }
        const cut = (way: string) => way === 'hidden' || way === 'clip';
        if (cut(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.textContent)
          tell('cut off', element);
        if (cut(style.overflowY) && element.scrollHeight > element.clientHeight + 1 && element.textContent)
          tell('cut off below', element);
      }
      const targets = [
        ...document.querySelectorAll(
          'a[href], button, select, textarea, summary, input:not([type=hidden]), [role=button]',
        ),
      ].filter((element) => drawn(element) && (!heardOnly(element) || element.closest('label')));
      const boxes = targets.map((element) => {
        const field = element.closest('label') ?? element;
        // A row that is tapped anywhere lays its button over itself.
        const over = getComputedStyle(element, '::after');
        const whole =
          over.position === 'absolute' && over.content !== 'none' ? (element as HTMLElement).offsetParent : null;
        return {
          element,
          box: (whole ?? field).getBoundingClientRect(),
          inline: getComputedStyle(field).display === 'inline',
        };
      });
      // A link within a sentence is as high as its line.
      for (const { element, box, inline } of boxes)
        if (!inline && (box.width < side - 0.5 || box.height < side - 0.5))
          tell(`target of ${Math.round(box.width)} × ${Math.round(box.height)}`, element);
      return faults;
    },
    [least, letters] as const,
  );

/** Walks the screen in every look, at both widths: nothing wider than the page, cut off, too small to read or to hit. */
export async function expectRoom(page: Page): Promise<void> {
  const faults: string[] = [];
  for (const width of [WIDE, NARROW]) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const look of WALKED) {
      await wear(page, look);
      for (const fault of await faultsIn(page, look.elder ? 60 : 44, look.elder ? 18 : 0))
        faults.push(`${look.name}, ${width} wide: ${fault}`);
    }
  }
  expect.soft(faults).toEqual([]);
  await wear(page, {});
  await page.setViewportSize({ width: WIDE, height: HEIGHT });
}

/** Axe in every look: only colours differ from the one that was looked at in full; sizes are measured. */
export async function expectNoViolationInAnyLook(page: Page): Promise<void> {
  for (const look of COLOURED)
    await test.step(look.name, async () => {
      await wear(page, look);
      await expectNoViolation(page, 'colour');
    });
  await wear(page, {});
}
