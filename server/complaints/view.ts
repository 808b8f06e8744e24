/** Complaints on the wire: as the complainant reads them, and as their desk does. */
import type { z } from 'zod';
import type { DecisionView } from '#contract/cases.ts';
import type {
  ComplaintAnswer,
  ComplaintEntry,
  ComplaintFile,
  ComplaintRowView,
  ComplaintSummary,
  ComplaintView,
} from '#contract/complaints.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import type { AnswerNorm } from '#domain/complaints/clocks.ts';
import { complainantActs, handlerActs, isOpen, TOLD_EVENTS } from '#domain/complaints/rules.ts';
import {
  APPEAL_OUTCOME_WORDS,
  CHANNEL_WORDS,
  DESK_STATE_WORDS,
  EVENT_WORDS,
  KIND_WORDS,
  OUTCOME_WORDS,
  RELATION_WORDS,
  STATE_WORDS,
} from '#domain/complaints/words.ts';
import { maskName } from '#domain/persons/mask.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { nameInPlans } from '#server/audit/labels.ts';
import { ROLES } from '#server/cases/words.ts';
import { findMinorClosed } from '#server/minors/rule.ts';
import { isAsked } from '#server/operations/approval-queries.ts';
import { maskedNames } from '#server/operations/masked-names.ts';
import { findPerson } from '#server/persons/queries.ts';
import { getPersonKey, openWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { deskOf, needsTelling, standingOf } from './acts.ts';
import { roundClock } from './clock.ts';
import { listCandidates } from './handlers.ts';
import {
  type ComplaintEventRow,
  type ComplaintRow,
  findComplaintOfDecision,
  listEvents,
  listRounds,
  type RoundRow,
} from './queries.ts';
import { type ComplaintWords, type EventWords, openWords } from './record.ts';

type Lang = 'zh' | 'en';
type Loaded = { row: ComplaintRow; rounds: RoundRow[]; events: ComplaintEventRow[]; person: string };

async function load(db: Db, ctx: Ctx, row: ComplaintRow, person?: string): Promise<Loaded> {
  return {
    row,
    rounds: await listRounds(db, ctx, row.id),
    events: await listEvents(db, ctx, row.id),
    person: person ?? (await findPerson(db, ctx, row.personId))?.name ?? '',
  };
}

function clockOf(ctx: Ctx, { row, rounds, events }: Loaded, round: number, lang: Lang, now: Date) {
  const found = rounds.find((one) => one.round === round);
  if (!found) throw new Error(`The complaint ${row.id} has no round ${round}`);
  const moved = events.flatMap(({ type, at, data, round: of }) =>
    of === round && (type === 'extended' || type === 'extended-again') && data.norm
      ? [{ at, norm: data.norm as AnswerNorm }]
      : [],
  );
  return roundClock(ctx, row.id, found, moved, lang, now);
}

function summary(ctx: Ctx, loaded: Loaded, masked: boolean, lang: Lang, now: Date): z.infer<typeof ComplaintSummary> {
  const { row, person } = loaded;
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    kindLabel: KIND_WORDS[row.kind][lang],
    state: row.state,
    stateLabel: (masked ? DESK_STATE_WORDS : STATE_WORDS)[row.state][lang],
    open: isOpen(row.state),
    round: row.round,
    serviceName: row.service && (nameInPlans(ctx)(row.service, lang) ?? row.service),
    caseId: row.caseId,
    caseNumber: row.caseNumber,
    decisionId: row.decisionId,
    person: masked ? maskName(person) : person,
    filedAt: formatInstant(row.filedAt),
    clock: clockOf(ctx, loaded, row.round, lang, now),
  };
}

const outcomeWords = (row: ComplaintRow) => (row.decisionId ? APPEAL_OUTCOME_WORDS : OUTCOME_WORDS);
const eventText = (key: Buffer, ctx: Ctx, event: ComplaintEventRow): string | null =>
  event.sealed && openWith<EventWords>(key, ctx, 'complaint_events', event.id, event.sealed).text;

/** Answers told so far; `words` null where the caller reads none. */
function answers(
  key: Buffer | null,
  ctx: Ctx,
  { row, rounds, events }: Loaded,
  words: ComplaintWords | null,
  lang: Lang,
): z.infer<typeof ComplaintAnswer>[] {
  return rounds.flatMap(({ round, outcome, answeredAt }) => {
    if (!outcome || !answeredAt) return [];
    const event = events.find((one) => one.round === round && one.type === 'answered');
    const text = key && ((event && eventText(key, ctx, event)) ?? words?.answer ?? null);
    return [{ round, outcome, outcomeLabel: outcomeWords(row)[outcome][lang], text, at: formatInstant(answeredAt) }];
  });
}

const HER_SIDE: Record<Lang, string> = { zh: '投诉人', en: 'The complainant' };
const STATED: Readonly<Record<string, Record<Lang, string>>> = {
  staff: { zh: '经办人员', en: 'staff concerned' },
  provider: { zh: '服务商', en: 'the provider' },
  letter: { zh: '书面信件', en: 'by letter' },
  telephone: { zh: '电话', en: 'by telephone' },
};
async function entries(
  db: Db,
  ctx: Ctx,
  events: readonly ComplaintEventRow[],
  key: Buffer | null,
  lang: Lang,
): Promise<z.infer<typeof ComplaintEntry>[]> {
  const names = await nameAccounts(
    db,
    ctx,
    events.flatMap(({ actorAccount }) => actorAccount ?? []),
  );
  return events.map((event) => ({
    id: event.id,
    type: event.type,
    label: EVENT_WORDS[event.type][lang],
    at: formatInstant(event.at),
    by:
      event.actorRole === 'member'
        ? HER_SIDE[lang]
        : ((event.actorAccount && names.get(event.actorAccount)) ?? ROLES[event.actorRole]?.[lang] ?? event.actorRole),
    text: key && eventText(key, ctx, event),
    round: event.round,
    of: STATED[event.data.of ?? event.data.by ?? '']?.[lang] ?? null,
  }));
}

