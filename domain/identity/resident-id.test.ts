import { describe, expect, test } from 'vitest';
import { readIdDocument } from './id-document.ts';
import { readResidentId } from './resident-id.ts';

// The two worked numbers printed in GB 11643 itself, and the X one.
describe('a resident ID number', () => {
  test.each([
    ['11010519491231002X', '1949-12-31', 'F'],
    ['440524188001010014', '1880-01-01', 'M'],
  ])('%s is right and tells birth day and sex', (number, bornOn, sex) => {
    expect(readResidentId(number)).toEqual({ number, bornOn, sex });
  });
  test('may be typed with spaces, in full width and with a small x', () => {
    expect(readResidentId(' 110105 19491231 002x')).toMatchObject({ number: '11010519491231002X' });
    expect(readResidentId('１１０１０５１９４９１２３１００２Ｘ')).toMatchObject({ number: '11010519491231002X' });
  });
  test('of 15 digits is the same person as the 18 digits', () => {
    expect(readResidentId('110105491231002')).toEqual({ number: '11010519491231002X', bornOn: '1949-12-31', sex: 'F' });
  });
  test('with one digit changed has a wrong check digit, whichever digit it is', () => {
    const number = '440524188001010014';
    for (const i of [0, 1, 5, 15, 16, 17]) {
      const changed = `${number.slice(0, i)}${(Number(number[i]) + 1) % 10}${number.slice(i + 1)}`;
      expect(readResidentId(changed), changed).toEqual({ fault: 'check-digit' });
    }
  });
  test('whose date does not exist is told as that', () => {
    expect(readResidentId('110105199002300010')).toEqual({ fault: 'birth-day' });
  });
  test('of another length or with letters has no form', () => {
    for (const bad of ['', '1101051949123100', '1101051949123100XX', 'X1010519491231002X'])
      expect(readResidentId(bad), bad).toEqual({ fault: 'form' });
  });
});

describe('another document', () => {
  test('passes through in upper case, without a check digit', () => {
    expect(readIdDocument('passport', 'e1234 5678')).toEqual({ number: 'E12345678' });
    expect(readIdDocument('hk-mo-permit', 'h0123456701')).toEqual({ number: 'H0123456701' });
  });
  test('with signs no document has is refused', () => {
    expect(readIdDocument('passport', 'E12/45')).toEqual({ fault: 'form' });
  });
});
