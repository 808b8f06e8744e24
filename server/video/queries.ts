/** SQL of the queue, its offers and the doctors on duty. Who locks what: see dispatch.ts. */
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;

export type QueueRow = {
  caseId: string;
  since: Date;
  again: boolean;
  callBack: boolean;
  emergency: boolean;
  notDoctor: string | null;
};
export type OfferRow = {
  id: string;
  caseId: string;
  doctor: string;
  offeredAt: Date;
  until: Date;
  outcome: 'accepted' | 'declined' | 'lapsed' | 'withdrawn' | null;
  answeredAt: Date | null;
  overAt: Date | null;
  freeAt: Date | null;
};
export type DoctorRow = {
  doctor: string;
  onDuty: boolean;
  dutySince: Date;
  seenAt: Date;
  load: number;
  missed: number;
  lastOfferAt: Date | null;
};

const QUEUE = `case_id as "caseId", since, again, call_back as "callBack", emergency, not_doctor as "notDoctor"`;
const OFFER = `id, case_id as "caseId", doctor, offered_at as "offeredAt", until, outcome, answered_at as "answeredAt", over_at as "overAt", free_at as "freeAt"`;
const DOCTOR = `doctor, on_duty as "onDuty", duty_since as "dutySince", seen_at as "seenAt", load, missed, last_offer_at as "lastOfferAt"`;

const upsertWaiting = sql<never>(
  'video.upsertWaiting',
  `insert into video_queue (insurer, case_id, since, again, call_back, emergency, not_doctor) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (insurer, case_id) do update set since = $3, again = $4, call_back = $5, emergency = $6, not_doctor = $7`,
);
const deleteWaiting = sql<never>('video.deleteWaiting', 'delete from video_queue where insurer = $1 and case_id = $2');
const lockWaiting = sql<QueueRow>(
  'video.lockWaiting',
  `select ${QUEUE} from video_queue where insurer = $1 and case_id = $2 for update`,
);
const markCallBack = sql<never>(
  'video.markCallBack',
  'update video_queue set call_back = true where insurer = $1 and case_id = $2',
);
const markNotDoctor = sql<never>(
  'video.markNotDoctor',
  'update video_queue set not_doctor = $3 where insurer = $1 and case_id = any($2)',
);
const placeOf = sql<{ place: number }>(
  'video.placeOf',
  `select count(*)::int as place from video_queue o join video_queue q on q.insurer = o.insurer and q.case_id = $2
    where o.insurer = $1 and (o.again and not q.again
      or (o.again = q.again and (o.since < q.since or (o.since = q.since and o.case_id <= q.case_id))))`,
);
const selectOffer = sql<OfferRow>(
  'video.selectOffer',
  `select ${OFFER} from video_offers where insurer = $1 and id = $2`,
);
const lockOffer = sql<OfferRow>(
  'video.lockOffer',
  `select ${OFFER} from video_offers where insurer = $1 and id = $2 for update`,
);
const openOfDoctor = sql<OfferRow>(
  'video.openOfDoctor',
  `select ${OFFER} from video_offers where insurer = $1 and doctor = $2 and free_at is null`,
);
const openOfCase = sql<OfferRow>(
  'video.openOfCase',
  `select ${OFFER} from video_offers where insurer = $1 and case_id = $2 and over_at is null`,
);
const answerOffer = sql<{ id: string }>(
  'video.answerOffer',
  `update video_offers set outcome = $3, answered_at = $4, over_at = case when $3 = 'accepted' then null else $4::timestamptz end,
     free_at = case when $3 = 'accepted' then null else $4::timestamptz end
    where insurer = $1 and id = $2 and outcome is null returning id`,
);
const withdrawOffers = sql<{ doctor: string }>(
  'video.withdrawOffers',
  `update video_offers set outcome = 'withdrawn', answered_at = $3, over_at = $3, free_at = $3
    where insurer = $1 and case_id = $2 and outcome is null returning doctor`,
);
const endRoom = sql<{ id: string; doctor: string }>(
  'video.endRoom',
  `update video_offers set over_at = $3, free_at = case when $4 then null else $3::timestamptz end
    where insurer = $1 and case_id = $2 and outcome = 'accepted' and over_at is null returning id, doctor`,
);
const freeDoctor = sql<{ doctor: string }>(
  'video.freeDoctor',
  `update video_offers set free_at = $3, over_at = coalesce(over_at, $3)
    where insurer = $1 and case_id = $2 and outcome = 'accepted' and free_at is null returning doctor`,
);
const selectDoctor = sql<DoctorRow>(
  'video.selectDoctor',
  `select ${DOCTOR} from video_doctors where insurer = $1 and doctor = $2`,
);
const selectDoctors = sql<DoctorRow>(
  'video.selectDoctors',
  `select ${DOCTOR} from video_doctors where insurer = $1 order by doctor`,
);
const setDuty = sql<never>(
  'video.setDuty',
  `insert into video_doctors (insurer, doctor, on_duty, duty_since, seen_at) values ($1, $2, $3, $4, $5)
   on conflict (insurer, doctor) do update set on_duty = $3, duty_since = $4, seen_at = $5, load = 0, missed = 0`,
);
const beat = sql<never>('video.beat', 'update video_doctors set seen_at = $3 where insurer = $1 and doctor = $2');
const countCall = sql<never>(
  'video.countCall',
  'update video_doctors set load = load + 1, missed = 0 where insurer = $1 and doctor = $2',
);
const answered = sql<never>('video.answered', 'update video_doctors set missed = 0 where insurer = $1 and doctor = $2');

