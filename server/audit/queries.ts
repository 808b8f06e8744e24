import { addDays, instantAt } from '#domain/calendar/day.ts';
import { type Db, query, sql } from '#server/platform/db.ts';

/** What the auditor asked; every part that is there must hold. */
export type AuditSearch = {
  personId?: string | undefined;
  caseNumber?: string | undefined;
  /** An account's id, or "system". */
  actor?: string | undefined;
  /** A day of business time in Shanghai. */
  day?: string | undefined;
  action?: string | undefined;
};
/** The last row of the page before. */
export type AuditCursor = { at: Date; id: string };

export type AuditRow = {
  id: string;
  at: Date;
  actor_account: string | null;
  actor_role: string;
  actor_provider: string | null;
  action: string;
  subject: string;
  case_number: string | null;
  person_id: string | null;
  details: Record<string, string | number | boolean | null>;
  linked: boolean;
};

// One statement for each combination of filters, so that each is planned for the index its filter has.
const conditions = {
  personId: 'a.person_id = $3',
  caseNumber: 'a.case_id = (select c2.id from cases c2 where c2.insurer = $1 and c2.number = $4)',
  system: 'a.actor_account is null and $5::uuid is null',
  account: 'a.actor_account = $5::uuid',
  day: 'a.at >= $6 and a.at < $7',
  action: 'a.action = $8',
  cursor: '(a.at, a.id) < ($9, $10)',
} as const;
type Condition = keyof typeof conditions;
const unused: Record<number, string> = {
  3: 'uuid',
  4: 'text',
  5: 'uuid',
  6: 'timestamptz',
  7: 'timestamptz',
  8: 'text',
  9: 'timestamptz',
  10: 'uuid',
};

function statementFor(chosen: readonly Condition[]) {
  const text = chosen.map((name) => conditions[name]).join(' and ');
  // Every parameter must have a type, also those this combination leaves out.
  const typed = Object.entries(unused)
    .filter(([number]) => !new RegExp(`\\$${number}(?!\\d)`).test(text))
    .map(([number, type]) => `$${number}::${type} is null`);
  return sql<AuditRow>(
    `audit.search.${chosen.join('.') || 'all'}`,
    `select a.id, a.at, a.actor_account, a.actor_role, a.actor_provider, a.action, a.subject, c.number as case_number,
            a.person_id, a.details, l.n is not null as linked
       from audit a
       left join cases c on c.insurer = a.insurer and c.id = a.case_id
       left join audit_links l on l.insurer = a.insurer and l.audit_id = a.id
      where ${['a.insurer = $1', ...(text ? [text] : []), ...typed].join(' and ')}
      order by a.at desc, a.id desc limit $2`,
  );
}

/** The newest rows first, at most `limit`; give the last one's moment and id as `cursor` to go on. */
export function listAudit(
  db: Db,
  ctx: { readonly insurer: string },
  search: AuditSearch,
  limit: number,
  cursor?: AuditCursor,
): Promise<AuditRow[]> {
  const chosen: Condition[] = [];
  if (search.personId) chosen.push('personId');
  if (search.caseNumber) chosen.push('caseNumber');
  if (search.actor) chosen.push(search.actor === 'system' ? 'system' : 'account');
  if (search.day) chosen.push('day');
  if (search.action) chosen.push('action');
  if (cursor) chosen.push('cursor');
  return query(db, statementFor(chosen), [
    ctx.insurer,
    limit,
    search.personId ?? null,
    search.caseNumber ?? null,
    search.actor && search.actor !== 'system' ? search.actor : null,
    search.day ? instantAt(search.day, '00:00') : null,
    search.day ? instantAt(addDays(search.day, 1), '00:00') : null,
    search.action ?? null,
    cursor?.at ?? null,
    cursor?.id ?? null,
  ]);
}
