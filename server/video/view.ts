/** A video consultation as its page shows it, beside the case; and where a person stands with the service. */
import type { VideoStanding, VideoView } from '#contract/video.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { decide } from '#domain/eligibility/decide.ts';
import type { CaseRole } from '#domain/journeys/journey.ts';
import type { Context } from '#domain/journeys/video-consultation/context-v1.ts';
import { editionInForce } from '#domain/plan/registry.ts';
import { isCapableAdult, mayActFor } from '#server/cases/access.ts';
import { listClocks } from '#server/cases/clock-queries.ts';
import { reasonsOnWire } from '#server/cases/decide-now.ts';
import { buildQuestion } from '#server/cases/filing.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import { findPolicy, findRoleOnPolicy } from '#server/cases/question.ts';
import type { Seen } from '#server/cases/seen.ts';
import { RANKS } from '#server/cases/words.ts';
import { hasDeskCheck } from '#server/desk/checks.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { DRAFTED, findDraft } from './note-drafts.ts';
import { DELAYED, findOpening, findRunning, yearOf } from './opening-rows.ts';
import { findOpenOfCase, findPlace } from './queries.ts';
import { VIDEO_KIND } from './states.ts';

type Lang = 'zh' | 'en';
const moment = (text: string | null): string | null => (text === null ? null : formatInstant(new Date(text)));
/** Whose page shows the call and its note; the house reads the course of the case only. */
const SIDES: readonly CaseRole[] = ['member', 'applicant', 'service-desk', 'video-doctor'];
const WAITS: readonly string[] = ['queued', 'waiting-again'];
const UNTIL_TALKED: readonly string[] = [...WAITS, 'in-call'];

/** null in cases of other services. What a doctor may read of it, `seen` has been cut down to. */
export async function videoOf(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  seen: Seen,
  role: CaseRole,
  lang: Lang,
): Promise<VideoView | null> {
  const { row, memory, running } = open;
  if (row.kind !== VIDEO_KIND) return null;
  const chart = memory.chart as unknown as Context;
  const waiting = WAITS.includes(row.state);
  const offer = await findOpenOfCase(db, ctx, row.id);
  const clock = (await listClocks(db, ctx, row.id)).findLast(({ metAt, voidAt }) => metAt === null && voidAt === null);
  const now = await ctx.clock.now(db);
  const late = clock !== undefined && clock.due <= now && !clock.target;
  const mayRead = SIDES.includes(role);
  const note = mayRead && noteIsSeen(seen, role) ? chart.note : null;
  const rule = running.service.ownYear;
  const year = chart.openedAt && rule ? yearOf(new Date(chart.openedAt), rule) : null;
  const callBackOpen = waiting && chart.callBackFrom !== null && now >= new Date(chart.callBackFrom);
  return {
    act: memory.act,
    place: waiting ? (await findPlace(db, ctx, row.id)) || null : null,
    since: waiting ? moment(chart.waitsSince) : null,
    dueAt: waiting && clock ? formatInstant(clock.due) : null,
    offered: waiting && offer?.outcome === null,
    breached: late,
    callBack: chart.callBack ? 'wanted' : callBackOpen ? 'offered' : 'no',
    appointment: chart.appointmentAt
      ? { at: moment(chart.appointmentAt)!, agreed: row.state === 'appointed', why: chart.appointmentWhy ?? '' }
      : null,
    roomId: mayRead && row.state === 'in-call' && offer?.outcome === 'accepted' ? offer.id : null,
    byTelephone: chart.byTelephone,
    telephone:
      mayRead && (chart.callBack || chart.byTelephone) && UNTIL_TALKED.includes(row.state) ? telephoneOf(seen) : null,
    doctor: chart.by ? { ...chart.by, rank: RANKS[chart.by.rank]?.[lang] ?? chart.by.rank } : null,
    note: note && { ...note, at: moment(note.at)! },
    draft: draftOf(role, row.state) ? ((await findDraft(db, ctx, row)) ?? emptyDraft(seen)) : null,
    followUp:
      note && chart.followUpUntil
        ? { until: moment(chart.followUpUntil)!, asked: chart.asked, answered: chart.answered }
        : null,
    stars: chart.stars,
    openedAt: moment(chart.openedAt),
    validUntil: year?.validUntil ?? null,
    opensAgainOn: year?.opensAgainOn ?? null,
    delayed: row.attention.includes(DELAYED),
    hotline: running.plan.hotline,
  };
}

