/** The doctor's desk: her duty, the offer, the call, notes and questions that wait, and what the member lets her read. */
import type { DoctorDesk, VideoHistory } from '#contract/video.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { credentialOf, type DoctorDemand, type Lapse, lapseOf } from '#domain/dispatch/credential.ts';
import { findEmergencyWord } from '#domain/dispatch/emergency.ts';
import type { Context } from '#domain/journeys/video-consultation/context-v1.ts';
import type { Text } from '#domain/plan/schema.ts';
import { getVisibleCase, recipientFor } from '#server/cases/access.ts';
import { listClocks } from '#server/cases/clock-queries.ts';
import type { CaseMemory } from '#server/cases/memory.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { CASE_COLUMNS, type CaseRow, findCase } from '#server/cases/queries.ts';
import { RANKS } from '#server/cases/words.ts';
import { discloseUnder } from '#server/consents/disclose-part.ts';
import { findListedRow } from '#server/lists/queries.ts';
import { getPersonKey, openWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { HEARTBEAT_SECONDS } from './dispatch.ts';
import { doctorOf } from './presence.ts';
import { findDoctor, findOpenOfDoctor, type OfferRow } from './queries.ts';

type Lang = 'zh' | 'en';
const FROM = 'from cases c join policies p on p.insurer = c.insurer and p.id = c.policy_id';
const selectOwed = sql<CaseRow>(
  'videoDesk.owed',
  `select ${CASE_COLUMNS} ${FROM} where c.insurer = $1 and c.doctor = $2 and not c.final and c.state = any($3) order by c.changed_at limit 50`,
);
const countWaiting = sql<{ n: number }>(
  'videoDesk.waiting',
  'select count(*)::int as n from video_queue where insurer = $1',
);
const selectEarlier = sql<{ id: string; context: Buffer }>(
  'videoDesk.earlier',
  `select id, context from cases where insurer = $1 and person_id = $2 and kind = $3 and id <> $4 and state = any($5) order by opened_at desc limit 20`,
);
const NOTED = ['follow-up', 'follow-up-asked', 'answered', 'completed'];

const LAPSES: Readonly<Record<Lapse, Text>> = {
  'not-listed': { zh: '今天的医生名单里没有您', en: 'You are not on the list of doctors today' },
  'not-in-service': { zh: '名单上登记为不在职', en: 'The list says that you are not in service' },
  'wrong-hospital': { zh: '登记的医院不是三级甲等', en: 'Your hospital is not of grade 3, class A' },
  lapsed: { zh: '资质已到期', en: 'Your credential has lapsed' },
};

/** What the plans of this insurer ask of a doctor; the strictest where they differ. */
export function demandOf(ctx: Pick<Ctx, 'plans'>): DoctorDemand {
  const demands = ctx.plans.flatMap(({ services }) =>
    Object.values(services).flatMap(({ consultation }) => (consultation ? [consultation.doctors] : [])),
  );
  return demands.sort((a, b) => b.minGrade - a.minGrade)[0] ?? { minGrade: 3, class: 'A' };
}

export async function viewDesk(db: Db, ctx: Ctx, actor: Actor, lang: Lang): Promise<DoctorDesk> {
  const key = doctorOf(actor);
  const now = await ctx.clock.now(db);
  const doctor = await findDoctor(db, ctx, key);
  const listed = await findListedRow(db, ctx, 'video-doctors', key, dayOf(now));
  const credential = credentialOf(listed?.row);
  const lapse = lapseOf(credential, demandOf(ctx), now);
  const busy = await findOpenOfDoctor(db, ctx, key);
  const call = busy?.outcome === 'accepted' && busy.overAt === null ? await findCase(db, ctx, busy.caseId) : undefined;
  const owed = await query(db, selectOwed, [ctx.insurer, key, ['noting', 'follow-up-asked']]);
  const lines = async (state: string) =>
    Promise.all(
      owed
        .filter((row) => row.state === state)
        .map(async ({ id, number }) => {
          const clock = (await listClocks(db, ctx, id)).findLast((one) => one.metAt === null && one.voidAt === null);
          return { caseId: id, number, due: clock ? formatInstant(clock.due) : null };
        }),
    );
  return {
    now: formatInstant(now),
    onDuty: doctor?.onDuty ?? false,
    dutySince: doctor?.onDuty ? formatInstant(doctor.dutySince) : null,
    credential: {
      valid: lapse === null,
      reason: lapse && LAPSES[lapse][lang],
      until: credential && dayOf(credential.validUntil),
    },
    doctor: listed ? doctorWords(listed.row, lang) : null,
    heartbeat: HEARTBEAT_SECONDS,
    offer: busy && busy.outcome === null && busy.until > now ? await offerOf(db, ctx, actor, busy, now) : null,
    call:
      call && busy
        ? { caseId: call.id, number: call.number, roomId: busy.id, since: formatInstant(busy.answeredAt!) }
        : null,
    toWrite: await lines('noting'),
    toAnswer: await lines('follow-up-asked'),
    waiting: (await queryOne(db, countWaiting, [ctx.insurer]))?.n ?? 0,
  };
}

const doctorWords = (row: Readonly<Record<string, unknown>>, lang: Lang) => ({
  name: String(row.name),
  hospital: String(row.hospital),
  department: String(row.department),
  rank: RANKS[String(row.rank)]?.[lang] ?? String(row.rank),
});

/** What she may know before she accepts: what is asked, no name; recorded as what it is, a disclosure. */
async function offerOf(db: Db, ctx: Ctx, actor: Actor, offer: OfferRow, now: Date): Promise<DoctorDesk['offer']> {
  const row = await findCase(db, ctx, offer.caseId);
  if (!row) return null;
  const { memory, running } = await openCaseForEvent(db, ctx, row);
  const chart = memory.chart as unknown as Context;
  const complaint = String(memory.request.form.complaint ?? '');
  const told = { group: 'request' as const, fields: ['request.complaint'], contentVersion: offer.id };
  await discloseUnder(db, ctx, actor, row, { ...told, recipient: recipientFor(row, actor) }, now);
  const words = running.service.consultation?.emergency.words ?? [];
  return {
    id: offer.id,
    complaint,
    medium: chart.callBack ? 'telephone' : complaint === '' ? 'picture' : 'words',
    emergency: findEmergencyWord(complaint, words) !== undefined,
    again: chart.again,
    waitedSince: formatInstant(new Date(chart.waitsSince ?? row.openedAt)),
    until: formatInstant(offer.until),
  };
}

/** Earlier notes, where the member said with this request that her doctor may read them; each reading is a disclosure. */
export async function viewHistory(db: Db, ctx: Ctx, actor: Actor, caseId: string): Promise<VideoHistory> {
  const now = await ctx.clock.now(db);
  const { row } = await getVisibleCase(db, ctx, actor, caseId, now);
  const open = await openCaseForEvent(db, ctx, row);
  if (open.memory.request.form.showHistory !== 'yes') return { allowed: false, items: [] };
  const key = await getPersonKey(db, ctx, row.personId);
  const earlier = await query(db, selectEarlier, [ctx.insurer, row.personId, row.kind, caseId, NOTED]);
  const items = earlier.flatMap(({ id, context }) => {
    const { note, by } = openWith<CaseMemory>(key, ctx, 'cases', id, context).chart as unknown as Context;
    return note
      ? [{ ...note, at: formatInstant(new Date(note.at)), doctor: by?.name ?? '', hospital: by?.hospital ?? '' }]
      : [];
  });
  if (items.length > 0)
    await discloseUnder(
      db,
      ctx,
      actor,
      row,
      {
        group: 'consultation',
        fields: ['history.notes'],
        contentVersion: earlier.map(({ id }) => id).join(),
        recipient: recipientFor(row, actor),
      },
      now,
    );
  return { allowed: true, items };
}
