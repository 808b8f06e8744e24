/** Filing: by the member, who acts for her, her heirs, the service desk on the telephone, and whoever opens a letter. */
import type { z } from 'zod';
import type { Complainant, FileComplaint, FileLetter } from '#contract/complaints.ts';
import { dayOf, formatInstant, instantAt } from '#domain/calendar/day.ts';
import type { ComplaintChannel, ComplaintKind, ComplaintRelation } from '#domain/complaints/rules.ts';
import { findVisibleRow, isCapableAdult, mayActAtDesk } from '#server/cases/access.ts';
import { findCase, takeCaseNumber } from '#server/cases/queries.ts';
import { findVisibleDecision } from '#server/decisions/decision-view.ts';
import { findDecision } from '#server/decisions/queries.ts';
import { assertDeskCheck, listCheckedPersons } from '#server/desk/checks.ts';
import { listPersonsByPolicyNo } from '#server/desk/queries.ts';
import { assertMinorOpen } from '#server/minors/rule.ts';
import { getPersonState } from '#server/persons/facts.ts';
import { findPersonsByHash } from '#server/persons/queries.ts';
import { sealFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem, Refused, type Words } from '#server/platform/problem.ts';
import { relationTo } from './access.ts';
import { answerDue, setComplaintTimers } from './clock.ts';
import {
  findCaseByNumber,
  findComplaintOfDecision,
  findOpenMatter,
  insertComplaintRow,
  insertRoundRow,
  isHolderOf,
  type NewComplaint,
} from './queries.ts';
import { type ComplaintWords, record, tellComplainant, tellDesk } from './record.ts';

type About = { personId: string; caseId: string | null; decisionId: string | null; service: string | null };
type Speaker = { relation: ComplaintRelation; complainant: string | null; named?: z.infer<typeof Complainant> };
export type Filed = { id: string; number: string; due: Date };

const wrong = (pointer: string, detail: Words) => new Problem('not-acceptable', { pointer, detail });

/**
 * Files a complaint; about a decision it is an appeal. Returns its number and when the answer is due.
 * @throws Problem not-acceptable naming the field, desk-check-needed, minor-approval-needed; Refused conflict with the open
 *   one, not-possible-now where nothing was refused
 */
export async function fileComplaint(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: z.infer<typeof FileComplaint>,
  now: Date,
): Promise<Filed> {
  const about = await readAbout(db, ctx, actor, input, now);
  const speaker =
    actor.role === 'service-desk'
      ? await readCaller(db, ctx, actor, about.personId, input.complainant, now)
      : await readMember(db, ctx, actor, about, input.complainant, now);
  return await keep(
    db,
    ctx,
    actor,
    {
      ...about,
      kind: input.kind,
      text: input.text,
      channel: actor.role === 'service-desk' ? 'hotline' : 'portal',
      receivedAt: now,
    },
    speaker,
    now,
  );
}

/** A letter: its days count from the day it came. @throws Problem not-acceptable naming the field; Refused conflict */
export async function fileLetter(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: z.infer<typeof FileLetter>,
  now: Date,
): Promise<Filed> {
  if (input.receivedOn > dayOf(now))
    throw wrong('/receivedOn', { zh: '收到来信的日期不能晚于今天', en: 'not later than today' });
  const onPolicy = await listPersonsByPolicyNo(db, ctx, input.policyNo);
  if (onPolicy.length === 0)
    throw wrong('/policyNo', { zh: '没有这个保单号', en: 'There is no policy of this number' });
  const named = (await findPersonsByHash(db, ctx, 'name', input.personName)).filter((id) => onPolicy.includes(id));
  if (named.length !== 1)
    throw wrong('/personName', { zh: '这份保单上没有这个姓名', en: 'Nobody of this name is on the policy' });
  const personId = named[0]!;
  const found = input.caseNumber ? await findCaseByNumber(db, ctx, input.caseNumber) : undefined;
  if (input.caseNumber && found?.personId !== personId)
    throw wrong('/caseNumber', { zh: '此人没有这个编号的服务单', en: 'This person has no case of this number' });
  if (input.kind === 'case' && !found)
    throw wrong('/caseNumber', { zh: '请写明是哪一单', en: 'say which case it is about' });
  const speaker = await readNamed(db, ctx, personId, input.complainant, now);
  const about = { personId, caseId: found?.id ?? null, decisionId: null, service: found?.service ?? null };
  const receivedAt = input.receivedOn === dayOf(now) ? now : instantAt(input.receivedOn, '00:00');
  return await keep(
    db,
    ctx,
    actor,
    { ...about, kind: input.kind, text: input.text, channel: 'letter', receivedAt },
    speaker,
    now,
  );
}

