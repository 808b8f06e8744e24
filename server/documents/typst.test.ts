import { expect, test } from 'vitest';
import { renderPdf } from './typst.ts';

const AT = new Date('2026-11-18T02:00:00Z');
const template =
  '#let d = json(bytes(sys.inputs.data))\n#set document(title: d.title)\n#set text(font: "Noto Sans SC")\n#d.words';

test('what a person wrote is set as text and never read as markup', async () => {
  // As code, each of these would stop the compiler.
  for (const words of ['#panic("read")', '$x', '*bold', '#import "x"', '#read("/etc/passwd")', '\\', '"]}'])
    expect(renderPdf(template, { title: '二诊', words }, AT).subarray(0, 5).toString(), words).toBe('%PDF-');
});

test('the same words at the same moment give the same bytes, so that a signature holds', () => {
  const once = renderPdf(template, { title: '二诊', words: '意见' }, AT);
  expect(once.equals(renderPdf(template, { title: '二诊', words: '意见' }, AT))).toBe(true);
  expect(once.equals(renderPdf(template, { title: '二诊', words: '意见。' }, AT))).toBe(false);
});

test('a template that does not compile says nothing of the data', () => {
  expect(() => renderPdf('#let', { words: '林小满' }, AT)).toThrow(/^The template of a document does not compile$/);
});
