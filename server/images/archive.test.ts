import { describe, expect, test } from 'vitest';
import { dicomSlice, type Packed, sampleStudy, zipOf } from '#server/sandbox/sample-images.ts';
import { inspectArchive, MAX_ENTRIES } from './archive.ts';

const inspect = (archive: Buffer) =>
  inspectArchive(archive.length, async function* (from, to) {
    yield archive.subarray(from, to);
  });
const faultOf = async (entries: readonly Packed[]) => {
  const found = await inspect(zipOf(entries));
  return 'fault' in found ? found.fault : `${found.pages} images`;
};
const slice = { name: 'CT/1', content: dicomSlice({ instance: 1, position: 0 }) };

test('[2.5.2.1] a study is indexed by series, its images in the order they lie along the patient', async () => {
  const found = await inspect(sampleStudy());
  if ('fault' in found) throw new Error(found.fault);
  expect(found.pages).toBe(6);
  expect(
    found.index.series.map(({ number, modality, description, images }) => [
      number,
      modality,
      description,
      images.length,
    ]),
  ).toEqual([
    [1, 'CT', '胸部平扫', 5],
    [2, 'CT', '压缩序列', 1],
  ]);
  expect(found.index.series[0]?.images.map(({ instance, shown }) => [instance, shown])).toEqual(
    [1, 2, 3, 4, 5].map((n) => [n, true]),
  );
  expect(found.index.series[1]?.images[0]?.shown).toBe(false);
  expect(JSON.stringify(found.index)).not.toContain('Invented');
});

describe('an archive is refused', () => {
  test.each([
    ['with a path outside', [slice, { name: '../evil', content: slice.content }], 'archive-path'],
    ['with an absolute path', [{ name: '/etc/x', content: slice.content }], 'archive-path'],
    ['with backslashes upwards', [{ name: '..\\..\\x', content: slice.content }], 'archive-path'],
    ['with an archive inside', [slice, { name: 'more.dcm', content: zipOf([slice]) }], 'archive-nested'],
    ['with a password', [{ ...slice, locked: true }], 'archive-locked'],
    ['with a file that is no image', [slice, { name: 'read.me', content: Buffer.from('hello') }], 'broken-dicom'],
    ['with a header that breaks off', [{ name: 'x', content: slice.content.subarray(0, 200) }], 'broken-dicom'],
    [
      'with a header full of noise',
      [{ name: 'x', content: Buffer.concat([slice.content.subarray(0, 140), Buffer.alloc(400, 0xff)]) }],
      'broken-dicom',
    ],
    ['without an image', [], 'archive-empty'],
    ['with a size that says more than 2 GB', [slice, { ...slice, name: 'b', says: 2 ** 31 + 1 }], 'archive-size'],
    ['with a size that lies', [{ ...slice, says: 100 }], 'broken-archive'],
  ] as const)('%s', async (_, entries, fault) => {
    expect(await faultOf(entries)).toBe(fault);
  });

  test('with more than 2,000 files, at once', async () => {
    const many = Array.from({ length: MAX_ENTRIES + 1 }, (_, i) => ({
      name: `${i}`,
      content: Buffer.of(1),
      stored: true,
    }));
    expect(await faultOf(many)).toBe('archive-entries');
  });

  test('cut off at its end', async () => {
    const found = await inspect(sampleStudy().subarray(0, -40));
    expect(found).toEqual({ fault: 'broken-archive' });
  });
});

test('what macOS leaves in an archive by itself is passed over', async () => {
  const litter = { name: '__MACOSX/CT/._1', content: Buffer.from('x') };
  expect(await faultOf([slice, litter, { name: '.DS_Store', content: Buffer.from('y') }])).toBe('1 images');
});