const draftOf = (role: CaseRole, state: string): boolean => role === 'video-doctor' && DRAFTED.includes(state);
/** It begins with what the member said. */
const emptyDraft = ({ form }: Seen) => ({
  complaint: String(form.complaint ?? ''),
  advice: '',
  seekCare: '',
  redFlags: '',
});

/** The number she named last, else with the request, else the one on file. */
const telephoneOf = ({ events, form, person }: Seen): string | null => {
  const named = events.findLast(({ payload }) => typeof payload.phone === 'string')?.payload.phone;
  return String(named ?? form.phone ?? person.phone ?? '') || null;
};

/** A doctor reads the note where the consent lets its event through. */
const noteIsSeen = (seen: Seen, role: CaseRole): boolean =>
  role !== 'video-doctor' || seen.events.some(({ type, payload }) => type === 'releaseNote' && 'advice' in payload);

/** Where a person stands: what can be asked for now, until when it is open. @throws Problem not-found */
export async function viewStanding(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  asked: { service: string; policyId: string; personId: string },
  lang: Lang,
): Promise<VideoStanding> {
  const now = await ctx.clock.now(db);
  const { service: code, policyId, personId } = asked;
  const policy = await findPolicy(db, ctx, policyId);
  if (!policy || !(await findRoleOnPolicy(db, ctx, policyId, personId)))
    throw new Problem('not-found', { pointer: '/policyId' });
  const mine =
    actor.role === 'service-desk'
      ? await hasDeskCheck(db, ctx, actor, personId, now)
      : actor.personId !== null && (await maySee(db, ctx, actor.personId, policyId, personId, code, now));
  if (!mine) throw new Problem('not-found', { pointer: '/personId' });
  const plan = editionInForce(ctx.plans, policy.plan, dayOf(now));
  const rule = plan?.services[code]?.ownYear;
  if (!plan || !rule) throw new Problem('not-found', { pointer: '/service' });
  const opening = await findOpening(db, ctx, policyId, personId, code);
  const year = opening && yearOf(opening.openedAt, rule);
  const [pending, running] = [
    await findRunning(db, ctx, { personId, service: code, act: 'open' }),
    await findRunning(db, ctx, { personId, service: code, act: 'use' }),
  ];
  const question = (act: 'open' | 'use') =>
    buildQuestion(db, ctx, actor, policy, plan, { personId, service: code, act, illness: null }, {}, now);
  const use = decide(ctx.plans, ctx.calendar(), await question('use'));
  const apply = decide(ctx.plans, ctx.calendar(), await question('open'));
  const act = use.outcome !== 'refused' ? 'use' : apply.outcome !== 'refused' && !pending ? 'open' : null;
  const state = pending
    ? 'opening'
    : use.outcome !== 'refused'
      ? 'open'
      : year && dayOf(now) > year.validUntil
        ? 'lapsed'
        : opening
          ? 'unavailable'
          : apply.outcome === 'refused'
            ? 'unavailable'
            : 'never';
  const told = act === null && !pending ? apply : { reasons: [] };
  return {
    state,
    act,
    reasons: reasonsOnWire(ctx, { plan: policy.plan, at: now }, told, lang).map(({ rule: one, message }) => ({
      rule: one,
      message,
    })),
    openedAt: opening ? formatInstant(opening.openedAt) : null,
    validUntil: year?.validUntil ?? null,
    opensAgainOn: year?.opensAgainOn ?? null,
    openingCase: pending?.id ?? opening?.caseId ?? null,
    runningCase: running?.id ?? null,
    hotline: plan.hotline,
  };
}

/** Her own; of one who cannot act herself whoever shares the policy; else by her delegation. */
const maySee = async (
  db: Db,
  ctx: Ctx,
  me: string,
  policyId: string,
  personId: string,
  matter: string,
  now: Date,
): Promise<boolean> =>
  (await mayActFor(db, ctx, me, personId, matter, now, false)) ||
  ((await findRoleOnPolicy(db, ctx, policyId, me)) !== undefined && !(await isCapableAdult(db, ctx, personId, now)));
