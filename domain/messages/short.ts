/** The characters that a field of words takes in a message of WeChat. */
export const SHORT_LENGTH = 20;

/**
 * An outside text as it fits into one field of a WeChat message: its first sentence, without who writes and without the
 * year and weekday of a moment. It says no more than the outside text does.
 */
export function shortOutside(outside: string): string {
  const sentence = outside.replace(/^【[^】]*】/, '').split(/[。！]/)[0] ?? '';
  const plain = sentence.replace(/\d{4}年(?=\d)/g, '').replace(/（周.）/g, '');
  const short = fits(plain) ? plain : plain.replace(/^.*在(?=\d)/, '请在');
  return fits(short) ? short : `${[...short].slice(0, SHORT_LENGTH - 1).join('')}…`;
}

const fits = (text: string): boolean => [...text].length <= SHORT_LENGTH;
