import { isDay } from '#domain/calendar/day.ts';

/** A resident ID number with what it says of its holder. `number` has 18 characters, upper case. */
export type ResidentId = { readonly number: string; readonly bornOn: string; readonly sex: 'F' | 'M' };
/** `form`: neither 18 nor 15 characters of the right kind; `birth-day`: its date does not exist; `check-digit`: mistyped. */
export type ResidentIdFault = 'form' | 'birth-day' | 'check-digit';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/** The 18th character of GB 11643 for the first 17 digits (ISO 7064 MOD 11-2). */
export function residentCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_CHARACTERS[sum % 11] ?? '';
}

/**
 * Reads a resident ID number (GB 11643-1999). The 15 digits of before 1999 carry no check digit; they come out as the
 * 18 that the same person has now, so that both find one person.
 */
export function readResidentId(raw: string): ResidentId | { readonly fault: ResidentIdFault } {
  const text = raw.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (/^\d{15}$/.test(text)) {
    const first17 = `${text.slice(0, 6)}19${text.slice(6)}`;
    return read18(`${first17}${residentCheckCharacter(first17)}`);
  }
  return /^\d{17}[\dX]$/.test(text) ? read18(text) : { fault: 'form' };
}

function read18(number: string): ResidentId | { fault: ResidentIdFault } {
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isDay(bornOn)) return { fault: 'birth-day' };
  if (residentCheckCharacter(number) !== number[17]) return { fault: 'check-digit' };
  return { number, bornOn, sex: Number(number[16]) % 2 === 1 ? 'M' : 'F' };
}
