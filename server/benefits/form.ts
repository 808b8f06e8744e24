/** GET /api/services/{service}/form: what a request needs, from the plan. */
import type { z } from 'zod';
import type { RequestForm } from '#contract/cases.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { endOfSharing, groupLabel } from '#domain/consents/words.ts';
import { payloadSchema } from '#domain/journeys/fields.ts';
import { isParty, type Party } from '#domain/journeys/journey.ts';
import { findJourney } from '#domain/journeys/registry.ts';
import { termOf } from '#domain/plan/promise-facts.ts';
import { editionInForce } from '#domain/plan/registry.ts';
import type { Service } from '#domain/plan/schema.ts';
import { getVisibleCase, isCapableAdult, mayActFor } from '#server/cases/access.ts';
import { withEarlierCases } from '#server/cases/form-refs.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { findPolicy, findRoleOnPolicy } from '#server/cases/question.ts';
import { recipientName } from '#server/consents/recipient-name.ts';
import { hasDeskCheck } from '#server/desk/checks.ts';
import { findListRow } from '#server/lists/queries.ts';
import { getPersonState } from '#server/persons/facts.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';

/** Whom and what the form is for; the hospital chosen so far, or a running case, decides which provider a consent names [N.1]. */
export type FormAbout = {
  policyId: string;
  personId: string;
  hospitalId?: string | undefined;
  caseId?: string | undefined;
};

export async function requestForm(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  code: string,
  about: FormAbout,
  lang: 'zh' | 'en',
): Promise<z.infer<typeof RequestForm>> {
  const { policyId, personId } = about;
  const now = await ctx.clock.now(db);
  const policy = await findPolicy(db, ctx, policyId);
  const role = policy && (await findRoleOnPolicy(db, ctx, policy.id, personId));
  // A policyholder who was checked may be on the line for an insured of hers; the form itself tells nothing of anybody.
  const checked = await hasDeskCheck(db, ctx, actor, personId, now);
  const mine =
    actor.role === 'service-desk'
      ? checked || (policy !== undefined && (await hasDeskCheck(db, ctx, actor, policy.holderId, now)))
      : actor.personId !== null &&
        (actor.personId === personId ||
          (policy !== undefined && (await findRoleOnPolicy(db, ctx, policy.id, actor.personId)) !== undefined));
  if (!policy || !role || !mine) throw new Problem('not-found', { pointer: '/policyId' });
  const plan = editionInForce(ctx.plans, policy.plan, dayOf(now));
  const service = plan?.services[code];
  const journey = service && findJourney(service.journey.kind, service.journey.version);
  if (!plan || !service) throw new Problem('not-found', { pointer: '/service' });
  if (!journey)
    throw new Problem('not-possible-now', {
      detail: lang === 'zh' ? `这项服务请拨打 ${plan.hotline} 办理` : `Please call ${plan.hotline} for this service`,
    });
  const printed = (id: string) => plan.clauses.find((clause) => clause.id === id)?.printed ?? id;
  const adult = await isCapableAdult(db, ctx, personId, now);
  const { fullCapacity } = await getPersonState(db, ctx, personId, now);
  const guardian = !adult || !fullCapacity;
  // Either shows why a guardian acts; a child's guardian has no proof of incapacity to show.
  const notAsked = fullCapacity ? 'incapacity' : 'minority';
  const known = await recipientsOf(db, ctx, actor, service, about, now);
  const recipients = { ...known, provider: known.provider ?? service.provider?.default ?? '' };
  const names = new Map<string, string>();
  const { provider, laboratory, expert, pharmacy, panel = [] } = recipients;
  for (const recipient of [provider, laboratory, expert, pharmacy, ...panel])
    if (recipient) names.set(recipient, await recipientName(db, ctx, plan, recipient, lang));
  const himself =
    checked || (actor.personId !== null && (await mayActFor(db, ctx, actor.personId, personId, code, now, false)));
  return {
    service: code,
    name: service.name[lang],
    schema: await withEarlierCases(
      db,
      ctx,
      actor,
      journey,
      personId,
      withItems(payloadSchema(journey.request, lang), service),
      lang,
      now,
    ),
    illnesses: service.illness
      ? plan.illnesses
          .filter(({ counted }) => counted !== 'no')
          .map((one) => ({ code: one.code, name: one.name[lang], severity: one.severity, sample: one.sample }))
      : null,
    papers: service.papers
      .filter(
        ({ kind, required, from }) =>
          from === undefined &&
          (required === 'always' || required === 'no' || (required === 'guardian' && guardian && kind !== notAsked)),
      )
      .flatMap((rule) => {
        const kind = plan.paperKinds.find((one) => one.kind === rule.kind);
        return kind
          ? [
              {
                kind: rule.kind,
                name: kind.name[lang],
                required: rule.required !== 'no',
                why: rule.why[lang],
                clause: rule.clause,
                printed: printed(rule.clause),
                formats: [...kind.formats],
                maxBytes: kind.maxBytes,
                maxPages: kind.maxPages,
              },
            ]
          : [];
      }),
    consents: service.consents.flatMap((consent) => {
      const text = plan.consentTexts.find(({ id }) => id === consent.text);
      if (!text || (consent.from && !known.passed.has(consent.from))) return [];
      const named = isParty(consent.to) ? recipients[consent.to] : consent.to;
      // A panel has a consent for each of its experts (PIPL 23).
      return [named, ...(consent.to === 'expert' ? panel : [])].flatMap((recipient) => {
        if (!recipient) return [];
        const name =
          names.get(recipient) ?? plan.providers.find((one) => one.code === recipient)?.name[lang] ?? recipient;
        return [
          {
            recipient,
            recipientName: name,
            purpose: consent.purpose,
            textVersion: text.version,
            items: consent.items ? [...consent.items] : null,
            text: text.text[lang].replaceAll('{provider}', name),
            fields: text.fields.map((group) => ({ group, label: groupLabel(group, lang) })),
            until: endOfSharing(text.untilDaysAfterEnd, lang),
            clause: text.clause,
            printed: printed(text.clause),
          },
        ];
      });
    }),
    notices: service.notices.flatMap((id) =>
      plan.notices
        .filter((one) => one.id === id)
        .map((one) => ({
          id,
          version: one.version,
          text: one.text[lang],
          clause: one.clause,
          printed: printed(one.clause),
        })),
    ),
    warning: [service.warnings.applying?.[lang], service.warnings.cancelling?.[lang]]
      .filter(Boolean)
      .join(lang === 'zh' ? '' : ' '),
    promises: service.promises.map((promise) => ({
      code: promise.code,
      label: promise.label[lang],
      text: termOf(promise)[lang],
      clause: promise.clause,
      printed: printed(promise.clause),
    })),
    needsOwnConsent: adult && !himself,
    sampleLabel: plan.sampleLabel?.[lang] ?? null,
  };
}

