import { describe, expect, test, vi } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { advance, allowedEvents, begin, type Snapshot, turnOf } from '#domain/journeys/advance.ts';
import { payloadSchema } from '#domain/journeys/fields.ts';
import {
  CASE_ROLES,
  type CaseRole,
  type ChartEvent,
  type Facts,
  type Journey,
  stateMeta,
} from '#domain/journeys/journey.ts';
import { loadPlans } from '#plans/load.ts';
import {
  distinct,
  eventVariants,
  FACTS,
  follow,
  givenOf,
  MONDAY,
  otherRules,
  SET,
  type Sent,
  type Start,
  starts,
  type WalkedPath,
  walk,
} from './journey-walk.ts';
import { payloadFor, vocabularyFaults } from './payloads.ts';

// A walk takes a second or two; beside other work on a small machine it may take ten.
vi.setConfig({ testTimeout: 30_000 });
const { plans } = loadPlans();

/** What holds of every chart; two files share them, so that two threads walk. */
export function checkCharts(journeys: readonly Journey[]): void {
  for (const journey of journeys)
    describe(`${journey.kind} v${journey.version}`, () => {
      const served = plans.flatMap((plan) =>
        Object.values(plan.services)
          .filter(({ journey: named }) => named.kind === journey.kind && named.version === journey.version)
          .map((service) => ({ name: plan.plan, plan, service, rules: rulesOf(service) })),
      );
      const byPlan = served.map((one) => ({ ...one, starts: starts(one.name, one.rules, givenOf(journey)) }));
      const everyStart = [
        ...byPlan.flatMap((one) => one.starts),
        ...served.slice(0, 1).flatMap(({ rules }) =>
          otherRules(rules, journey).flatMap((other) =>
            // What a request may state besides is tried where no step comes before the next phase.
            other.rules.review === rules.review
              ? starts(other.name, other.rules, undefined, 'all there')
              : starts(other.name, other.rules, other.rules.review ? undefined : givenOf(journey)),
          ),
        ),
      ];
      const walked = new Map<Start, readonly WalkedPath[]>(
        everyStart.map((start) => [start, walk(journey, start.input)]),
      );
      const situations = distinct(journey, [...walked.values()].flat());
      const planSituations = distinct(
        journey,
        byPlan.flatMap((one) => one.starts).flatMap((start) => walked.get(start) ?? []),
      );
      const variants = eventVariants(journey);
      const onePayloadEach = new Map(variants.map(({ type, payload }) => [type, payload]));
      const states = Object.keys(journey.machine.states);
      const isFinal = (state: string) => journey.machine.states[state]?.type === 'final';
      const isPassing = (state: string) => (journey.machine.states[state]?.always ?? []).length > 0;

      test('a plan of ours uses it', () => expect(served.length).toBeGreaterThan(0));

      test('every state is reached', () => {
        const reached = new Set(situations.map(({ state }) => state));
        expect(states.filter((state) => !reached.has(state) && !isPassing(state))).toEqual([]);
      });

      test('every transition is taken once from a shortest path', () => {
        const taken = new Set<unknown>();
        for (const situation of situations)
          for (const event of follow(journey, situation).keys())
            for (const transition of chosen(journey, situation, event)) taken.add(transition);
        const nodes = [journey.machine.root, ...Object.values(journey.machine.states)];
        const missed = nodes.flatMap((node) =>
          [...node.transitions.values()]
            .flat()
            .filter((transition) => !taken.has(transition))
            .map((transition) => `${node.key}: ${transition.eventType} ${JSON.stringify(transition.guard ?? null)}`),
        );
        expect(missed).toEqual([]);
      });

      test('every other event of every role in every state is refused, and the allowed list is right', () => {
        const wrong = new Set<string>();
        const compare = (situation: Snapshot, role: CaseRole, facts: Facts) => {
          const allowed = new Set(allowedEvents(journey, situation, role, facts));
          for (const [type, payload] of onePayloadEach) {
            const result = advance(journey, situation, { type, payload, facts }, role);
            const refused = !result.ok && result.code === 'not-allowed';
            if (refused === allowed.has(type))
              wrong.add(
                `${situation.state}: ${role} ${type} is ${refused ? 'listed and refused' : 'taken and not listed'}`,
              );
          }
        };
        for (const situation of situations) for (const role of CASE_ROLES) compare(situation, role, FACTS);
        // Other facts matter to few roles; one that may send the event stands for all that may.
        for (const situation of planSituations)
          for (const { by, facts } of distinctFacts(variants)) compare(situation, by, facts);
        expect([...wrong]).toEqual([]);
      });

      test('while the policy is suspended only what may go on goes on [tension 2.2.7]', () => {
        const going = new Set(
          Object.entries(journey.events).flatMap(([type, def]) => (def.whileSuspended ? [type] : [])),
        );
        for (const situation of situations)
          for (const event of variants)
            if (!going.has(event.type))
              expect(advance(journey, { ...situation, suspended: true }, event, event.by).ok, event.type).toBe(false);
      });

      test('what is wrong with a payload names one of its fields, in both languages', () => {
        const nothingFound: Facts = {
          ...FACTS,
          refs: {},
          missingPapers: ['sample'],
          now: new Date('2027-01-04T10:00:00+08:00'),
        };
        for (const situation of situations)
          for (const { type, payload } of variants) {
            const def = journey.events[type];
            for (const facts of [nothingFound, { ...nothingFound, now: MONDAY }])
              for (const { pointer, message } of def?.check?.(payload as never, situation.context, facts) ?? []) {
                const field = pointer.split('/')[1];
                if (field !== undefined && !(field in (def?.schema.shape ?? {}))) expect.fail(`${type}: ${pointer}`);
                if (!message.zh || !message.en) expect.fail(`${type}: ${pointer} has no words`);
              }
          }
      });

      test('a closed case takes nothing', () => {
        for (const situation of situations.filter(({ state }) => isFinal(state)))
          for (const role of CASE_ROLES) expect(allowedEvents(journey, situation, role, FACTS)).toEqual([]);
      });

      test("every event's schema stays within the vocabulary and is said in both languages", () => {
        for (const [type, def] of Object.entries(journey.events)) {
          for (const lang of ['zh', 'en'] as const) {
            const schema = payloadSchema(def.schema, lang);
            expect(vocabularyFaults(schema), `${type} in ${lang}`).toEqual([]);
            expect(JSON.stringify(schema), `${type} in ${lang}`).not.toMatch(/undefined|null/);
          }
          expect(JSON.stringify(payloadSchema(def.schema, 'en')), type).not.toMatch(/[\u4e00-\u9fff]/);
          expect(def.label.zh, type).toMatch(/[\u4e00-\u9fff]/);
          expect(def.label.en, type).toMatch(/[a-z]/i);
          expect(def.by.length, type).toBeGreaterThan(0);
        }
      });

      test("a generated value passes every event's schema, with and without what is optional", () => {
        for (const [type, def] of Object.entries(journey.events))
          for (const optional of [true, false]) {
            const payload = payloadFor(payloadSchema(def.schema, 'zh'), {
              now: MONDAY,
              optional,
              set: SET[type] ?? {},
            });
            expect(def.schema.safeParse(payload).error, `${type} ${JSON.stringify(payload)}`).toBeUndefined();
          }
      });

      test('an event with a field that nobody knows is refused', () => {
        for (const [type, def] of Object.entries(journey.events)) {
          const payload = payloadFor(payloadSchema(def.schema, 'zh'), { now: MONDAY, set: SET[type] ?? {} });
          expect(def.schema.safeParse({ ...payload, extra: 1 }).success, type).toBe(false);
        }
      });

      test('every state says in both languages what it is, whose turn it is, and until when or why not', () => {
        const steps = new Set(journey.steps.map(({ code }) => code));
        for (const state of states) {
          const meta = stateMeta(journey, state);
          for (const text of [meta.label, meta.does]) expect(text.zh && text.en, state).toBeTruthy();
          expect(steps.has(meta.step), `${state} is at step ${meta.step}`).toBe(true);
          if (isFinal(state)) expect(meta.outcome, state).toBeTruthy();
          else expect(meta.turn, state).not.toBe('nobody');
          if ('none' in meta.until) expect(meta.until.none.zh && meta.until.none.en, state).toBeTruthy();
        }
      });

      test('whoever has the turn can do something, or time ends it', () => {
        const stuck = new Set<string>();
        for (const situation of situations) {
          if (isFinal(situation.state)) continue;
          const { turn } = turnOf(journey, situation.state);
          const moves = [...follow(journey, situation)];
          const its = moves.filter(([{ type }]) => turn !== 'nobody' && journey.events[type]?.by.includes(turn));
          const leaves = moves.some(([{ type }, { state }]) => state !== situation.state && type !== 'personDied');
          if (its.length === 0) stuck.add(`${situation.state}: ${turn} can do nothing`);
          if (!leaves) stuck.add(`${situation.state}: nothing leaves it`);
        }
        expect([...stuck]).toEqual([]);
      });

      test('every milestone a chart passes is one of its kind', () => {
        const known = new Set(journey.milestones);
        const passed = new Set<string>();
        for (const start of everyStart) for (const { name } of begin(journey, start.input).milestones) passed.add(name);
        for (const situation of situations)
          for (const { milestones } of follow(journey, situation).values())
            for (const { name } of milestones) passed.add(name);
        expect([...passed].filter((name) => !known.has(name))).toEqual([]);
      });
    });

  /** The transitions the machine picks for an event in a situation. */
}

function chosen(
  journey: Journey,
  situation: { state: string; context: Record<string, unknown> },
  event: ChartEvent,
): unknown[] {
  const { machine } = journey;
  const snapshot = machine.resolveState({ value: situation.state, context: situation.context }) as AnyMachineSnapshot;
  return machine.getTransitionData(snapshot, event as never);
}

const distinctFacts = (variants: readonly Sent[]) => [
  ...new Map(variants.map(({ by, facts }) => [`${by} ${JSON.stringify(facts)}`, { by, facts }])).values(),
];
