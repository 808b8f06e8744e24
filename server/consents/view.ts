import type { z } from 'zod';
import type { ConsentView as ConsentViewSchema, DisclosureView as DisclosureViewSchema } from '#contract/people.ts';
import { addDays, dayOf, formatInstant } from '#domain/calendar/day.ts';
import { endOfSharing, groupLabel } from '#domain/consents/words.ts';
import { maskName } from '#domain/persons/mask.ts';
import { findEdition } from '#domain/plan/registry.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { findPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { Language } from '#server/platform/problem.ts';
import type { Disclosure } from './disclosures.ts';
import type { Consent } from './queries.ts';
import { recipientName } from './recipient-name.ts';

export type ConsentView = z.infer<typeof ConsentViewSchema>;
export type DisclosureView = z.infer<typeof DisclosureViewSchema>;
type Reader = { actor: Actor; lang: Language };

/** Consents on the wire: the text as it was agreed to, until when, and what taking it back means. */
export async function viewConsents(
  db: Db,
  ctx: Ctx,
  consents: readonly Consent[],
  { actor, lang }: Reader,
): Promise<ConsentView[]> {
  const names = await nameAccounts(db, ctx, [...new Set(consents.map((consent) => consent.givenBy))]);
  const persons = await refer(db, ctx, consents, actor);
  const recipients = await recipientNames(db, ctx, consents, lang);
  return consents.map((consent) => {
    const plan = findEdition(ctx.plans, consent.plan, consent.edition);
    const text = plan?.consentTexts.find((one) => one.id === consent.textId && one.version === consent.textVersion)
      ?.text[lang];
    const recipientName = recipients.get(consent.recipient)!;
    return {
      id: consent.id,
      recipient: consent.recipient,
      recipientName,
      purpose: consent.purpose,
      text: (text ?? consent.textId).replaceAll('{provider}', recipientName),
      textVersion: consent.textVersion,
      fields: consent.fields.map((group) => ({ group, label: groupLabel(group, lang) })),
      person: persons.get(consent.personId)!,
      caseId: consent.caseId,
      caseNumber: consent.caseNumber,
      givenAt: formatInstant(consent.givenAt),
      givenBy: consent.givenBy === actor.accountId ? pick(lang, '您本人', 'you') : (names.get(consent.givenBy) ?? ''),
      until: untilWords(consent, lang),
      withdrawnAt: consent.withdrawnAt && formatInstant(consent.withdrawnAt),
      warning:
        consent.withdrawnAt === null && consent.caseId !== null && consent.endedAt === null ? warning(lang) : null,
    };
  });
}

/** Disclosures on the wire: to whom, when, which groups of fields. */
export async function viewDisclosures(
  db: Db,
  ctx: Ctx,
  disclosures: readonly Disclosure[],
  { actor, lang }: Reader,
): Promise<DisclosureView[]> {
  const names = await nameAccounts(db, ctx, [...new Set(disclosures.flatMap((one) => one.actorAccount ?? []))]);
  const persons = await refer(db, ctx, disclosures, actor);
  const recipients = await recipientNames(db, ctx, disclosures, lang);
  return disclosures.map((one) => {
    const recipientName = recipients.get(one.recipient)!;
    return {
      id: one.id,
      at: formatInstant(one.at),
      recipient: one.recipient,
      recipientName,
      actor: (one.actorAccount !== null && names.get(one.actorAccount)) || recipientName,
      what: one.groups.map((group) => groupLabel(group, lang)),
      consentId: one.consentId,
      caseId: one.caseId,
      caseNumber: one.caseNumber,
      person: persons.get(one.personId)!,
    };
  });
}

/** The person herself reads her name in full, everybody else masked. */
async function refer(db: Db, ctx: Ctx, rows: readonly { personId: string }[], actor: Actor) {
  const refs = new Map<string, ConsentView['person']>();
  for (const id of new Set(rows.map((row) => row.personId))) {
    const masked = actor.personId !== id;
    const name = (await findPerson(db, ctx, id))?.name ?? '';
    refs.set(id, { id, name: masked ? maskName(name) : name, masked });
  }
  return refs;
}

/** A provider of the plan by its name, an expert by hers and her hospital's. */
async function recipientNames(
  db: Db,
  ctx: Ctx,
  rows: readonly { recipient: string; plan: string; edition: string }[],
  lang: Language,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const { recipient, plan, edition } of rows)
    names.set(recipient, await recipientName(db, ctx, findEdition(ctx.plans, plan, edition), recipient, lang));
  return names;
}

function untilWords(consent: Consent, lang: Language): string {
  if (consent.withdrawnAt !== null) return formatInstant(consent.withdrawnAt).slice(0, 10);
  if (consent.endedAt !== null) return addDays(dayOf(consent.endedAt), consent.daysAfterEnd);
  return endOfSharing(consent.daysAfterEnd, lang);
}

const warning = (lang: Language): string =>
  pick(
    lang,
    '撤回后立即停止提供资料。尚未预约成功的，申请会结束，不计使用次数；已预约成功的，由工作人员决定如何处理。',
    'Sharing stops at once. Before the booking the request is closed and nothing is counted as used; after it a person decides what follows.',
  );

const pick = (lang: Language, zh: string, en: string): string => (lang === 'zh' ? zh : en);
