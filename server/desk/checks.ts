import type { z } from 'zod';
import type { DeskCheck, DeskResult } from '#contract/people.ts';
import {
  chooseQuestions,
  type DeskFacts,
  type DeskQuestion,
  describeQuestion,
  FAILURES_TO_LOCK,
  judgeRound,
  matchesAnswer,
  NEEDED,
} from '#domain/accounts/desk-questions.ts';
import { CODES_PER_NUMBER } from '#domain/accounts/limits.ts';
import { dayOf, formatInstant, instantAt } from '#domain/calendar/day.ts';
import { deliverCodes, makeCode, spendCode, tryCode } from '#server/accounts/codes.ts';
import { bucketOf, takeTry } from '#server/accounts/rate-limits.ts';
import { type AuditDetails, recordAudit } from '#server/audit/record.ts';
import { grantMinor } from '#server/minors/grants.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { findPerson, getPerson } from '#server/persons/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type Language, Problem } from '#server/platform/problem.ts';
import {
  type CheckRow,
  countFileFailure,
  findCheckForUpdate,
  insertCheck,
  listFileDays,
  listPassed,
  listPoliciesOf,
  lockPersonFile,
  passCheck,
  storeMatched,
} from './queries.ts';

type Check = z.infer<typeof DeskCheck>;
type Result = z.infer<typeof DeskResult>;
type Answer = { code: string; value: string };

/** How long an agent may ask, and how long a passed check opens the file. Business time: a check is part of a call. */
const ASKING_MS = 15 * 60_000;
const VALID_MS = 30 * 60_000;

/** Has this agent passed a check of this person that is still valid, and is the file not locked? */
export async function hasDeskCheck(db: Db, ctx: Ctx, actor: Actor, personId: string, now: Date): Promise<boolean> {
  if (actor.role !== 'service-desk' || actor.accountId === null) return false;
  const found = await listPassed(db, ctx, actor.accountId, now, personId);
  return found.length > 0 && !(await isLocked(db, ctx, personId, now));
}

/** Like `hasDeskCheck`; throws `desk-check-needed` (403) or `file-locked` (423). The same for a person who does not exist. */
export async function assertDeskCheck(db: Db, ctx: Ctx, actor: Actor, personId: string, now: Date): Promise<void> {
  if (await hasDeskCheck(db, ctx, actor, personId, now)) return;
  await refuseLocked(db, ctx, personId, now);
  throw new Problem('desk-check-needed');
}

/** Persons this agent may serve now: whoever else is on the line was checked too. */
export async function listCheckedPersons(db: Db, ctx: Ctx, actor: Actor, now: Date): Promise<string[]> {
  return actor.accountId === null ? [] : await listPassed(db, ctx, actor.accountId, now, null);
}

/** Starts a check: up to five questions that the file can answer. An open one of the same agent and person is dropped. */
export async function startCheck(ctx: Ctx, actor: Actor, personId: string, lang: Language): Promise<Check> {
  return await inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    if (!(await findPerson(db, ctx, personId))) throw new Problem('not-found');
    await refuseLocked(db, ctx, personId, now);
    const questions = chooseQuestions(await readFacts(db, ctx, personId, now));
    const id = uuidv7();
    const expiresAt = new Date(now.getTime() + ASKING_MS);
    await insertCheck(db, ctx, { id, personId, agent: actor.accountId!, questions, startedAt: now, expiresAt });
    await audit(db, ctx, actor, 'desk.check-started', { id, personId }, {}, now);
    return {
      id,
      personId,
      questions: questions.map((code) => ({ code, ...describeQuestion(code, lang) })),
      state: 'asking',
      needed: NEEDED,
      expiresAt: formatInstant(expiresAt),
    };
  });
}

/**
 * Compares what the caller answered. The agent learns match or no match per question, nothing else. Three matches in
 * all pass; a round with a wrong answer that does not is a failure, and the third of a day locks the file.
 */
export async function answerCheck(ctx: Ctx, actor: Actor, id: string, answers: readonly Answer[]): Promise<Result> {
  return await inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    const check = await getAsking(db, ctx, actor, id, now);
    const codes = answers.map((answer) => answer.code);
    const strange = codes.findIndex((code, index) => !check.questions.includes(code) || codes.indexOf(code) !== index);
    if (strange >= 0) throw new Problem('not-acceptable', { pointer: `/answers/${strange}/code` });

    const facts = await readFacts(db, ctx, check.personId, now);
    const round = answers.map(({ code, value }) => ({
      code,
      match: matchesAnswer(code as DeskQuestion, value, facts),
    }));
    const { matched, verdict } = judgeRound(check.matched, round);
    await storeMatched(db, ctx, id, matched);
    if (verdict === 'passed') return await pass(db, ctx, actor, check, 'answers', round, now);
    if (verdict === 'failure') return await fail(db, ctx, actor, check, round, now);
    return { state: 'asking', matched: round, attemptsLeft: await roundsLeft(db, ctx, check.personId, now) };
  });
}

