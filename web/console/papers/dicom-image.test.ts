import { expect, test } from 'vitest';
import { dicomSlice } from '#server/sandbox/sample-images.ts';
import { paint, readImage } from './dicom-image.ts';

const bytes = new Uint8Array(dicomSlice({ instance: 3, position: 0 }));

test('a slice is read with its size, its values and the window it asks for', () => {
  const image = readImage(bytes);
  expect([image.rows, image.columns, image.frames, image.inverted]).toEqual([64, 64, 1, false]);
  expect(image.window).toEqual({ center: 40, width: 400 });
  expect(image.values[32 * 64 + 32]).toBe(40);
  expect(image.values[0]).toBe(-1000);
});

test('the window decides what is grey: below it black, above it white, its middle in between', () => {
  const image = readImage(bytes);
  const shade = (center: number, width: number) => paint(image, { center, width })[(32 * 64 + 32) * 4];
  expect(shade(500, 100)).toBe(0);
  expect(shade(-500, 100)).toBe(255);
  expect(shade(40, 400)).toBe(128);
  expect(paint({ ...image, inverted: true }, { center: 500, width: 100 })[(32 * 64 + 32) * 4]).toBe(255);
});

test('a file that holds fewer pixels than it says is no image', () => {
  expect(() => readImage(bytes.subarray(0, bytes.length - 100))).toThrow();
  expect(() => readImage(bytes, 1)).toThrow(RangeError);
});
