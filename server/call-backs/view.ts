/** Call backs on the wire: for whoever asked, and for the desk that calls. */
import type { z } from 'zod';
import type { CallBackDesk, CallBackRow as CallBackRowView, CallBackView, MyCallBacks } from '#contract/call-backs.ts';
import { DAY_MS, dayOf, formatInstant } from '#domain/calendar/day.ts';
import { listWindows } from '#domain/call-backs/windows.ts';
import { maskName, maskPhone } from '#domain/persons/mask.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { nameInPlans } from '#server/audit/labels.ts';
import { recordListing } from '#server/audit/record.ts';
import { findPerson } from '#server/persons/queries.ts';
import { openFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import {
  type CallBackRow,
  listCallBacksOf,
  listOpenCallBacks,
  listTries,
  listVideoCallBacks,
  type TryRow,
} from './queries.ts';

type Lang = 'zh' | 'en';
/** What lies sealed in a row. */
export type Sealed = { phone: string; words: string };
/** Closed ones stay on her page for this long. */
const SHOWN_MS = 14 * DAY_MS;

/** The working hours of the newest plan: the house calls back inside them, and promises no shorter time. */
export function hoursOf(ctx: Pick<Ctx, 'plans'>): { opens: string; closes: string; hotline: string } {
  const newest = ctx.plans.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
  if (!newest) throw new Error('An insurer has a plan');
  return { opens: newest.workingDay.opens, closes: newest.workingDay.closes, hotline: newest.hotline };
}

/** What the caller asked for lately, and what she can choose now. */
export async function listMyCallBacks(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: Lang,
  now: Date,
): Promise<z.infer<typeof MyCallBacks>> {
  const { hotline, ...hours } = hoursOf(ctx);
  const person = actor.personId ? await findPerson(db, ctx, actor.personId) : undefined;
  const items: CallBackView[] = [];
  for (const row of await listCallBacksOf(db, ctx, actor.accountId!, new Date(now.getTime() - SHOWN_MS)))
    items.push(await view(db, ctx, row, lang, true));
  return {
    items,
    phone: person?.phone ? maskPhone(person.phone) : null,
    windows: listWindows(now, hours, ctx.calendar()).map(({ day, part, from, to }) => ({
      day,
      part,
      from: formatInstant(from),
      to: formatInstant(to),
      today: day === dayOf(now),
    })),
    hours,
    hotline,
  };
}

/** Whom to call, the most urgent first; and who of the video queue waits for a doctor's call. */
export async function listDesk(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: Lang,
  now: Date,
): Promise<z.infer<typeof CallBackDesk>> {
  const rows = await listOpenCallBacks(db, ctx);
  const tries = await listTries(
    db,
    ctx,
    rows.map(({ id }) => id),
  );
  const names = await nameAccounts(db, ctx, [
    ...rows.flatMap(({ takenBy }) => takenBy ?? []),
    ...tries.map(({ by }) => by),
  ]);
  const items: z.infer<typeof CallBackRowView>[] = [];
  for (const row of rows) {
    const person = await findPerson(db, ctx, row.personId);
    const at = row.nextTryAt ?? row.from;
    items.push({
      ...(await view(db, ctx, row, lang, false)),
      personId: row.personId,
      person: maskName(person?.name ?? ''),
      takenBy: (row.takenBy && names.get(row.takenBy)) ?? null,
      mine: row.takenBy !== null && row.takenBy === actor.accountId,
      urgency: row.to < now && row.tries === 0 ? 'late' : at <= now ? 'now' : 'later',
      calls: await readTries(
        db,
        ctx,
        row.personId,
        tries.filter(({ callBackId }) => callBackId === row.id),
        names,
      ),
    });
  }
  await recordListing(db, ctx, actor, 'call-back', rows.length, now);
  const video = await listVideoCallBacks(db, ctx);
  return { items, video: video.map(({ since, ...one }) => ({ ...one, since: formatInstant(since) })) };
}

async function readTries(
  db: Db,
  ctx: Ctx,
  personId: string,
  tries: readonly TryRow[],
  names: ReadonlyMap<string, string>,
) {
  const calls = [];
  for (const { id, at, by, reached, sealed } of tries) {
    const note = sealed && (await openFor<{ note: string }>(db, ctx, personId, 'call_back_tries', id, sealed)).note;
    calls.push({ at: formatInstant(at), by: names.get(by) ?? '', reached, note });
  }
  return calls;
}

async function view(db: Db, ctx: Ctx, row: CallBackRow, lang: Lang, masked: boolean): Promise<CallBackView> {
  const { phone, words } = await openFor<Sealed>(db, ctx, row.personId, 'call_backs', row.id, row.sealed);
  const service = row.service && (nameInPlans(ctx)(row.service, lang) ?? row.service);
  return {
    id: row.id,
    state: row.state,
    askedAt: formatInstant(row.askedAt),
    from: formatInstant(row.from),
    to: formatInstant(row.to),
    day: dayOf(row.from),
    part: formatInstant(row.from).slice(11, 13) < '12' ? 'morning' : 'afternoon',
    phone: masked ? maskPhone(phone) : phone,
    words,
    about: row.complaintNumber ?? row.caseNumber ?? service ?? (row.decisionId ? ABOUT_DECISION[lang] : null),
    caseId: row.caseId,
    decisionId: row.decisionId,
    complaintId: row.complaintId,
    service: row.service,
    tries: row.tries,
    nextTryAt: row.nextTryAt && formatInstant(row.nextTryAt),
    outcome: row.outcome,
  };
}
const ABOUT_DECISION = { zh: '一项决定', en: 'a decision' } as const;
