import type { Command } from 'commander';
import { formatInstant } from '#domain/calendar/day.ts';
import { promiseDue } from '#domain/eligibility/promise-due.ts';
import { PromiseQuestionInput } from '#domain/eligibility/question.ts';
import { answerLines, EXIT_BAD_LINE } from '../answer-lines.ts';
import { langOf, readGround, withPlanOption } from '../options.ts';

/** `yilu due`: when a promise falls due (contract 2.1); no database, no network. */
export function define(command: Command): void {
  withPlanOption(command).action(async () => {
    const ground = readGround(command);
    if (!ground) {
      process.exitCode = 1;
      return;
    }
    const ends = { input: process.stdin, output: process.stdout };
    const { allAnswered } = await answerLines(ends, langOf(command), PromiseQuestionInput, (question) => {
      const { due, clause, provisional } = promiseDue(ground.plans, ground.calendar, question);
      return { due: formatInstant(due), clause, provisional };
    });
    if (!allAnswered) process.exitCode = EXIT_BAD_LINE;
  });
}
