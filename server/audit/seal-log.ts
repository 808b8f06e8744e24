import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** One line of the file of seals. */
export type LoggedSeal = { line: number; n: number; hash: Buffer; at: Date; keyId: string; hmac: Buffer };

/**
 * Reads the seals of one insurer from the first `end` bytes of the file, in batches. A line that was not
 * finished (the machine stopped while it was written) is passed over: the seals after it cover what it said.
 */
export async function* readSealLog(
  path: string,
  end: number,
  insurer: string,
  size = 500,
): AsyncGenerator<LoggedSeal[]> {
  if (end === 0) return;
  const lines = createInterface({ input: createReadStream(path, { end: end - 1 }), crlfDelay: Infinity });
  let batch: LoggedSeal[] = [];
  let line = 0;
  for await (const text of lines) {
    line += 1;
    const seal = readLine(text, line);
    if (seal?.insurer === insurer) batch.push(seal);
    if (batch.length >= size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function readLine(text: string, line: number): (LoggedSeal & { insurer: string }) | undefined {
  try {
    const { insurer, n, hash, at, key, hmac } = JSON.parse(text) as Record<string, string> & { n: number };
    const seal = {
      insurer: String(insurer),
      line,
      n: Number(n),
      hash: Buffer.from(String(hash), 'hex'),
      at: new Date(String(at)),
      keyId: String(key),
      hmac: Buffer.from(String(hmac), 'hex'),
    };
    return Number.isSafeInteger(seal.n) && !Number.isNaN(seal.at.getTime()) ? seal : undefined;
  } catch {
    return undefined;
  }
}
