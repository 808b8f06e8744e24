/** What a password of staff must be, and each thing that is wrong with one. */
export type PasswordFault = 'too-short' | 'too-long' | 'too-plain' | 'too-common' | 'holds-your-name';

export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;

// Stems that people build long passwords from; a password that is little more than one of them is refused.
const STEMS =
  'password passw0rd p@ssw0rd p@ssword qwertyuiop qwerty asdfghjkl zxcvbnm 1qaz2wsx 1q2w3e4r letmein welcome administrator admin iloveyou woaini abcdefgh abc123 123456789 1234567890 88888888 66666666 yilu healthcare baoxian'.split(
    ' ',
  );

/**
 * Every rule the password breaks; none = good. Length 12 to 128, three of four classes of characters (等保2.0 asks for
 * complexity), not built from a common stem, not from the owner's e-mail or name.
 */
export function checkPassword(password: string, owner: { email: string; name: string }): PasswordFault[] {
  const faults: PasswordFault[] = [];
  const letters = [...password];
  if (letters.length < PASSWORD_LENGTH.least) faults.push('too-short');
  if (letters.length > PASSWORD_LENGTH.most) faults.push('too-long');
  // A long passphrase needs no mix: its length is worth more.
  if (letters.length < 20 && countClasses(password) < 3) faults.push('too-plain');

  const plain = password.toLowerCase();
  if (STEMS.some((stem) => plain.includes(stem) && plain.length - stem.length < 6)) faults.push('too-common');
  if (new Set(letters).size < 6) faults.push('too-common');
  const own = [owner.email.split('@')[0] ?? '', owner.name].map((part) => part.toLowerCase());
  if (own.some((part) => part.length >= 3 && plain.includes(part))) faults.push('holds-your-name');
  return [...new Set(faults)];
}

function countClasses(password: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
}

const words: Record<PasswordFault, { zh: string; en: string }> = {
  'too-short': { zh: '至少 12 个字符', en: 'Use 12 characters or more' },
  'too-long': { zh: '最多 128 个字符', en: 'Use at most 128 characters' },
  'too-plain': {
    zh: '请混用大写、小写、数字、符号中的三类，或使用 20 个字符以上的长句',
    en: 'Mix three of capitals, small letters, digits and signs, or use a phrase of 20 characters or more',
  },
  'too-common': { zh: '太常见，容易被猜到', en: 'It is too common and easily guessed' },
  'holds-your-name': { zh: '不能包含您的邮箱或姓名', en: 'It must not hold your e-mail or name' },
};

/** A fault in words. */
export function explainPasswordFault(fault: PasswordFault, lang: 'zh' | 'en'): string {
  return words[fault][lang];
}
