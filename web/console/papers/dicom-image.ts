/** An uncompressed greyscale DICOM image as numbers to paint. What the server calls shown is of this kind. */
import dicomParser from 'dicom-parser';

export type GreyImage = {
  rows: number;
  columns: number;
  /** Values of one frame after rescaling (for a CT, Hounsfield units). */
  values: Float32Array;
  frames: number;
  /** Dark is high. */
  inverted: boolean;
  /** What the file itself asks for; else from the darkest to the brightest. */
  window: Window;
};
export type Window = { center: number; width: number };

const BIG_ENDIAN = '1.2.840.10008.1.2.2';

/** @throws when the file is broken or holds less than it says */
export function readImage(bytes: Uint8Array, frame = 0): GreyImage {
  const data = dicomParser.parseDicom(bytes);
  const pixels = data.elements.x7fe00010;
  const [rows, columns, bits] = [
    data.uint16('x00280010') ?? 0,
    data.uint16('x00280011') ?? 0,
    data.uint16('x00280100') ?? 0,
  ];
  const frames = Math.max(1, data.intString('x00280008') ?? 1);
  const length = rows * columns;
  const start = (pixels?.dataOffset ?? 0) + frame * length * (bits / 8);
  if (!pixels || length === 0 || frame >= frames || (frame + 1) * length * (bits / 8) > pixels.length)
    throw new RangeError('The image holds less than it says');
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, length * (bits / 8));
  const signed = data.uint16('x00280103') === 1;
  const little = data.string('x00020010') !== BIG_ENDIAN;
  const slope = data.floatString('x00281053') ?? 1;
  const intercept = data.floatString('x00281052') ?? 0;
  const values = new Float32Array(length);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < length; i += 1) {
    const raw =
      bits === 8
        ? signed
          ? view.getInt8(i)
          : view.getUint8(i)
        : signed
          ? view.getInt16(i * 2, little)
          : view.getUint16(i * 2, little);
    const value = raw * slope + intercept;
    values[i] = value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const center = data.floatString('x00281050');
  const width = data.floatString('x00281051');
  return {
    rows,
    columns,
    values,
    frames,
    inverted: data.string('x00280004') === 'MONOCHROME1',
    window:
      center !== undefined && width !== undefined && width > 0
        ? { center, width }
        : { center: (least + most) / 2, width: Math.max(1, most - least) },
  };
}

/** Grey of each pixel through the window, as RGBA. */
export function paint({ values, inverted }: GreyImage, { center, width }: Window): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(values.length * 4);
  const low = center - width / 2;
  for (let i = 0; i < values.length; i += 1) {
    const grey = (((values[i] ?? 0) - low) / width) * 255;
    const shade = inverted ? 255 - grey : grey;
    out[i * 4] = shade;
    out[i * 4 + 1] = shade;
    out[i * 4 + 2] = shade;
    out[i * 4 + 3] = 255;
  }
  return out;
}