/** Sends a code to the number on file; `not-possible-now` when there is none. */
export async function sendCheckCode(ctx: Ctx, actor: Actor, id: string): Promise<void> {
  const machine = machineNow();
  const made = await inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    const { personId } = await getAsking(db, ctx, actor, id, now);
    const { phone } = await getPerson(db, ctx, personId);
    if (phone === '')
      throw new Problem('not-possible-now', {
        detail: {
          zh: '档案中没有手机号码，请用提问核实。',
          en: 'There is no telephone number on file: check by questions.',
        },
      });
    await takeTry(db, ctx, bucketOf(ctx, 'codes-number', phone), CODES_PER_NUMBER, machine);
    await audit(db, ctx, actor, 'desk.code-sent', { id, personId }, {}, now);
    return await makeCode(db, ctx, { purpose: 'desk-check', phone, subject: id }, machine);
  });
  deliverCodes(ctx, [made], 'desk');
}

/** Takes the code the caller read out; a wrong one is a failure like a wrong answer. */
export async function verifyCheckCode(ctx: Ctx, actor: Actor, id: string, code: string): Promise<Result> {
  const machine = machineNow();
  return await inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    const check = await getAsking(db, ctx, actor, id, now);
    const { phone } = await getPerson(db, ctx, check.personId);
    const tried = await tryCode(db, ctx, { purpose: 'desk-check', phone, subject: id, code }, machine);
    const round = [{ code: 'code', match: tried.right }];
    if (!tried.right) return await fail(db, ctx, actor, check, round, now);
    await spendCode(db, ctx, tried.id, machine);
    return await pass(db, ctx, actor, check, 'code', round, now);
  });
}

async function pass(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  check: CheckRow,
  by: 'answers' | 'code',
  matched: Result['matched'],
  now: Date,
): Promise<Result> {
  const endsAt = new Date(now.getTime() + VALID_MS);
  await passCheck(db, ctx, check.id, by, endsAt);
  await audit(db, ctx, actor, 'desk.check-passed', check, { by }, now);
  // Who calls about a minor is the guardian, and asks that the file be opened: for as long as the check lasts.
  const { personId } = check;
  await grantMinor(db, ctx, actor, { account: check.agent, personId, caseId: null, how: 'verified-call', endsAt, now });
  return { state: 'passed', matched, attemptsLeft: await roundsLeft(db, ctx, check.personId, now) };
}

async function fail(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  check: CheckRow,
  matched: Result['matched'],
  now: Date,
): Promise<Result> {
  const { personId } = check;
  const day = dayOf(now);
  const failures = await countFileFailure(db, ctx, personId, day);
  await audit(db, ctx, actor, 'desk.check-failed', check, { failures }, now);
  if (failures < FAILURES_TO_LOCK) return { state: 'asking', matched, attemptsLeft: FAILURES_TO_LOCK - failures };
  if (await lockPersonFile(db, ctx, personId, day, now)) {
    await audit(db, ctx, actor, 'desk.file-locked', check, { day }, now);
    const key = `desk-lock/${personId}/${day}`;
    await queueMessage(db, ctx, { template: 'identity-check-locked', to: { personId }, urgent: true, now, key });
  }
  return { state: 'locked', matched, attemptsLeft: 0 };
}

/** The agent's own open check; 404 for another's, `file-locked`, or `not-possible-now` when it is over. */
async function getAsking(db: Db, ctx: Ctx, actor: Actor, id: string, now: Date): Promise<CheckRow> {
  const check = await findCheckForUpdate(db, ctx, id, actor.accountId!);
  if (!check) throw new Problem('not-found');
  await refuseLocked(db, ctx, check.personId, now);
  if (check.state !== 'asking' || check.expiresAt <= now) {
    throw new Problem('not-possible-now', {
      detail: { zh: '本次核实已结束，请重新开始。', en: 'This check is over: begin a new one.' },
    });
  }
  return check;
}

async function roundsLeft(db: Db, ctx: Ctx, personId: string, now: Date): Promise<number> {
  const [file] = await listFileDays(db, ctx, [personId], dayOf(now));
  return Math.max(0, FAILURES_TO_LOCK - (file?.failures ?? 0));
}

async function isLocked(db: Db, ctx: Ctx, personId: string, now: Date): Promise<boolean> {
  const [file] = await listFileDays(db, ctx, [personId], dayOf(now));
  return file !== undefined && file.lockedAt !== null;
}

async function refuseLocked(db: Db, ctx: Ctx, personId: string, now: Date): Promise<void> {
  if (!(await isLocked(db, ctx, personId, now))) return;
  throw new Problem('file-locked', { extra: { lockedUntil: formatInstant(instantAt(dayOf(now), '24:00')) } });
}

async function readFacts(db: Db, ctx: Ctx, personId: string, now: Date): Promise<DeskFacts> {
  const person = await getPerson(db, ctx, personId);
  const policies = await listPoliciesOf(db, ctx, personId, now);
  const holders = [...new Set(policies.map((policy) => policy.holderId))].filter((id) => id !== personId);
  const holderNames: string[] = [];
  for (const holder of holders) holderNames.push((await getPerson(db, ctx, holder)).name);
  return {
    'born-on': [person.bornOn],
    'id-last-six': [person.idNumber],
    'phone-on-file': person.phone === '' ? [] : [person.phone],
    'policy-number': policies.map((policy) => policy.policyNo),
    'effective-day': policies.map((policy) => policy.effectiveFrom),
    'policy-holder-name': holderNames,
  };
}

async function audit(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  action: string,
  { id, personId }: { id: string; personId: string },
  details: AuditDetails,
  now: Date,
): Promise<void> {
  await recordAudit(db, ctx, { actor, action, subject: `desk-check:${id}`, personId, details, now });
}