/** What it is about and whose matter that is; what the caller may not see is as if it were not there. */
async function readAbout(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: z.infer<typeof FileComplaint>,
  now: Date,
): Promise<About> {
  const { kind, caseId, decisionId } = input;
  if (kind === 'decision' && !decisionId)
    throw wrong('/decisionId', { zh: '请指明是哪一项决定', en: 'say which decision' });
  if (kind !== 'decision' && decisionId)
    throw wrong('/kind', { zh: '对决定提出的，种类应为 decision', en: 'about a decision the kind is "decision"' });
  if (kind === 'case' && !caseId) throw wrong('/caseId', { zh: '请指明是哪一单', en: 'say which case' });
  if (kind === 'service' && !input.service && !caseId)
    throw wrong('/service', { zh: '请指明是哪一项服务', en: 'say which service' });
  if (input.service && !ctx.plans.some(({ services }) => Object.hasOwn(services, input.service!)))
    throw wrong('/service', { zh: '没有这项服务', en: 'there is no such service' });
  if (decisionId) {
    const heirs = await findDecision(db, ctx, decisionId);
    const row =
      (await findVisibleDecision(db, ctx, actor, decisionId, now)) ??
      (heirs && (await isHeir(db, ctx, actor, heirs.personId, now)) ? heirs : undefined);
    if (!row) throw wrong('/decisionId', { zh: '没有这项决定', en: 'there is no such decision' });
    await assertMinorOpen(db, ctx, actor, row, now);
    if (row.outcome !== 'refused' && !row.caseFinal)
      throw new Refused('not-possible-now', {
        detail: {
          zh: '这里没有被拒绝的内容：申请还在办理中。',
          en: 'Nothing was refused here: the request is still being worked on.',
        },
      });
    return matching(input, { personId: row.personId, caseId: row.caseId, decisionId, service: row.service });
  }
  if (caseId) {
    const heirs = await findCase(db, ctx, caseId);
    const row =
      (await findVisibleRow(db, ctx, actor, caseId, now))?.row ??
      (heirs && (await isHeir(db, ctx, actor, heirs.personId, now)) ? heirs : undefined);
    if (!row) throw wrong('/caseId', { zh: '没有这张服务单', en: 'there is no such case' });
    return matching(input, { personId: row.personId, caseId, decisionId: null, service: row.service });
  }
  const personId = input.personId ?? actor.personId;
  if (!personId) throw wrong('/personId', { zh: '请指明是谁的事', en: 'say whose matter it is' });
  return { personId, caseId: null, decisionId: null, service: input.service ?? null };
}
const isHeir = async (db: Db, ctx: Ctx, actor: Actor, personId: string, now: Date): Promise<boolean> =>
  actor.role === 'member' &&
  actor.personId !== null &&
  (await relationTo(db, ctx, actor.personId, personId, { service: null, spoke: false }, now)) === 'heir';
function matching(input: { personId?: string | undefined }, about: About): About {
  if (input.personId && input.personId !== about.personId)
    throw wrong('/personId', { zh: '与所指的申请不是同一个人', en: 'not the person of that case or decision' });
  return about;
}

async function readMember(db: Db, ctx: Ctx, actor: Actor, about: About, named: unknown, now: Date): Promise<Speaker> {
  if (named)
    throw wrong('/complainant', {
      zh: '由您本人的账户提出，无需填写',
      en: 'you complain by your own account; leave it out',
    });
  if (actor.personId === null) throw new Error('A member has a person');
  // Who sees the case or decision of somebody that cannot act herself spoke for her when asking.
  const spoke = about.caseId !== null || about.decisionId !== null;
  const relation = await relationTo(db, ctx, actor.personId, about.personId, { service: about.service, spoke }, now);
  if (!relation) throw wrong('/personId', { zh: '您不能代此人提出', en: 'you cannot speak for this person' });
  return { relation, complainant: actor.personId };
}

/** Within a check of the caller: her own file, of a guardian the child's, of an heir the file of the dead. */
async function readCaller(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  personId: string,
  named: z.infer<typeof Complainant> | undefined,
  now: Date,
): Promise<Speaker> {
  if (!(await mayActAtDesk(db, ctx, actor, personId, now))) await assertDeskCheck(db, ctx, actor, personId, now);
  if (!named && !(await isCapableAdult(db, ctx, personId, now)))
    for (const caller of await listCheckedPersons(db, ctx, actor, now))
      if (await isHolderOf(db, ctx, caller, personId)) return { relation: 'guardian', complainant: caller };
  return await readNamed(db, ctx, personId, named ?? { relation: 'self' }, now);
}

