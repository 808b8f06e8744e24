/**
 * A case opened, and cut down to what this viewer may see. For a provider the cut is `discloseTo` and nothing else, and
 * what it let through is recorded as a disclosure.
 */

import { discloseTo } from '#domain/consents/disclose.ts';
import { isOutside } from '#domain/journeys/journey.ts';
import type { Opinion } from '#domain/journeys/second-opinion/context-v1.ts';
import type { Arrangement, Review, Context as Therapy } from '#domain/journeys/special-drug/context-v1.ts';
import { groupOfPaper } from '#domain/papers/limits.ts';
import type { FieldGroup } from '#domain/plan/schema.ts';
import { recordDisclosure } from '#server/consents/disclosures.ts';
import { type Consent, findConsent } from '#server/consents/queries.ts';
import { type CasePaper, listCasePapers } from '#server/papers/case-papers.ts';
import { mayReadKind } from '#server/papers/readers.ts';
import { getPerson, type Person } from '#server/persons/queries.ts';
import { openWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { recipientFor } from './access.ts';
import type { CaseMemory } from './memory.ts';
import type { OpenCase } from './move-case.ts';
import { type EventRow, listEvents } from './queries.ts';
import type { Viewer } from './viewer.ts';

export type Refs = Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
export type OpenedEvent = Omit<EventRow, 'payload'> & { payload: Readonly<Record<string, unknown>>; refs: Refs };
export type Offer = {
  visitAt: string;
  hospital: string;
  department: string;
  expert: string;
  rank: string;
  answerBy: string;
  escort: { name: string; phone: string; meetingPlace: string; hours: string } | null;
  more?: Readonly<Record<string, string>>;
};
export type Seen = {
  person: Partial<Person>;
  illness: Partial<NonNullable<CaseMemory['verified']>> | null;
  wish: Partial<NonNullable<CaseMemory['request']['wish']>> | null;
  form: Readonly<Record<string, unknown>>;
  carePath: { hospital: string; department: string; expert: string; why: string; examinations: string } | null;
  offer: Offer | null;
  summary: { said: string; nextSteps: string; at: string } | null;
  opinion: Opinion | null;
  firstReview: Partial<Review> | null;
  verdict: (Partial<Review> & { approvedUntil?: string | null }) | null;
  arrangement: Partial<Arrangement> | null;
  events: OpenedEvent[];
  papers: CasePaper[];
};

export async function seeCase(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  open: OpenCase,
  viewer: Pick<Viewer, 'role'>,
  now: Date,
): Promise<Seen> {
  const all = await seeAll(db, ctx, open);
  const { running, row } = open;
  const reading = { plan: running.plan, history: running.so.history, assignee: row.assignee };
  const reader = { role: viewer.role, accountId: actor.accountId };
  const papers = all.papers.filter(
    ({ kind, paper }) => mayReadKind(reading, kind, reader) && mayReadKind(reading, paper.kind, reader),
  );
  const seen = { ...all, papers };
  return isOutside(viewer.role) ? seeShared(db, ctx, actor, open, seen, now) : seen;
}

async function seeAll(db: Db, ctx: Ctx, open: OpenCase): Promise<Seen> {
  const { memory, row, key } = open;
  const events = (await listEvents(db, ctx, row.id)).map((event) => {
    const { '#refs': refs = {}, ...payload } = openWith<Record<string, unknown> & { '#refs'?: Refs }>(
      key,
      ctx,
      'events',
      event.id,
      event.payload,
    );
    return { ...event, payload, refs };
  });
  return {
    person: await getPerson(db, ctx, row.personId),
    illness: memory.verified ?? memory.request.illness,
    wish: memory.request.wish,
    form: memory.request.form,
    carePath: (memory.chart.carePath ?? null) as Seen['carePath'],
    offer: memory.chart.offer as Seen['offer'],
    summary: memory.chart.summary as Seen['summary'],
    opinion: (memory.chart.opinion as Seen['opinion'] | undefined) ?? null,
    ...purchaseOf(memory),
    events,
    papers: await listCasePapers(db, ctx, row.id),
  };
}

/** What a case of another kind has none of. */
function purchaseOf({ chart }: CaseMemory): Pick<Seen, 'firstReview' | 'verdict' | 'arrangement'> {
  const { first, verdict, approvedUntil, arrangement } = chart as unknown as Partial<Therapy>;
  return {
    firstReview: first ?? null,
    verdict: verdict ? { ...verdict, approvedUntil: approvedUntil ?? null } : null,
    arrangement: arrangement ?? null,
  };
}

async function seeShared(db: Db, ctx: Ctx, actor: Actor, open: OpenCase, all: Seen, now: Date): Promise<Seen> {
  const { row, memory } = open;
  const provider = recipientFor(row, actor) ?? '';
  const consent: Consent | undefined = await findConsent(db, ctx, {
    personId: row.personId,
    caseId: row.id,
    recipient: provider,
    now,
  });
  const facts = {
    journey: open.journey,
    parts: {
      person: all.person,
      applicant: memory.request.applicant,
      illness: all.illness,
      wish: all.wish,
      carePath: all.carePath,
      offer: all.offer as Record<string, unknown> | null,
      summary: all.summary,
      opinion: all.opinion,
      firstReview: all.firstReview,
      verdict: all.verdict,
      arrangement: all.arrangement,
    },
    form: all.form,
    events: all.events.map(({ seq, type, actorRole, occurredAt, recordedAt, payload, milestones }) => ({
      seq,
      type,
      actorRole,
      occurredAt,
      recordedAt,
      payload,
      milestones: milestones.map(({ name }) => name),
    })),
    papers: all.papers.map(({ paper, kind, verdict }) => ({
      id: paper.id,
      kind,
      verdict,
      group: groupOfPaper([open.running.plan], kind),
    })),
    messages: [],
  };
  const { view, groups, fields } = discloseTo(provider, consent, facts);
  if (!view || !consent)
    return {
      person: {},
      illness: null,
      wish: null,
      form: {},
      carePath: null,
      offer: null,
      summary: null,
      opinion: null,
      firstReview: null,
      verdict: null,
      arrangement: null,
      events: [],
      papers: [],
    };
  await recordDisclosure(db, ctx, {
    personId: row.personId,
    caseId: row.id,
    recipient: provider,
    actor,
    groups: groups as FieldGroup[],
    fields,
    contentVersion: String(row.version),
    consentId: consent.id,
    now,
  });
  return {
    person: (view.parts.person ?? {}) as Seen['person'],
    illness: view.parts.illness as Seen['illness'],
    wish: view.parts.wish as Seen['wish'],
    form: view.form,
    carePath: view.parts.carePath as Seen['carePath'],
    offer: view.parts.offer as Seen['offer'],
    summary: view.parts.summary as Seen['summary'],
    opinion: view.parts.opinion as Seen['opinion'],
    firstReview: view.parts.firstReview as Seen['firstReview'],
    verdict: view.parts.verdict as Seen['verdict'],
    arrangement: view.parts.arrangement as Seen['arrangement'],
    events: view.events.flatMap((shared) => {
      const event = all.events.find(({ seq }) => seq === shared.seq);
      return event
        ? [
            {
              ...event,
              payload: shared.payload,
              refs: Object.fromEntries(
                Object.entries(event.refs).filter(([name]) => name.split('/')[0]! in shared.payload),
              ),
            },
          ]
        : [];
    }),
    papers: all.papers.filter(({ paper }) => view.papers.some(({ id }) => id === paper.id)),
  };
}
