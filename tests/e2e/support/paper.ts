/** Papers to hand in, as a telephone would send them. */
import sharp from 'sharp';

export const photo = async (name: string) => ({
  name,
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 600, height: 800, channels: 3, background: '#f4f1ea' } })
    .png()
    .toBuffer(),
});

/** A report of several pages with a line of text on each, and a script that must not run. */
export function report(name: string, pages: number) {
  const own = Array.from({ length: pages }, (_, index) => {
    const text = `BT /F1 24 Tf 60 720 Td (Report, page ${index + 1}) Tj ET`;
    const id = 10 + index * 2;
    return {
      id,
      objects: `${id} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${id + 1} 0 R/Resources<</Font<</F1 4 0 R>>>>>>endobj
${id + 1} 0 obj<</Length ${text.length}>>stream
${text}
endstream endobj`,
    };
  });
  const text = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 3 0 R>>endobj
2 0 obj<</Type/Pages/Kids[${own.map(({ id }) => `${id} 0 R`).join(' ')}]/Count ${pages}>>endobj
3 0 obj<</Type/Action/S/JavaScript/JS(app.alert\\('ran'\\))>>endobj
4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
${own.map(({ objects }) => objects).join('\n')}
trailer<</Root 1 0 R>>
%%EOF`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(text) };
}