/** Who speaks by telephone or letter: after a death only an heir, and who is not herself says her name and shows why. */
async function readNamed(
  db: Db,
  ctx: Ctx,
  personId: string,
  named: z.infer<typeof Complainant>,
  now: Date,
): Promise<Speaker> {
  const { diedAt } = await getPersonState(db, ctx, personId, now);
  const { relation } = named;
  if ((diedAt !== null) !== (relation === 'heir'))
    throw wrong(
      '/complainant/relation',
      diedAt
        ? { zh: '本人已故，只能由继承人提出', en: 'the person has died: an heir complains' }
        : { zh: '没有登记本人身故', en: 'no death of this person is on record' },
    );
  if (relation === 'self') return { relation, complainant: personId };
  const missing = (['name', 'phone', 'proof'] as const).find((field) => !named[field]);
  if (missing)
    throw wrong(`/complainant/${missing}`, {
      zh: '代他人提出时必须填写',
      en: 'is needed from whoever speaks for another',
    });
  return { relation, complainant: null, named };
}

type Kept = About & { kind: ComplaintKind; text: string; channel: ComplaintChannel; receivedAt: Date };

/** What must not be open twice: a decision once for all, anything else once a complainant. */
const matterOf = ({ kind, personId, caseId, decisionId, service }: Kept, { relation, complainant }: Speaker): string =>
  decisionId ? `decision/${decisionId}` : [kind, personId, caseId ?? service ?? '-', complainant ?? relation].join('/');

async function keep(db: Db, ctx: Ctx, actor: Actor, kept: Kept, speaker: Speaker, now: Date): Promise<Filed> {
  if (actor.accountId === null) throw new Error('A complaint is filed by a person');
  const matter = matterOf(kept, speaker);
  if (kept.decisionId) await refuseAnswered(db, ctx, kept.decisionId);
  const id = uuidv7();
  const { personId, caseId, decisionId, service, kind, channel, receivedAt, text } = kept;
  const { relation, complainant, named } = speaker;
  const words: ComplaintWords = {
    text,
    ...(named
      ? { complainant: { name: named.name ?? null, phone: named.phone ?? null, proof: named.proof ?? null } }
      : {}),
  };
  const row: NewComplaint = {
    id,
    number: await takeCaseNumber(db, ctx, 'TS', dayOf(now)),
    kind,
    personId,
    complainant,
    relation,
    channel,
    filedBy: actor.accountId,
    filedAt: now,
    caseId,
    decisionId,
    service,
    matter,
    sealed: await sealFor(db, ctx, personId, 'complaints', id, words),
  };
  if (!(await insertComplaintRow(db, ctx, row))) throw openAlready(await findOpenMatter(db, ctx, matter));
  const due = answerDue(ctx, 'complaint-answer', receivedAt);
  await insertRoundRow(db, ctx, id, 1, receivedAt, 'complaint-answer', due);
  await setComplaintTimers(db, ctx, { id, round: 1, due });
  const subject = { ...row, round: 1, handler: null };
  await record(db, ctx, actor, subject, 'filed', { due: formatInstant(due) }, now);
  await tellComplainant(db, ctx, subject, 'complaint-received', { due: due.toISOString() }, id, now);
  await tellDesk(db, ctx, subject, 'complaint-new', { supervisor: false }, id, now);
  return { id, number: row.number, due };
}

/** Once answered, the way on is the review of that answer. */
async function refuseAnswered(db: Db, ctx: Ctx, decisionId: string): Promise<void> {
  const before = await findComplaintOfDecision(db, ctx, decisionId);
  if (before?.state !== 'answered') return;
  throw new Refused('conflict', {
    extra: { complaintId: before.id },
    detail: {
      zh: '对这项决定的申诉已经答复。不同意答复，可以在答复页面申请核查。',
      en: 'The appeal against this decision has been answered. If you do not agree, ask for a review on its page.',
    },
  });
}

const openAlready = (complaintId: string | undefined): Refused =>
  new Refused('conflict', {
    ...(complaintId ? { extra: { complaintId } } : {}),
    detail: {
      zh: '同一件事已经提出，正在处理。您可以打开它补充内容。',
      en: 'This is with us already and being looked at. Open it to add to it.',
    },
  });
