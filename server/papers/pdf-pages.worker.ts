/** Counts the pages of one PDF and makes sure the first one opens; answers with the number, "locked" or "broken". */
import { parentPort, workerData } from 'node:worker_threads';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

async function countPages(data: Uint8Array): Promise<number | 'locked' | 'broken'> {
  try {
    const pdf = await getDocument({
      data,
      stopAtErrors: true,
      disableFontFace: true,
      useSystemFonts: false,
      verbosity: 0,
    }).promise;
    await pdf.getPage(1);
    return pdf.numPages;
  } catch (error) {
    return (error as Error).name === 'PasswordException' ? 'locked' : 'broken';
  }
}

parentPort?.postMessage(await countPages(workerData as Uint8Array));
