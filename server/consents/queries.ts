import { dayOf } from '#domain/calendar/day.ts';
import type { FieldGroup } from '#domain/plan/schema.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Insurer = Pick<Ctx, 'insurer'>;

/** A consent as it was given, and whether it was taken back. */
export type Consent = {
  id: string;
  personId: string;
  caseId: string | null;
  caseNumber: string | null;
  recipient: string;
  purpose: string;
  plan: string;
  edition: string;
  textId: string;
  textVersion: number;
  fields: FieldGroup[];
  daysAfterEnd: number;
  givenAt: Date;
  givenBy: string;
  withdrawnAt: Date | null;
  /** The case's end, when it ended. */
  endedAt: Date | null;
};

const columns = `s.id, s.person_id as "personId", s.case_id as "caseId", c.number as "caseNumber", s.recipient, s.purpose, s.plan,
  s.edition, s.text_id as "textId", s.text_version as "textVersion", s.fields, s.days_after_end as "daysAfterEnd",
  s.given_at as "givenAt", s.given_by as "givenBy", w.at as "withdrawnAt", case when c.final then c.changed_at end as "endedAt"`;
const tables = `consents s
  left join cases c on c.insurer = s.insurer and c.id = s.case_id
  left join consent_withdrawals w on w.insurer = s.insurer and w.consent_id = s.id`;
// A day counts whole: the consent holds through the last of the days after the case's end, in Shanghai.
const live = `w.at is null and s.given_at <= $6
  and (c.final is distinct from true or (c.changed_at at time zone 'Asia/Shanghai')::date + s.days_after_end >= $7::date)`;

const selectLive = sql<Consent>(
  'consents.findLive',
  `select ${columns} from ${tables}
    where s.insurer = $1 and s.person_id = $2 and s.recipient = $3 and (s.case_id = $4 or s.case_id is null)
      and ($5::text is null or s.purpose = $5) and ($8::text is null or $8 = any(s.fields)) and ${live}
    order by s.case_id nulls last, s.given_at desc limit 1`,
);
const selectOne = sql<Consent>('consents.find', `select ${columns} from ${tables} where s.insurer = $1 and s.id = $2`);
const selectOfPerson = sql<Consent>(
  'consents.ofPerson',
  `select ${columns} from ${tables} where s.insurer = $1 and s.person_id = $2 order by s.given_at desc, s.id desc limit $3`,
);
const selectRecipients = sql<{ recipient: string }>(
  'consents.recipients',
  `select distinct s.recipient from ${tables}
    where s.insurer = $1 and s.person_id = $2 and (s.case_id = $4 or s.case_id is null) and $3::text is null and $5::text is null and ${live}
    order by s.recipient`,
);

/**
 * The consent that covers this recipient in this case at this moment, one given for the case before a general one.
 * Undefined: nothing may be shared. `purpose` and `group` (a field group it must name) narrow it where given.
 */
export function findConsent(
  db: Db,
  ctx: Insurer,
  asked: { personId: string; caseId: string; recipient: string; purpose?: string; group?: FieldGroup; now: Date },
): Promise<Consent | undefined> {
  const { personId, caseId, recipient, now } = asked;
  return queryOne(db, selectLive, [
    ctx.insurer,
    personId,
    recipient,
    caseId,
    asked.purpose ?? null,
    now,
    dayOf(now),
    asked.group ?? null,
  ]);
}

/** Codes of all recipients whom a live consent covers in this case. */
export async function listConsented(
  db: Db,
  ctx: Insurer,
  asked: { personId: string; caseId: string; now: Date },
): Promise<string[]> {
  const rows = await query(db, selectRecipients, [
    ctx.insurer,
    asked.personId,
    null,
    asked.caseId,
    null,
    asked.now,
    dayOf(asked.now),
  ]);
  return rows.map((row) => row.recipient);
}

export function findConsentById(db: Db, ctx: Insurer, id: string): Promise<Consent | undefined> {
  return queryOne(db, selectOne, [ctx.insurer, id]);
}

/** Every consent of the person, newest first, taken back or not; at most `limit`. */
export function listConsents(db: Db, ctx: Insurer, personId: string, limit = 100): Promise<Consent[]> {
  return query(db, selectOfPerson, [ctx.insurer, personId, limit]);
}
