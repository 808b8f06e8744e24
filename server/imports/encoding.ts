import { TextDecoder } from 'node:util';
import { FileFault } from './report.ts';
import type { Source } from './source.ts';

/** GB 18030 holds all of GBK and GB 2312. */
export type Encoding = 'utf-8' | 'gb18030';

/**
 * How the file is written: read once from end to end, because a single wrong byte decides. UTF-8 with or without BOM,
 * else GBK. @throws FileFault for anything else.
 */
export async function detectEncoding(source: Source): Promise<Encoding> {
  const decoders = new Map<Encoding, TextDecoder>([
    ['utf-8', new TextDecoder('utf-8', { fatal: true })],
    ['gb18030', new TextDecoder('gb18030', { fatal: true })],
  ]);
  let first = true;
  for await (const chunk of source.chunks()) {
    if (first && ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)))
      throw new FileFault(
        'utf-16',
        '文件是 UTF-16（Unicode 文本），请另存为“CSV UTF-8”',
        'the file is UTF-16: save it as "CSV UTF-8"',
      );
    first = false;
    if (chunk.includes(0))
      throw new FileFault('binary', '文件不是文本，请另存为 CSV', 'the file is no text: save it as CSV');
    for (const [encoding, decoder] of decoders) if (!accepts(decoder, chunk)) decoders.delete(encoding);
  }
  for (const [encoding, decoder] of decoders) if (accepts(decoder)) return encoding;
  throw new FileFault(
    'bad-encoding',
    '文件既不是 UTF-8 也不是 GBK，请另存为“CSV UTF-8”',
    'the file is neither UTF-8 nor GBK: save it as "CSV UTF-8"',
  );
}

/** The text of the file as it comes, without its BOM; `onBytes` is told how many bytes have been read. */
export async function* decodedChunks(
  source: Source,
  encoding: Encoding,
  onBytes: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let bytes = 0;
  for await (const chunk of source.chunks()) {
    bytes += chunk.length;
    onBytes(bytes);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

function accepts(decoder: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    if (chunk === undefined) decoder.decode();
    else decoder.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}
