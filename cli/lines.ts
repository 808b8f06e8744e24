/** One line of input, or what was wrong with its bytes. */
export type Line = { readonly text: string } | { readonly fault: 'line-too-long' | 'bad-utf8' };

/** No question comes near it; without a bound one endless line would fill the memory. */
export const MAX_LINE_BYTES = 1_048_576;

const NEWLINE = 0x0a;

/**
 * Cuts bytes into lines as they arrive. A line that is too long or no UTF-8 comes out as a fault in its place; the
 * lines after it are whole again. `end` gives the last line when it has no newline. Blank lines come out too.
 */
export function lineSplitter(maxBytes = MAX_LINE_BYTES) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let tooLong = false;

  const keep = (piece: Uint8Array) => {
    pendingBytes += piece.length;
    tooLong ||= pendingBytes > maxBytes;
    if (tooLong) pending = [];
    else if (piece.length > 0) pending.push(piece);
  };
  const take = (): Line => {
    const line = tooLong ? ({ fault: 'line-too-long' } as const) : decode(decoder, pending);
    pending = [];
    pendingBytes = 0;
    tooLong = false;
    return line;
  };
  return {
    push(chunk: Uint8Array): Line[] {
      const lines: Line[] = [];
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        keep(chunk.subarray(start, end));
        lines.push(take());
        start = end + 1;
      }
      keep(chunk.subarray(start));
      return lines;
    },
    end: (): Line[] => (pendingBytes > 0 ? [take()] : []),
  };
}

function decode(decoder: InstanceType<typeof TextDecoder>, pieces: readonly Uint8Array[]): Line {
  try {
    return { text: decoder.decode(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)) };
  } catch {
    return { fault: 'bad-utf8' };
  }
}
