/** What a DICOM header says of an image, as far as a viewer needs it. Nothing of the patient is kept, and nothing is logged. */
import dicomParser, { type DataSet } from 'dicom-parser';

export type ImageHeader = {
  series: string;
  seriesNumber: number;
  modality: string;
  description: string;
  instance: number;
  /** Along the patient, in millimetres; null where the image says no place. */
  position: number | null;
  rows: number;
  columns: number;
  frames: number;
  syntax: string;
  /** Whether our viewer paints it: uncompressed greyscale of 8 or 16 bits. */
  shown: boolean;
};

/** Preamble, then the four letters. */
export const isDicom = (head: Uint8Array): boolean =>
  head.length >= 132 && Buffer.from(head.subarray(128, 132)).toString('latin1') === 'DICM';

const UNCOMPRESSED = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2'];
const PIXELS = 'x7fe00010';
const MAX_SIDE = 8192;

/**
 * Reads the header from the first bytes of a file. `null`: a DICOM file without an image (a directory, a report).
 * @throws when the header is broken
 */
export function readHeader(head: Uint8Array): ImageHeader | null {
  if (!isDicom(head)) throw new Error('No DICOM file');
  const data = dicomParser.parseDicom(head, { untilTag: PIXELS });
  if (!data.elements[PIXELS]) {
    if (data.string('x00080016') === undefined && data.string('x00020002') === undefined)
      throw new Error('A DICOM file that says nothing of itself');
    return null;
  }
  const [rows, columns, bits] = [data.uint16('x00280010'), data.uint16('x00280011'), data.uint16('x00280100')];
  const series = data.string('x0020000e');
  if (!rows || !columns || !bits || !series || rows > MAX_SIDE || columns > MAX_SIDE)
    throw new Error('The header of the image lacks its size or series');
  const syntax = data.string('x00020010') ?? '1.2.840.10008.1.2';
  return {
    series,
    seriesNumber: data.intString('x00200011') ?? 0,
    modality: (data.string('x00080060') ?? '').slice(0, 16),
    description: textOf(data, 'x0008103e').slice(0, 80),
    instance: data.intString('x00200013') ?? 0,
    position: data.floatString('x00200032', 2) ?? data.floatString('x00201041') ?? null,
    rows,
    columns,
    frames: Math.max(1, data.intString('x00280008') ?? 1),
    syntax,
    shown:
      UNCOMPRESSED.includes(syntax) &&
      (data.uint16('x00280002') ?? 1) === 1 &&
      (bits === 8 || bits === 16) &&
      /^MONOCHROME[12]$/.test(data.string('x00280004') ?? ''),
  };
}

/** A text in the character set the file names; Chinese scanners write GB 18030. */
function textOf(data: DataSet, tag: string): string {
  const element = data.elements[tag];
  if (!element) return '';
  const bytes = data.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  const set = data.string('x00080005') ?? '';
  const encoding = /GB18030|GBK|58/.test(set) ? 'gb18030' : /192/.test(set) ? 'utf-8' : 'latin1';
  return new TextDecoder(encoding).decode(bytes).replace(/\p{C}/gu, '').trim();
}
