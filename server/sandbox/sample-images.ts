/** Invented DICOM files and archives of them, byte by byte: a drawn chest for the sandbox, and for tests archives no packer would make. */
import { deflateRawSync } from 'node:zlib';

const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1';
type Vr = 'UI' | 'CS' | 'LO' | 'IS' | 'DS' | 'US' | 'PN' | 'OW' | 'UL' | 'OB';

function element(group: number, number: number, vr: Vr, value: string | number | Buffer): Buffer {
  let body =
    typeof value === 'number'
      ? vr === 'US'
        ? Buffer.from(Uint16Array.of(value).buffer)
        : Buffer.from(Uint32Array.of(value).buffer)
      : Buffer.from(value as string);
  if (body.length % 2 === 1) body = Buffer.concat([body, Buffer.from([vr === 'UI' ? 0 : 0x20])]);
  const long = vr === 'OW' || vr === 'OB';
  const head = Buffer.alloc(long ? 12 : 8);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(number, 2);
  head.write(vr, 4, 'latin1');
  if (long) head.writeUInt32LE(body.length, 8);
  else head.writeUInt16LE(body.length, 6);
  return Buffer.concat([head, body]);
}

export type Slice = {
  instance: number;
  position: number;
  series?: string;
  seriesNumber?: number;
  description?: string;
  syntax?: string;
  size?: number;
};

const within = (x: number, y: number, [cx, cy, a, b]: readonly [number, number, number, number]): boolean =>
  ((x - cx) / a) ** 2 + ((y - cy) / b) ** 2 < 1;
/** Hounsfield units of a drawn chest: air, body, two lungs, a spine, and a nodule around the middle slices. */
function density(x: number, y: number, position: number): number {
  if (!within(x, y, [0, 0, 0.46, 0.34])) return -1000;
  const nodule = 0.05 - Math.abs(position - 60) / 1000;
  if (nodule > 0 && within(x, y, [-0.2, -0.04, nodule, nodule])) return 60;
  if (within(x, y, [-0.22, 0, 0.16, 0.24]) || within(x, y, [0.22, 0, 0.16, 0.24])) return -800;
  if (within(x, y, [0, 0.22, 0.06, 0.07])) return 700;
  return 40;
}

/** One slice of a CT, 16 bits, in the given transfer syntax. */
export function dicomSlice(slice: Slice): Buffer {
  const size = slice.size ?? 64;
  const syntax = slice.syntax ?? EXPLICIT_LITTLE;
  const pixels = new Int16Array(size * size);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1)
      pixels[y * size + x] = density((x + 0.5) / size - 0.5, (y + 0.5) / size - 0.5, slice.position);
  const meta = [element(2, 0x10, 'UI', syntax), element(2, 0x02, 'UI', '1.2.840.10008.5.1.4.1.1.2')].sort(
    (a, b) => a.readUInt16LE(2) - b.readUInt16LE(2),
  );
  const metaBytes = Buffer.concat(meta);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element(2, 0, 'UL', metaBytes.length),
    metaBytes,
    element(8, 0x05, 'CS', 'ISO_IR 192'),
    element(8, 0x16, 'UI', '1.2.840.10008.5.1.4.1.1.2'),
    element(8, 0x60, 'CS', 'CT'),
    element(8, 0x103e, 'LO', Buffer.from(slice.description ?? '胸部平扫')),
    element(0x10, 0x10, 'PN', 'Invented^Patient'),
    element(0x20, 0x0e, 'UI', slice.series ?? '1.2.3.1'),
    element(0x20, 0x11, 'IS', String(slice.seriesNumber ?? 1)),
    element(0x20, 0x13, 'IS', String(slice.instance)),
    element(0x20, 0x32, 'DS', `0\\0\\${slice.position}`),
    element(0x28, 0x02, 'US', 1),
    element(0x28, 0x04, 'CS', 'MONOCHROME2'),
    element(0x28, 0x10, 'US', size),
    element(0x28, 0x11, 'US', size),
    element(0x28, 0x100, 'US', 16),
    element(0x28, 0x101, 'US', 16),
    element(0x28, 0x102, 'US', 15),
    element(0x28, 0x103, 'US', 1),
    element(0x28, 0x1050, 'DS', '40'),
    element(0x28, 0x1051, 'DS', '400'),
    element(0x28, 0x1052, 'DS', '0'),
    element(0x28, 0x1053, 'DS', '1'),
    element(0x7fe0, 0x10, 'OW', Buffer.from(pixels.buffer)),
  ]);
}

export type Packed = {
  name: string;
  content: Buffer;
  /** What the archive says of its size, where it lies. */
  says?: number;
  stored?: boolean;
  locked?: boolean;
};

/** A zip archive with whatever it is told to hold, right or wrong. */
export function zipOf(entries: readonly Packed[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, says, stored = false, locked = false } of entries) {
    const data = stored ? content : deflateRawSync(content);
    const path = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800 | (locked ? 1 : 0), 2);
    head.writeUInt16LE(stored ? 0 : 8, 4);
    head.writeUInt32LE(data.length, 14);
    head.writeUInt32LE(says ?? content.length, 18);
    head.writeUInt16LE(path.length, 22);
    const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, path, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail, path]));
    local.push(file);
    offset += file.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

/** A small study: two series, the second one compressed in a way the viewer does not paint. */
export const sampleStudy = (slices = 5, size = 64): Buffer =>
  zipOf([
    ...Array.from({ length: slices }, (_, i) => ({
      name: `CT/IM${String(i + 1).padStart(4, '0')}`,
      content: dicomSlice({ instance: i + 1, position: i * 5, size }),
    })),
    {
      name: 'CT/JPEG',
      content: dicomSlice({
        instance: 1,
        position: 0,
        series: '1.2.3.2',
        seriesNumber: 2,
        description: '压缩序列',
        syntax: '1.2.840.10008.1.2.4.70',
      }),
    },
  ]);