/** One of the complainant's list. */
export const viewSummary = async (db: Db, ctx: Ctx, row: ComplaintRow, lang: Lang, now: Date) =>
  summary(ctx, await load(db, ctx, row), false, lang, now);

/** As the complainant reads it; the desk within a check, about which it may be, is shown where it stands and no words. */
export async function viewComplaint(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: ComplaintRow,
  lang: Lang,
  now: Date,
): Promise<ComplaintView> {
  const loaded = await load(db, ctx, row);
  const desk = actor.role !== 'member';
  const key = desk ? null : await getPersonKey(db, ctx, row.personId);
  const words = desk ? null : await openWords(db, ctx, row);
  const standing = standingOf(ctx, row);
  const acts = complainantActs(standing, now);
  const told = loaded.events.filter(({ type }) => TOLD_EVENTS.includes(type));
  const names = await nameAccounts(db, ctx, row.handler ? [row.handler] : []);
  const newest = ctx.plans.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
  return {
    ...summary(ctx, loaded, desk, lang, now),
    text: words?.text ?? null,
    handler: (row.handler && names.get(row.handler)) ?? null,
    answers: answers(key, ctx, loaded, words, lang),
    reviewUntil: acts.includes('review') && standing.reviewUntil ? formatInstant(standing.reviewUntil) : null,
    history: await entries(db, ctx, told, key, lang),
    acts,
    hotline: newest?.hotline ?? '',
  };
}

async function rowView(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  loaded: Loaded,
  lang: Lang,
  now: Date,
): Promise<z.infer<typeof ComplaintRowView>> {
  const { row, rounds } = loaded;
  const names = await nameAccounts(db, ctx, row.handler ? [row.handler] : []);
  return {
    ...summary(ctx, loaded, true, lang, now),
    relationLabel: RELATION_WORDS[row.relation][lang],
    channelLabel: CHANNEL_WORDS[row.channel][lang],
    handler: (row.handler && names.get(row.handler)) ?? null,
    mine: deskOf(actor, row).mine,
    tookPart: row.tookPart,
    breached: rounds.some(({ round, breachedAt }) => round === row.round && breachedAt !== null),
  };
}

/** The desk's list: no words of anybody. A person whose data was erased has no name there. */
export async function viewRows(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  rows: readonly ComplaintRow[],
  lang: Lang,
  now: Date,
): Promise<z.infer<typeof ComplaintRowView>[]> {
  const names = await maskedNames(
    db,
    ctx,
    rows.map(({ personId }) => personId),
  );
  const views = [];
  for (const row of rows)
    views.push(await rowView(db, ctx, actor, await load(db, ctx, row, names.get(row.personId) ?? ''), lang, now));
  return views;
}

/** The whole of it for its desk. Of a minor whose file is closed to the caller nothing that was said is shown. */
export async function viewFile(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: ComplaintRow,
  lang: Lang,
  now: Date,
): Promise<ComplaintFile> {
  const loaded = await load(db, ctx, row);
  const closed = await findMinorClosed(db, ctx, actor, row, now);
  const key = closed ? null : await getPersonKey(db, ctx, row.personId);
  const words = closed ? null : await openWords(db, ctx, row);
  const who = deskOf(actor, row);
  const acts = handlerActs(standingOf(ctx, row), who, now);
  const names = await nameAccounts(db, ctx, row.decidedBy ? [row.decidedBy] : []);
  const member =
    row.complainant && row.complainant !== row.personId ? await findPerson(db, ctx, row.complainant) : undefined;
  const named = words?.complainant;
  return {
    ...(await rowView(db, ctx, actor, loaded, lang, now)),
    text: words?.text ?? '',
    norm: row.norm,
    complainant: {
      relation: row.relation,
      name: named?.name ?? (member ? maskName(member.name) : null),
      phone: named?.phone ?? null,
      proof: named?.proof ?? null,
    },
    decidedBy: (row.decidedBy && names.get(row.decidedBy)) ?? null,
    answers: answers(key, ctx, loaded, words, lang),
    firstClock: row.round === 2 ? clockOf(ctx, loaded, 1, lang, now) : null,
    history: await entries(db, ctx, loaded.events, key, lang),
    acts: closed ? acts.filter((act) => act === 'take' || act === 'assign') : acts,
    tellBy: await needsTelling(db, ctx, row, now),
    extensionAsked: await isAsked(db, ctx, 'extend-complaint', row.id, null),
    handlers: who.supervisor && acts.includes('assign') ? await listCandidates(db, ctx, row) : [],
    closed,
  };
}

/** What a decision's page says of the appeal against it; the words are hers and the desk of complaints', not the deciding desk's. */
export async function viewAppeal(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  decisionId: string,
): Promise<z.infer<typeof DecisionView>['appeal']> {
  const row = await findComplaintOfDecision(db, ctx, decisionId);
  if (!row) return null;
  const loaded = await load(db, ctx, row);
  const mayRead = actor.role === 'member';
  const words = mayRead ? await openWords(db, ctx, row) : null;
  const last = answers(mayRead ? await getPersonKey(db, ctx, row.personId) : null, ctx, loaded, words, 'zh').at(-1);
  const open = isOpen(row.state);
  return {
    id: row.id,
    state: open ? 'open' : row.state === 'withdrawn' ? 'withdrawn' : (last?.outcome ?? 'open'),
    text: words?.text ?? '',
    answer: last?.text ?? null,
    due: formatInstant(row.due),
  };
}
