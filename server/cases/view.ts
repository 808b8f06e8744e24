/** A case as a screen shows it (contract 3). The server decides; screens show. */

import type { CaseSummary, CaseView } from '#contract/cases.ts';
import type { ClockView } from '#contract/common.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import type { Decision } from '#domain/eligibility/decide.ts';
import type { Question } from '#domain/eligibility/question.ts';
import { fieldsOf } from '#domain/journeys/fields.ts';
import { type CaseRole, isOutside, stateMeta } from '#domain/journeys/journey.ts';
import { printMoment } from '#domain/messages/moments.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { hasCourse } from '#server/courses/readers.ts';
import { linkedCases } from '#server/drugs/linked.ts';
import { consentAsked, opinionOf } from '#server/opinions/view.ts';
import { openWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';
import { satisfactionOf } from '#server/satisfaction/say.ts';
import { videoOf } from '#server/video/view.ts';
import { listAllowed } from './allowed.ts';
import { callsOf } from './calls.ts';
import { checklistOf } from './checklist.ts';
import { type ClockRow, listClocks, listMoves, listPauses } from './clock-queries.ts';
import { clockToWire } from './clock-wire.ts';
import { reasonsOnWire } from './decide-now.ts';
import { factGroups } from './fact-groups.ts';
import { loadFacts } from './facts.ts';
import { type OpenCase, openCaseForEvent } from './move-case.ts';
import type { CaseRow } from './queries.ts';
import { remainingUses } from './remaining-uses.ts';
import { type Seen, seeCase } from './seen.ts';
import { bySender } from './send-event.ts';
import { OFFERED_STATES } from './state-timers.ts';
import { stepsOf, timelineOf } from './timeline.ts';
import { shownName, type Viewer, viewerOf } from './viewer.ts';
import { CAUSES, RANKS, ROLES, TURN } from './words.ts';

const selectDecision = sql<{ id: string; sealed: Buffer }>(
  'caseView.decision',
  'select id, sealed from decisions where insurer = $1 and id = $2',
);
const selectUse = sql<{ move: string; cause: string }>(
  'caseView.use',
  'select move, cause from uses where insurer = $1 and case_id = $2 order by seq desc limit 1',
);

export async function viewCase(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: CaseRow,
  role: CaseRole,
  lang: 'zh' | 'en',
  now: Date,
): Promise<CaseView> {
  const open = await openCaseForEvent(db, ctx, row);
  const viewer = viewerOf(role, lang);
  const seen = await seeCase(db, ctx, actor, open, viewer, now);
  const { plan } = open.running;
  const facts = bySender(await loadFacts(db, ctx, open, undefined, {}, now), actor, role);
  const clocks = await clocksOf(db, ctx, open, lang, now);
  const house = !isOutside(role);
  const allowed = listAllowed(open, role, facts, seen.form, lang);
  return {
    ...(await summaryOf(db, ctx, open, viewer, clocks, seen.person.name)),
    plan: plan.plan,
    edition: plan.edition,
    planName: plan.name[lang],
    hotline: plan.hotline,
    chartVersion: row.chartVersion,
    mine: role === 'member' || role === 'applicant' || row.assignee === actor.accountId,
    steps: stepsOf(open.journey, open, seen.events, lang),
    clocks: role === 'member' || role === 'applicant' ? clocks.filter((clock) => !clock.target) : clocks,
    settledDirectly: open.running.service.settlement !== undefined,
    papers: checklistOf(ctx, open, seen, allowed, viewer),
    timeline: timelineOf(open, seen.events, viewer),
    use: house
      ? await usageOf(db, ctx, open, role, lang, now)
      : { state: 'none', cause: null, causeLabel: null, remaining: null, limit: null },
    facts: factGroups(open, seen, viewer),
    decision: house ? await decisionOf(db, ctx, open, lang) : null,
    offer: offerOf(open, seen, viewer),
    carePath: seen.carePath,
    summary: seen.summary ? { ...seen.summary, at: formatInstant(new Date(seen.summary.at)) } : null,
    calls: viewer.groups.has('internal') ? await callsOf(db, ctx, open, seen.events, viewer) : [],
    opinion: await opinionOf(open, seen, lang),
    consentAsked: consentAsked(open, facts),
    linked: await linkedCases(db, ctx, actor, open, viewer, now),
    video: await videoOf(db, ctx, open, seen, role, lang),
    satisfaction: await satisfactionOf(
      db,
      ctx,
      open,
      role,
      allowed.find(({ type }) => type === 'rate'),
      lang,
      now,
    ),
    course: hasCourse(open, role),
    allowed,
  };
}

/** One line of a list: who, what, whose turn, the most urgent clock. */
export async function summaryOf(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  viewer: Viewer,
  clocks: readonly ClockView[],
  name: string | undefined,
): Promise<CaseSummary> {
  const { row, running, journey } = open;
  const meta = stateMeta(journey, row.state);
  const { lang } = viewer;
  const outside = viewer.role === 'member' || viewer.role === 'applicant';
  const until = untilOf(open, clocks, lang);
  const mine = meta.turn === viewer.role || (viewer.role === 'applicant' && meta.turn === 'member');
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    service: row.service,
    serviceName: running.service.name[lang],
    state: row.state,
    stateLabel: row.suspended
      ? { zh: '合同暂停，等待中', en: 'Policy suspended; waiting' }[lang]
      : (outside ? meta.label : (meta.desk ?? meta.label))[lang],
    final: row.final,
    suspended: row.suspended,
    person: { id: row.personId, name: shownName(viewer, name), masked: viewer.masked },
    policyNo: isOutside(viewer.role) ? '' : row.policyNo,
    turn: {
      who: meta.turn as CaseSummary['turn']['who'],
      label:
        meta.turn === 'nobody'
          ? TURN.nobody![lang]
          : mine
            ? TURN.mine![lang]
            : `${TURN.other![lang]}${lang === 'en' ? ' ' : ''}${ROLES[meta.turn]?.[lang] ?? ''}`,
      does: meta.does[lang],
      ...until,
    },
    urgent: mostUrgent(clocks),
    openedAt: formatInstant(row.openedAt),
    changedAt: formatInstant(row.changedAt),
    assignee: row.assignee ? ((await nameAccounts(db, ctx, [row.assignee])).get(row.assignee) ?? null) : null,
    attention: viewer.groups.has('internal') ? row.attention : [],
  };
}

