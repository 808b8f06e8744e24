/** How this device shows the pages: dark or light, large text. Kept on the device; it says nothing about the person. */
export type Shade = 'auto' | 'light' | 'dark';
const SHADE = 'yilu.shade';
const ELDER = 'yilu.elder';

export function readShade(): Shade {
  const kept = localStorage.getItem(SHADE);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export function readElder(): boolean {
  return localStorage.getItem(ELDER) === '1';
}

export function keepShade(shade: Shade): void {
  localStorage.setItem(SHADE, shade);
  applyModes();
}

export function keepElder(elder: boolean): void {
  localStorage.setItem(ELDER, elder ? '1' : '0');
  applyModes();
}

/** Puts the kept modes on the page; called before the first render and after each change. */
export function applyModes(): void {
  const page = document.documentElement;
  const shade = readShade();
  const dark = shade === 'dark' || (shade === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  page.dataset.mode = dark ? 'dark' : 'light';
  if (readElder()) page.dataset.elder = '';
  else delete page.dataset.elder;
}
