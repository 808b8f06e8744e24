/** The red-flag card as this device keeps it: general words, nothing of the person; gone with her signing out. */
export type KeptCard = { signs: string[]; does: string; hotline: string };
const KEY = 'yilu.red-flag-card';

export function keepCard({ signs, does, hotline }: KeptCard): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ signs, does, hotline }));
  } catch {
    // A device that keeps nothing still shows the card while there is a network.
  }
}
export function findKeptCard(): KeptCard | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as KeptCard | null;
  } catch {
    return null;
  }
}
export const forgetCard = (): void => localStorage.removeItem(KEY);

const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
/** The card as a page of its own, to be saved on the device: it opens without a network and without us. */
export const cardFile = (title: string, { signs, does, hotline }: KeptCard): string =>
  `data:text/html;charset=utf-8,${encodeURIComponent(
    `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><h1>${escaped(title)}</h1><ul>${signs.map((sign) => `<li>${escaped(sign)}</li>`).join('')}</ul><p><b>${escaped(does)}</b></p><p><a href="tel:120">120</a> · <a href="tel:${hotline.replace(/[^\d+]/g, '')}">${escaped(hotline)}</a></p>`,
  )}`;