/** Late first, then by due moment; a standing clock is no hurry. */
export function mostUrgent(clocks: readonly ClockView[]): ClockView | null {
  const running = clocks.filter(({ state }) => state === 'late' || state === 'soon' || state === 'running');
  return (
    [...running].sort((a, b) => a.due.localeCompare(b.due))[0] ??
    clocks.find(({ state }) => state === 'standing') ??
    null
  );
}

/** The states of the charts in which a visit or a pick-up is to come. */
const BOOKED: readonly string[] = ['booked', 'appointed'];

/** A moment that the chart keeps by itself; a day is good to its end. */
const momentOf = (own: string): string => (own.length === 10 ? `${own}T23:59:59+08:00` : own);

function untilOf(
  open: OpenCase,
  clocks: readonly ClockView[],
  lang: 'zh' | 'en',
): { until: string | null; untilWhy: string | null; appointment: boolean } {
  const { until } = stateMeta(open.journey, open.row.state);
  if ('none' in until) return { until: null, untilWhy: until.none[lang], appointment: false };
  if ('field' in until) {
    const { offer, pickUp, turn, ...chart } = open.memory.chart as Record<
      string,
      Record<string, string> | null | undefined
    >;
    const own = chart[until.field] as unknown;
    const at = typeof own === 'string' ? momentOf(own) : (offer ?? pickUp ?? turn)?.[until.field];
    // What is only offered has a last moment to answer; what is booked takes place then.
    const appointment = BOOKED.includes(open.row.state);
    return { until: at ? formatInstant(new Date(at)) : null, untilWhy: null, appointment };
  }
  const code = 'target' in until ? until.target : until.promise;
  const clock = clocks.find(
    (one) => one.promise === code && ['running', 'soon', 'late', 'standing'].includes(one.state),
  );
  return { until: clock?.due ?? null, untilWhy: clock?.label ?? null, appointment: false };
}

