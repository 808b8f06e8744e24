/** One JSON object in, one JSON object out, in order, as they come (contract 2). */
import { once } from 'node:events';
import type { z } from 'zod';
import type { Lang } from '#domain/eligibility/words.ts';
import { answerError, type InputError, issueError, lineError } from './input-error.ts';
import { type Line, lineSplitter } from './lines.ts';

/** The exit status when at least one line could not be answered. */
export const EXIT_BAD_LINE = 2;

type Ends = { readonly input: AsyncIterable<Uint8Array>; readonly output: NodeJS.WritableStream };

/**
 * Answers every line of `input` on `output` and tells whether each could be answered. A line that cannot be read gets
 * `{"error":{code,message,path}}` in its place and the others are still answered; blank lines are passed over.
 */
export async function answerLines<S extends z.ZodType>(
  { input, output }: Ends,
  lang: Lang,
  schema: S,
  answer: (question: z.output<S>) => unknown,
): Promise<{ allAnswered: boolean }> {
  const splitter = lineSplitter();
  let allAnswered = true;

  const print = async (lines: readonly Line[]) => {
    let text = '';
    for (const line of lines) {
      if ('text' in line && line.text.trim() === '') continue;
      const result = answerLine(line, lang, schema, answer);
      if ('error' in result) allAnswered = false;
      text += `${JSON.stringify('error' in result ? result : result.answer)}\n`;
    }
    // Waiting for a slow reader keeps memory flat however long the input is.
    if (text !== '' && !output.write(text)) await once(output, 'drain');
  };

  for await (const chunk of input) await print(splitter.push(chunk));
  await print(splitter.end());
  return { allAnswered };
}

function answerLine<S extends z.ZodType>(
  line: Line,
  lang: Lang,
  schema: S,
  answer: (question: z.output<S>) => unknown,
): { answer: unknown } | { error: InputError } {
  if ('fault' in line) return { error: lineError(line.fault, lang) };
  let input: unknown;
  try {
    input = JSON.parse(line.text);
  } catch {
    return { error: lineError('bad-json', lang) };
  }
  try {
    const question = schema.safeParse(input);
    if (!question.success) return { error: issueError(question.error.issues, input, lang) };
    return { answer: answer(question.data) };
  } catch (error) {
    return { error: answerError(error, lang) ?? lineError('internal', lang) };
  }
}
