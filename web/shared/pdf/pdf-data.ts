/**
 * What a PDF may lean on without carrying it: the character maps of Chinese fonts, the standard fonts, the decoders of
 * scanned pictures. They are files of our own build; nothing is fetched from elsewhere.
 */
const FILES = import.meta.glob<string>(
  [
    '../../../node_modules/pdfjs-dist/cmaps/*GB*.bcmap',
    '../../../node_modules/pdfjs-dist/cmaps/Identity-*.bcmap',
    '../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
    '../../../node_modules/pdfjs-dist/wasm/{jbig2,openjpeg,qcms_bg}.wasm',
  ],
  { query: '?url', import: 'default', eager: true },
);
const URLS = new Map(Object.entries(FILES).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]));

/** Hands pdf.js the bytes of such a file by its name; one that we do not carry is an error to pdf.js, which goes on without. */
export class PdfData {
  async fetch({ filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const url = URLS.get(filename);
    const response = url ? await fetch(url) : undefined;
    if (!response?.ok) throw new Error(`${filename} is not among the files of the build`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
