import { expect, test } from 'vitest';
import { fileFault } from './file-fault.ts';

test('what cannot be taken is said before it is sent', () => {
  expect(fileFault({ type: 'image/heic', size: 10 }, 100)).toBe('wrong-type');
  expect(fileFault({ type: 'image/jpeg', size: 101 }, 100)).toBe('too-big');
  expect(fileFault({ type: 'application/pdf', size: 100 }, 100)).toBeUndefined();
});