/** Of the items that the kind knows, those that this plan's hospital gives. */
function withItems(schema: Record<string, unknown>, { assist }: Service): Record<string, unknown> {
  const properties = schema.properties as Record<string, { enum?: string[] }> | undefined;
  if (!assist || !properties?.item) return schema;
  const given = assist.items.map(({ code }) => code as string);
  const item = { ...properties.item, enum: properties.item.enum?.filter((one) => given.includes(one)) };
  return { ...schema, properties: { ...properties, item } };
}

type Recipients = { [P in Party]?: string | null | undefined } & {
  panel?: readonly string[];
  passed: ReadonlySet<string>;
};
const NOTHING_YET: ReadonlySet<string> = new Set();
/** Who serves the caller's running case and what it has passed, else the provider that the chosen hospital's row names where the plan lets it. */
async function recipientsOf(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  service: Service,
  about: FormAbout,
  now: Date,
): Promise<Recipients> {
  if (about.caseId) {
    const { row } = await getVisibleCase(db, ctx, actor, about.caseId, now);
    if (row.personId !== about.personId) throw new Problem('not-found', { pointer: '/caseId' });
    const { memory, running } = await openCaseForEvent(db, ctx, row);
    const { provider, laboratory, expert, pharmacy } = memory.chart as Partial<Recipients>;
    return {
      provider,
      laboratory,
      expert,
      pharmacy,
      panel: row.panel,
      passed: new Set(running.so.history.map(({ name }) => name)),
    };
  }
  if (!about.hospitalId || !service.hospitals || !service.provider?.hospitalMayName) return { passed: NOTHING_YET };
  const row = await findListRow(db, ctx, service.hospitals.list, about.hospitalId);
  return { provider: (row?.row as { provider?: string } | undefined)?.provider || null, passed: NOTHING_YET };
}