export async function clocksOf(db: Db, ctx: Ctx, open: OpenCase, lang: 'zh' | 'en', now: Date): Promise<ClockView[]> {
  const clocks = await listClocks(db, ctx, open.row.id);
  const pauses = await listPauses(db, ctx, open.row.id);
  const moves =
    clocks.length > 0
      ? await listMoves(
          db,
          ctx,
          clocks.map(({ id }) => id),
        )
      : [];
  const { plan, service } = open.running;
  return clocks.map((clock: ClockRow) => clockToWire(ctx, lang, { plan, service, clock, pauses, moves, now }));
}

async function usageOf(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  role: CaseRole,
  lang: 'zh' | 'en',
  now: Date,
): Promise<CaseView['use']> {
  const { row, running } = open;
  const last = await queryOne(db, selectUse, [ctx.insurer, row.id]);
  // Who filed for a capable adult learns nothing of her earlier uses (contract 3).
  const hidden = role === 'applicant' && row.state === 'awaiting-own-consent';
  return {
    state: last
      ? ({ hold: 'held', spend: 'spent', release: 'released', restore: 'released' } as const)[last.move as 'hold']
      : 'none',
    cause: last?.cause ?? null,
    causeLabel: last ? (CAUSES[last.cause]?.[lang] ?? null) : null,
    limit: running.service.use.limit.is,
    remaining: hidden ? null : await remainingUses(db, ctx, running.service.use, row, dayOf(now)),
  };
}

async function decisionOf(db: Db, ctx: Ctx, open: OpenCase, lang: 'zh' | 'en'): Promise<CaseView['decision']> {
  if (!open.memory.decisionId) return null;
  const found = await queryOne(db, selectDecision, [ctx.insurer, open.memory.decisionId]);
  if (!found) return null;
  const kept = openWith<{ question: Question; decision: Decision }>(open.key, ctx, 'decisions', found.id, found.sealed);
  return {
    id: found.id,
    outcome: kept.decision.outcome,
    reasons: reasonsOnWire(ctx, { plan: kept.question.plan, at: new Date(kept.question.at) }, kept.decision, lang),
  };
}

function offerOf(open: OpenCase, { offer }: Seen, viewer: Viewer): CaseView['offer'] {
  if (!offer?.visitAt) return null;
  const confirmed = !OFFERED_STATES.includes(open.row.state);
  return {
    visitAt: formatInstant(new Date(offer.visitAt)),
    hospital: offer.hospital,
    department: offer.department,
    expert: offer.expert,
    rank: RANKS[offer.rank]?.[viewer.lang] ?? offer.rank,
    answerBy: confirmed ? null : formatInstant(new Date(offer.answerBy)),
    confirmed,
    escort: offer.escort ?? null,
    more: moreOf(open, offer, viewer.lang),
  };
}

/** What this kind's offer says beyond the common fields, under the titles of its event. */
function moreOf(open: OpenCase, { more = {} }: NonNullable<Seen['offer']>, lang: 'zh' | 'en') {
  const { offerSlot, offerBed } = open.journey.events;
  // A field that both offers have is told once.
  const fields = new Map(
    [offerSlot, offerBed].flatMap((def) =>
      def ? fieldsOf(def.schema).map((field) => [field.name, field] as const) : [],
    ),
  );
  const words = Object.entries(open.journey.offerWords ?? {}).map(([name, title]) => ({
    name,
    title,
    format: undefined,
  }));
  return [...fields.values(), ...words].flatMap(({ name, title, format }) => {
    const value = more[name];
    if (!value) return [];
    return [{ label: title[lang], value: format === 'date-time' ? printMoment(new Date(value), lang) : value }];
  });
}
