/** How persons look until somebody opens them with a reason. */

/** 林小满 → 林**; a Latin name keeps its first letter. */
export const maskName = (name: string): string => (name.length === 0 ? '' : `${[...name][0]}**`);
/** The last four characters only. */
export const maskId = (id: string): string =>
  id.length <= 4 ? '****' : `${'*'.repeat(Math.min(id.length - 4, 14))}${id.slice(-4)}`;
/** 138****5678 */
export const maskPhone = (phone: string): string =>
  phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
