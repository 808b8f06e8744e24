/** A case told again from its stored events: opened, and folded through the released chart. */

import { rulesOf } from '#domain/cases/rules-of.ts';
import { advance, begin, type Snapshot } from '#domain/journeys/advance.ts';
import type { CaseRole, Facts } from '#domain/journeys/journey.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import type { CaseMemory } from '#server/cases/memory.ts';
import { findCase, listEvents } from '#server/cases/queries.ts';
import { planOf } from '#server/cases/question.ts';
import { getPersonKey, openWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';

type Request = {
  missingPapers: string[];
  needsOwnConsent: boolean;
  outcome: 'granted' | 'review' | null;
  '#rules': string[];
  '#refs'?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  '#provider': string | null;
};
type Payload = Record<string, unknown> & {
  '#refs'?: Facts['refs'];
  '#consented'?: string[];
  '#missing'?: string[];
  '#missingRecords'?: string[];
  '#accepted'?: string[];
  '#offerListed'?: boolean;
  '#decision'?: Facts['decision'];
  '#byManager'?: boolean;
  '#drug'?: Facts['drug'];
  '#aid'?: Facts['aid'];
  '#actor'?: string;
  '#laboratoryLicensed'?: boolean;
  '#applicantAllowed'?: boolean;
  '#party'?: string;
};

export type Replayed = {
  state: string;
  suspended: boolean;
  context: unknown;
  stored: { state: string; suspended: boolean; context: unknown };
  refused: string[];
};

/** Folds the events through the chart; `refused` names any that the chart does not take any more. */
export async function replay(ctx: Ctx, caseId: string): Promise<Replayed> {
  const row = (await findCase(ctx.pool, ctx, caseId))!;
  const key = await getPersonKey(ctx.pool, ctx, row.personId);
  const memory = openWith<CaseMemory>(key, ctx, 'cases', row.id, row.context);
  const journey = getJourney(row.kind, row.chartVersion);
  const { service } = planOf(ctx, row.plan, row.edition, row.service);
  const [first, ...events] = await listEvents(ctx.pool, ctx, caseId);
  const asked = openWith<Request>(key, ctx, 'events', first!.id, first!.payload);
  const begun = begin(journey, {
    rules: rulesOf(service),
    outcome: asked.outcome ?? 'granted',
    rulesOfDecision: asked['#rules'],
    needsOwnConsent: asked.needsOwnConsent,
    missingPapers: asked.missingPapers,
    given: memory.given,
    refs: asked['#refs'] ?? {},
    now: first!.recordedAt.toISOString(),
  });
  let so: Snapshot = {
    state: begun.state,
    context: { ...begun.context, provider: asked['#provider'] },
    suspended: false,
  };
  const refused: string[] = [];
  for (const event of events) {
    if (event.type === 'policySuspended' || event.type === 'policyRevived') {
      so = { ...so, suspended: event.type === 'policySuspended' };
      continue;
    }
    const {
      '#refs': refs = {},
      '#consented': consented = [],
      '#missing': missingPapers = [],
      '#missingRecords': missingRecords = [],
      '#accepted': acceptedPapers = [],
      '#offerListed': offerListed = true,
      '#decision': decision,
      '#byManager': byManager = false,
      '#actor': actor = null,
      '#party': party = null,
      '#laboratoryLicensed': laboratoryLicensed = true,
      '#applicantAllowed': applicantAllowed = true,
      '#drug': drug = null,
      '#aid': aid = null,
      ...payload
    } = openWith<Payload>(key, ctx, 'events', event.id, event.payload);
    const facts: Facts = {
      now: event.recordedAt,
      refs,
      byManager,
      consented,
      missingPapers,
      missingRecords,
      acceptedPapers,
      arrivedAt: null,
      offerListed,
      laboratoryLicensed,
      applicantAllowed,
      drug,
      aid,
      actor,
      party,
      ...(decision ? { decision } : {}),
    };
    const result = advance(journey, so, { type: event.type, payload, facts }, event.actorRole as CaseRole);
    if (!result.ok) refused.push(`${event.seq} ${event.type}: ${result.code}`);
    else so = { ...so, state: result.state, context: result.context };
    if (so.state !== event.stateAfter)
      refused.push(`${event.seq} ${event.type}: ${so.state}, recorded ${event.stateAfter}`);
  }
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
  return {
    ...so,
    context: plain(so.context),
    stored: { state: row.state, suspended: row.suspended, context: plain(memory.chart) },
    refused,
  };
}
