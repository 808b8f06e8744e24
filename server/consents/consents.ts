import { mayReceive, type ServedCase } from '#domain/consents/recipients.ts';
import { findEdition } from '#domain/plan/registry.ts';
import type { Plan } from '#domain/plan/schema.ts';
import { recordAudit } from '#server/audit/record.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { type Consent, findConsent, findConsentById } from './queries.ts';

type ConsentCtx = Pick<Ctx, 'insurer' | 'keyRing' | 'plans'>;
export type ConsentText = Plan['consentTexts'][number];

/** What the owner of cases does when a consent under an open case ends, in the same transaction. */
export type OnConsentWithdrawn = (
  db: Db,
  ctx: Ctx,
  ended: { caseId: string; consent: Consent; actor: Actor; now: Date },
) => Promise<void>;

const insertConsent = sql<never>(
  'consents.insert',
  `insert into consents (insurer, id, person_id, case_id, recipient, purpose, plan, edition, text_id, text_version, fields,
                         days_after_end, given_at, given_by, how)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
);
const insertWithdrawal = sql<{ at: Date }>(
  'consents.withdraw',
  'insert into consent_withdrawals (insurer, consent_id, at, by, how) values ($1, $2, $3, $4, $5) on conflict do nothing returning at',
);
// Whoever moves a case holds its row while it reads the consents, so the case is locked before the consent ends.
const lockCases = sql<{ id: string }>(
  'consents.lockCases',
  `select id from cases
    where insurer = $1 and person_id = $2 and not final and (id = $3 or ($3::uuid is null and ($4 in (provider, laboratory, expert, pharmacy) or $4 = any(panel))))
    order by id for update`,
);
const selectServed = sql<ServedCase>(
  'consents.served',
  'select service, laboratory, expert, pharmacy, panel from cases where insurer = $1 and id = $2',
);
const selectCase = sql<{ personId: string; plan: string; edition: string; service: string }>(
  'consents.case',
  'select person_id as "personId", plan, edition, service from cases where insurer = $1 and id = $2',
);

/** The newest version of the plan's text for a purpose. */
export function findConsentText(plan: Plan, purpose: string): ConsentText | undefined {
  return plan.consentTexts.filter((text) => text.purpose === purpose).sort((a, b) => b.version - a.version)[0];
}

/**
 * Records that the person agrees to share with one recipient for one purpose. The version named must be the one in
 * force, so that nobody agrees to a text she did not see. Giving again what holds already gives back what is there.
 * @param input.plan the plan and edition whose text it is (the case's)
 * @throws Problem not-acceptable (unknown purpose, or a recipient whom its text is not for), conflict (the text has changed meanwhile)
 */
export async function giveConsent(
  db: Db,
  ctx: ConsentCtx,
  input: {
    personId: string;
    caseId: string | null;
    plan: Plan;
    recipient: string;
    purpose: string;
    textVersion: number;
    by: Actor;
    how: 'portal' | 'verified-call' | 'paper';
    now: Date;
  },
): Promise<Consent> {
  const { personId, caseId, plan, recipient, purpose, by, now } = input;
  const text = findConsentText(plan, purpose);
  if (!text)
    throw new Problem('not-acceptable', {
      pointer: '/purpose',
      detail: { zh: `计划中没有“${purpose}”的同意书文本。`, en: `The plan has no consent text for "${purpose}".` },
    });
  const served = caseId === null ? null : await queryOne(db, selectServed, [ctx.insurer, caseId]);
  if (served === undefined) throw new Problem('not-found', { pointer: '/caseId' });
  if (!mayReceive(plan, purpose, recipient, served))
    throw new Problem('not-acceptable', {
      pointer: '/recipient',
      detail: {
        zh: `这份同意书不是给“${recipient}”的：请按办理页面上列出的接收方和同意书填写。`,
        en: `This text is not for "${recipient}": take recipient and text as the form of the service lists them.`,
      },
    });
  if (input.textVersion !== text.version)
    throw new Refused('conflict', {
      pointer: '/textVersion',
      detail: {
        zh: `同意书现为第 ${text.version} 版：请出示新文本后重新征求同意。`,
        en: `The text is now version ${text.version}: show it and ask again.`,
      },
    });
  if (by.accountId === null) throw new Error('A consent is given by a person, never by the system.');

  if (caseId !== null) {
    const held = await findConsent(db, ctx, { personId, caseId, recipient, purpose, now });
    if (held && held.caseId === caseId && held.textVersion === text.version && held.edition === plan.edition)
      return held;
  }
  const id = uuidv7();
  await query(db, insertConsent, [
    ctx.insurer,
    id,
    personId,
    caseId,
    recipient,
    purpose,
    plan.plan,
    plan.edition,
    text.id,
    text.version,
    text.fields,
    text.untilDaysAfterEnd,
    now,
    by.accountId,
    input.how,
  ]);
  await recordAudit(db, ctx, {
    actor: by,
    action: 'consent.given',
    subject: `consent:${id}`,
    ...(caseId ? { caseId } : {}),
    personId,
    details: { recipient, purpose, text: text.id, version: text.version, how: input.how },
    now,
  });
  const given = await findConsentById(db, ctx, id);
  if (!given) throw new Error(`The consent ${id} was not written`);
  return given;
}

/**
 * Takes a consent back: from this moment nothing is shared under it, in this very transaction. Every open case under it
 * is locked first and then handed to `onWithdrawn`. Taking back twice changes nothing.
 * @returns the open cases it concerned
 */
export async function withdrawConsent(
  db: Db,
  ctx: Ctx,
  input: {
    consent: Consent;
    by: Actor;
    how: 'portal' | 'verified-call' | 'paper' | 'system';
    now: Date;
    onWithdrawn: OnConsentWithdrawn;
  },
): Promise<string[]> {
  const { consent, by, now } = input;
  const cases = await query(db, lockCases, [ctx.insurer, consent.personId, consent.caseId, consent.recipient]);
  const inserted = await queryOne(db, insertWithdrawal, [ctx.insurer, consent.id, now, by.accountId, input.how]);
  if (!inserted) return [];
  await recordAudit(db, ctx, {
    actor: by,
    action: 'consent.withdrawn',
    subject: `consent:${consent.id}`,
    ...(consent.caseId ? { caseId: consent.caseId } : {}),
    personId: consent.personId,
    details: { recipient: consent.recipient, purpose: consent.purpose, openCases: cases.length, how: input.how },
    now,
  });
  for (const found of cases)
    await input.onWithdrawn(db, ctx, { caseId: found.id, consent: { ...consent, withdrawnAt: now }, actor: by, now });
  return cases.map((found) => found.id);
}

/** The person and the plan edition of a case, for a consent that is given inside it. */
export async function findCaseGround(
  db: Db,
  ctx: ConsentCtx,
  caseId: string,
): Promise<{ personId: string; plan: Plan; service: string } | undefined> {
  const found = await queryOne(db, selectCase, [ctx.insurer, caseId]);
  const plan = found && findEdition(ctx.plans, found.plan, found.edition);
  return found && plan ? { personId: found.personId, plan, service: found.service } : undefined;
}
