/** How this device shows the pages: dark or light, large type. Kept on the device; it says nothing about the person. */
export type Shade = 'auto' | 'light' | 'dark';
/** The sizes of 长辈版, body text of 20, 24 and 30; the empty one is the usual page. */
export const ELDER_SIZES = ['standard', 'large', 'largest'] as const;
export type Elder = '' | (typeof ELDER_SIZES)[number];
const SHADE = 'yilu.shade';
const ELDER = 'yilu.elder';

export function readShade(): Shade {
  const kept = localStorage.getItem(SHADE);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export function readElder(): Elder {
  const kept = localStorage.getItem(ELDER);
  return ELDER_SIZES.find((size) => size === kept) ?? '';
}

export function keepShade(shade: Shade): void {
  localStorage.setItem(SHADE, shade);
  applyModes();
}

export function keepElder(elder: Elder): void {
  localStorage.setItem(ELDER, elder);
  applyModes();
}

const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)');

/** Puts the kept modes on the page; called before the first render and after each change. */
export function applyModes(): void {
  const page = document.documentElement;
  const shade = readShade();
  const elder = readElder();
  page.dataset.mode = shade === 'dark' || (shade === 'auto' && systemIsDark().matches) ? 'dark' : 'light';
  if (elder) page.dataset.elder = elder;
  else delete page.dataset.elder;
}

/** Follows what changes while the page is open: the system's light, and another tab of the same device. */
export function followModes(): void {
  systemIsDark().addEventListener('change', applyModes);
  window.addEventListener('storage', applyModes);
}

/**
 * Measures by how much the app around the page enlarges its text, as WeChat's own font size does, and tells the styles
 * (`--zoom`): large type takes it out again, so that the two do not multiply (docs/decisions/0024-large-type.md).
 */
export function followZoom(): void {
  const probe = document.createElement('span');
  probe.setAttribute('aria-hidden', 'true');
  // Its letters are as tall as it says unless somebody else has a say.
  probe.style.cssText = `position:absolute;visibility:hidden;top:0;font:${PROBE_PX}px/1 sans-serif`;
  probe.textContent = '一';
  document.body.append(probe);
  const measure = () => {
    const zoom = probe.getBoundingClientRect().width / PROBE_PX;
    if (zoom > 0) document.documentElement.style.setProperty('--zoom', zoom.toFixed(3));
  };
  new ResizeObserver(measure).observe(probe);
}
const PROBE_PX = 20;
