/** A booked visit as a file for the member's own calendar (RFC 5545): place and time, and never what it is about. */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { dayOf, instantAt } from '#domain/calendar/day.ts';
import type { Offer } from '#domain/journeys/phases/context-v1.ts';
import { getVisibleCase } from '#server/cases/access.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { BOOKED_STATES } from '#server/cases/state-timers.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';

const HOUR_MS = 3_600_000;
type Booked = { offer: Offer | null; cancelled?: Offer | null; moves?: number };

/** The newest word on the booking of a case: it takes place, or it was cancelled. @throws Problem not-found where nothing was booked */
export async function calendarFile(db: Db, ctx: Ctx, actor: Actor, caseId: string, lang: 'zh' | 'en'): Promise<string> {
  const now = await ctx.clock.now(db);
  const { row } = await getVisibleCase(db, ctx, actor, caseId, now);
  const { memory, running } = await openCaseForEvent(db, ctx, row);
  const { offer, cancelled = null, moves = 0 } = memory.chart as unknown as Booked;
  const booked = BOOKED_STATES.includes(row.state) ? offer : null;
  const told = booked ?? cancelled;
  if (!told) throw new Problem('not-found');
  const start = new Date(told.visitAt);
  const until = told.more?.until;
  const { hotline } = running.plan;
  const calendar = ical({
    prodId: { company: 'yilu', product: 'visits', language: lang === 'zh' ? 'ZH' : 'EN' },
    method: booked ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.CANCEL,
  });
  calendar.createEvent({
    id: `${row.id}@${ctx.insurer}.yilu`,
    sequence: moves,
    stamp: now,
    start,
    end: until ? instantAt(dayOf(start), until) : new Date(start.getTime() + HOUR_MS),
    status: booked ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    summary: { zh: `预约：${told.hospital}`, en: `Appointment: ${told.hospital}` }[lang],
    location: [told.hospital, told.more?.place ?? told.escort?.meetingPlace].filter(Boolean).join(' '),
    description: {
      zh: `编号 ${row.number}。请带身份证件。改期或取消请在微信里办理，或拨打 ${hotline}。`,
      en: `Number ${row.number}. Please bring your identity document. Move or cancel it in the portal, or call ${hotline}.`,
    }[lang],
  });
  return calendar.toString();
}
