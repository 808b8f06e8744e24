import { randomFillSync } from 'node:crypto';

let lastMs = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562): ids made in one process sort in the order they were made. Made here and not in
 * SQL, because PostgreSQL has it only from 18 on and a known id lets statements be sent together.
 */
export function uuidv7(machineMs: number = Date.now()): string {
  const bytes = randomFillSync(Buffer.alloc(16));
  if (machineMs > lastMs) {
    lastMs = machineMs;
    // 11 random bits leave room to count up within the millisecond.
    counter = bytes.readUInt16BE(6) & 0x7ff;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