export const setWaiting = (db: Db, ctx: Keys, row: QueueRow) =>
  query(db, upsertWaiting, [ctx.insurer, row.caseId, row.since, row.again, row.callBack, row.emergency, row.notDoctor]);
export const endWaiting = (db: Db, ctx: Keys, caseId: string) => query(db, deleteWaiting, [ctx.insurer, caseId]);
/** The place in the queue, locked; undefined: she waits no longer. */
export const findWaitingForUpdate = (db: Db, ctx: Keys, caseId: string) =>
  queryOne(db, lockWaiting, [ctx.insurer, caseId]);
export const setCallBack = (db: Db, ctx: Keys, caseId: string) => query(db, markCallBack, [ctx.insurer, caseId]);
export const setNotDoctor = (db: Db, ctx: Keys, caseIds: readonly string[], doctor: string) =>
  query(db, markNotDoctor, [ctx.insurer, caseIds, doctor]);
/** 1: next. 0: not in the queue. */
export const findPlace = async (db: Db, ctx: Keys, caseId: string): Promise<number> =>
  (await queryOne(db, placeOf, [ctx.insurer, caseId]))?.place ?? 0;

export const findOffer = (db: Db, ctx: Keys, id: string) => queryOne(db, selectOffer, [ctx.insurer, id]);
export const findOfferForUpdate = (db: Db, ctx: Keys, id: string) => queryOne(db, lockOffer, [ctx.insurer, id]);
/** What keeps a doctor busy: an offer, a call, a note. */
export const findOpenOfDoctor = (db: Db, ctx: Keys, doctor: string) =>
  queryOne(db, openOfDoctor, [ctx.insurer, doctor]);
/** The offer or the call of a case. */
export const findOpenOfCase = (db: Db, ctx: Keys, caseId: string) => queryOne(db, openOfCase, [ctx.insurer, caseId]);
/** False: it was answered already. */
export const answer = async (
  db: Db,
  ctx: Keys,
  id: string,
  outcome: 'accepted' | 'declined' | 'lapsed',
  now: Date,
): Promise<boolean> => (await queryOne(db, answerOffer, [ctx.insurer, id, outcome, now])) !== undefined;
/** Doctors to whom the case was offered just now. */
export const withdrawOffersOf = async (db: Db, ctx: Keys, caseId: string, now: Date): Promise<string[]> =>
  (await query(db, withdrawOffers, [ctx.insurer, caseId, now])).map(({ doctor }) => doctor);
/** The room closes; `noting`: her doctor is not free before the note is written. */
export const endRoomOf = (db: Db, ctx: Keys, caseId: string, now: Date, noting: boolean) =>
  queryOne(db, endRoom, [ctx.insurer, caseId, now, noting]);
export const freeDoctorOf = (db: Db, ctx: Keys, caseId: string, now: Date) =>
  queryOne(db, freeDoctor, [ctx.insurer, caseId, now]);

export const findDoctor = (db: Db, ctx: Keys, doctor: string) => queryOne(db, selectDoctor, [ctx.insurer, doctor]);
export const listDoctors = (db: Db, ctx: Keys) => query(db, selectDoctors, [ctx.insurer]);
/** On or off duty; a new turn of duty counts its calls from nought. */
export const putOnDuty = (db: Db, ctx: Keys, doctor: string, on: boolean, now: Date, machine: Date) =>
  query(db, setDuty, [ctx.insurer, doctor, on, now, machine]);
export const recordBeat = (db: Db, ctx: Keys, doctor: string, machine: Date) =>
  query(db, beat, [ctx.insurer, doctor, machine]);
export const countCallOf = (db: Db, ctx: Keys, doctor: string) => query(db, countCall, [ctx.insurer, doctor]);
export const noteAnswered = (db: Db, ctx: Keys, doctor: string) => query(db, answered, [ctx.insurer, doctor]);
