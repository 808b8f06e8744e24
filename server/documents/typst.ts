/** PDFs set by Typst. Texts reach a template as data (JSON), never as markup: nothing that anybody wrote is read as code. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const { resolve } = createRequire(import.meta.url);
const font = (weight: string): Buffer =>
  readFileSync(resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`));

let compiler: NodeCompiler | undefined;
/** Made at the first document: two weights of the Chinese face are 20 MB. */
const compilerOf = (): NodeCompiler => {
  compiler ??= NodeCompiler.create({ fontArgs: [{ fontBlobs: [font('400Regular'), font('700Bold')] }] });
  return compiler;
};

/**
 * @param template Typst source that reads its words with `json(bytes(sys.inputs.data))`
 * @param at goes into the file's properties
 * @throws when the template does not compile, without a word of the data
 */
export function renderPdf(template: string, data: unknown, at: Date): Buffer {
  const typst = compilerOf();
  try {
    const compiled = typst.compile({ mainFileContent: template, inputs: { data: JSON.stringify(data) } });
    if (!compiled.result) throw new Error('The template of a document does not compile');
    return typst.pdf(compiled.result, { pdfStandard: 'a-2b', creationTimestamp: Math.floor(at.getTime() / 1000) });
  } finally {
    // Nothing of one person's document stays in the compiler's memory for the next.
    typst.evictCache(0);
  }
}
