import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { loadCalendar } from '#calendar/load.ts';
import { timedRules } from '#domain/cases/on-milestone.ts';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { loadPlans } from '#plans/load.ts';
import { openClocks, type Played, type Playing, playEvent, playHistory } from '#tests/support/case-play.ts';
import { eventVariants, follow, givenOf, MONDAY, type Sent, starts, walk } from '#tests/support/journey-walk.ts';
import { advance, begin, type Snapshot } from './advance.ts';
import { stateMeta } from './journey.ts';
import { JOURNEYS } from './registry.ts';

const calendar = loadCalendar();
// As in charts.test.ts: walks, on a machine that others use too.
vi.setConfig({ testTimeout: 30_000 });
const { plans } = loadPlans();
/** A prime larger than any chart's list of variants. */
const STRIDE = 997;

/** What is played: each shortest path, and each event that may follow it, so that every transition has its turn. */
for (const journey of JOURNEYS)
  for (const plan of plans)
    for (const [code, service] of Object.entries(plan.services)) {
      if (service.journey.kind !== journey.kind || service.journey.version !== journey.version) continue;
      describe(`${journey.kind} v${journey.version} under ${plan.plan} ${code}`, () => {
        const variants = eventVariants(journey);
        const ground = { journey, plan, service, calendar };
        const isFinal = (state: string) => journey.machine.states[state]?.type === 'final';
        const played: { at: string; state: string; played: Played }[] = [];
        const reached = new Set<string>();
        for (const { input } of starts(plan.plan, rulesOf(service), givenOf(journey)))
          for (const { end, events } of walk(journey, input)) {
            reached.add(end.state);
            const at = (history: readonly Sent[], { snapshot, so, rows, changes }: Playing) =>
              played.push({
                at: `${snapshot.state} after ${history.at(-1)?.type ?? 'the request'}`,
                state: snapshot.state,
                played: { so, rows, changes },
              });
            const there = playHistory(ground, input, events, MONDAY);
            at(events, there);
            for (const event of follow(journey, end).keys()) at([event], playEvent(ground, there, event));
          }

        /** What is wrong with the targets that run in this state; standing clocks belong to no state. */
        function targetFaults(at: string, state: string, { so }: Played): string[] {
          if (isFinal(state)) return [];
          const { until, turn } = stateMeta(journey, state);
          const running = openClocks(so).flatMap(({ promise, target }) => (target ? [promise] : []));
          const standing = so.pauses.some(({ to }) => to === null);
          const own = (target: string) =>
            ('target' in until && until.target === target) || ('field' in until && turn === 'member');
          return [
            ...('target' in until && !running.includes(until.target) ? [`${at}: ${until.target} does not run`] : []),
            ...running.filter((target) => !standing && !own(target)).map((target) => `${at}: ${target} still runs`),
            ...(new Set(running).size < running.length ? [`${at}: twice ${running.join(', ')}`] : []),
          ];
        }

        /** Each number says where the search for a possible event begins; what would end the case waits for the last. */
        function randomHistory(input: Record<string, unknown>, dice: readonly number[]): Sent[] {
          const begun = begin(journey, input);
          let snapshot: Snapshot = { state: begun.state, context: begun.context, suspended: false };
          return dice.flatMap((number, turn) => {
            for (let i = 0; i < variants.length; i += 1) {
              // The stride keeps neighbours in the list, which are alike, from being tried one after the other.
              const event = variants[(number + i * STRIDE) % variants.length] as Sent;
              const result = advance(journey, snapshot, event, event.by);
              if (!result.ok || (result.final && turn < dice.length - 1)) continue;
              snapshot = { ...snapshot, state: result.state, context: result.context };
              return [event];
            }
            return [];
          });
        }

        test('every target or promise that a reached state names is in the plan', () => {
          const known = new Set(timedRules(service).map((rule) => rule.code));
          const named = [...reached].flatMap((state) => {
            const { until } = stateMeta(journey, state);
            const name = 'target' in until ? until.target : 'promise' in until ? until.promise : null;
            return name === null || known.has(name) ? [] : [`${state}: ${name}`];
          });
          expect(named).toEqual([]);
        });

        test('the target a state names runs, and none of a state that was left', () => {
          expect([...new Set(played.flatMap(({ at, state, played: one }) => targetFaults(at, state, one)))]).toEqual(
            [],
          );
        });

        test('the use is held once and moves once more; a closed case holds none [2.2.6]', () => {
          const wrong = new Set<string>();
          for (const { at, state, played: one } of played) {
            const { so, rows } = one;
            if (rows.length > 2 || rows.filter(({ move }) => move === 'hold').length > 1)
              wrong.add(`${at}: ${rows.map(({ move }) => move)}`);
            if (isFinal(state) && so.use === 'held') wrong.add(`${at}: closed and still held`);
            if (
              service.use.hold.length > 0 &&
              !isFinal(state) &&
              so.use === 'none' &&
              so.history.some(({ name }) => name === 'requested')
            )
              wrong.add(`${at}: nothing held`);
          }
          expect([...wrong]).toEqual([]);
        });

        test('what the outcome says of the use is what the ledger says [2.2.9]', () => {
          const wrong = new Set<string>();
          for (const { at, state, played: one } of played) {
            if (!isFinal(state)) continue;
            const { outcome = '' } = stateMeta(journey, state);
            const passed = (causes: readonly { on: string; cause: string }[], cause: string) =>
              one.so.history.some(({ name }) => causes.some((rule) => rule.on === name && rule.cause === cause));
            const changed = one.so.history.some(({ name }) => name === 'changed-by-member');
            const { use } = one.so;
            if (
              (outcome.startsWith('used-by') || outcome === 'delivered') &&
              use === 'released' &&
              !passed(service.use.release, 'not-deliverable')
            )
              wrong.add(`${at}: ${outcome}, released`);
            if (
              !outcome.startsWith('used-by') &&
              outcome !== 'delivered' &&
              use === 'spent' &&
              !changed &&
              !passed(service.use.spend, 'delivered')
            )
              wrong.add(`${at}: ${outcome}, spent`);
          }
          expect([...wrong]).toEqual([]);
        });

        test('along random histories: one use at most, targets as the states say, a met promise opens only with its old due', () => {
          for (const { input } of starts(plan.plan, rulesOf(service), givenOf(journey)))
            fc.assert(
              fc.property(fc.array(fc.nat(), { minLength: 5, maxLength: 40 }), (dice) => {
                const history = randomHistory(input, dice);
                const result = playHistory(ground, input, history, MONDAY);
                const told = history.map(({ type }) => type).join(' ');
                expect(targetFaults(told, result.snapshot.state, result)).toEqual([]);
                expect(result.rows.length, told).toBeLessThanOrEqual(2);
                const each = service.promises.filter(({ occurrence }) => occurrence === 'each').map(({ code }) => code);
                const promises = result.so.clocks
                  .filter(({ target, promise }) => !target && !each.includes(promise))
                  .map(({ promise }) => promise);
                expect(new Set(promises).size, told).toBe(promises.length);
                if (isFinal(result.snapshot.state)) expect(result.so.use, told).not.toBe('held');
              }),
              { numRuns: 40, seed: 20260302 },
            );
        });

        test('no promise but the papers and the suspension make stand; what was met stays met or opens with its old due', () => {
          const wrong = new Set<string>();
          for (const { at, played: one } of played)
            for (const change of one.changes) {
              if (change.do !== 'reopen-clock') continue;
              const clock = one.so.clocks.find(({ id }) => id === change.id);
              const first = one.changes.find(
                (other) => other.do === 'start-clock' && `${other.promise}/${other.occurrence}` === change.id,
              );
              if (first?.do !== 'start-clock' || (clock && clock.due < first.due)) wrong.add(at);
            }
          expect([...wrong]).toEqual([]);
        });
      });
    }
