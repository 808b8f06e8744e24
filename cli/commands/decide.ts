import type { Command } from 'commander';
import { decide } from '#domain/eligibility/decide.ts';
import { QuestionInput } from '#domain/eligibility/question.ts';
import { decisionToWire } from '#domain/eligibility/wire.ts';
import { answerLines, EXIT_BAD_LINE } from '../answer-lines.ts';
import { langOf, readGround, withPlanOption } from '../options.ts';

/** `yilu decide`: questions of contract 2.2 in, decisions out; no database, no network. */
export function define(command: Command): void {
  withPlanOption(command).action(async () => {
    const ground = readGround(command);
    if (!ground) {
      process.exitCode = 1;
      return;
    }
    const lang = langOf(command);
    const ends = { input: process.stdin, output: process.stdout };
    const { allAnswered } = await answerLines(ends, lang, QuestionInput, (question) =>
      decisionToWire(decide(ground.plans, ground.calendar, question), lang),
    );
    if (!allAnswered) process.exitCode = EXIT_BAD_LINE;
  });
}
