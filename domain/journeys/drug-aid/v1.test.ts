import { expect, test } from 'vitest';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { loadPlans } from '#plans/load.ts';
import { FACTS, MONDAY, SET } from '#tests/support/journey-walk.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { advance, allowedEvents, begin, type Snapshot } from '../advance.ts';
import { payloadSchema } from '../fields.ts';
import type { CaseRole, Facts } from '../journey.ts';
import { drugAidV1 as journey } from './v1.ts';

const RULES = rulesOf(loadPlans().plans.find(({ plan }) => plan === 'zhenai21')!.services['drug-aid']!);
type Step = [send: string, payload?: Record<string, unknown>, facts?: Partial<Facts>, as?: CaseRole];

const attempt = (snapshot: Snapshot, [type, set, facts, as]: Step) => {
  const def = journey.events[type]!;
  const payload = payloadFor(payloadSchema(def.schema, 'zh'), { now: MONDAY, set: { ...SET[type], ...set } });
  return advance(journey, snapshot, { type, payload, facts: { ...FACTS, ...facts } }, as ?? def.by[0]!);
};
/** The case after the steps, with every milestone that it passed. */
function story(...steps: Step[]) {
  const input = { rules: RULES, outcome: 'granted', rulesOfDecision: [], given: {}, now: MONDAY.toISOString() };
  const begun = begin(journey, { ...input, needsOwnConsent: false, missingPapers: [], provider: 'provider-a' });
  let snapshot: Snapshot = { state: begun.state, context: begun.context, suspended: false };
  const passed: string[] = [];
  for (const step of steps) {
    const result = attempt(snapshot, step);
    if (!result.ok) throw new Error(`${step[0]} in ${snapshot.state}: ${JSON.stringify(result)}`);
    passed.push(...result.milestones.map(({ name }) => name));
    snapshot = { ...snapshot, state: result.state, context: result.context };
  }
  return { snapshot, passed, state: snapshot.state };
}

const VERIFIED: Step = ['verifyFacts', {}, { decision: { id: 'd', outcome: 'granted', rules: [] } }];
const FILE: Step[] = [VERIFIED, ['acceptRequest'], ['chooseProgramme']];
const BOUGHT: Step[] = [...FILE, ['recordBought', { units: 2 }], ['passFile'], ['submitToCharity']];
const APPROVED: Step[] = [...BOUGHT, ['recordVerdict', { verdict: 'approved' }]];
const CALL = (day: string): Step => ['logCall', { outcome: 'no-answer' }, { now: new Date(`${day}T10:00:00+08:00`) }];

test('[2.6.2.7.2] accepted, the file goes to the assistant, and to nobody without her consent', () => {
  expect(story(...FILE).passed).toContain('handed-to-provider');
  expect(story(VERIFIED, ['acceptRequest', {}, { consented: [] }]).state).toBe('awaiting-provider-consent');
});

test('[2.6.2.9.1] a file found to fit waits for the boxes of the round before it is submitted', () => {
  expect(story(...FILE, ['passFile']).state).toBe('buying');
  const { state, passed } = story(...FILE, ['passFile'], ['recordBought', { units: 2 }]);
  expect(state).toBe('submitting');
  expect(passed).not.toContain('file-reopened');
});

test('[2.6.2.7.3] with the last free box of a round the next file is opened, without boxes where none are to be bought', () => {
  const { state, passed } = story(...APPROVED, ['recordCollected'], ['recordCollected']);
  expect(state).toBe('preparing');
  expect(passed.slice(-2)).toEqual(['aid-collected', 'file-reopened']);
});

test('[2.6.5.1.3] the window over, nothing is given up before she was called twice on two days', () => {
  const silent = story(...APPROVED, ['windowPassed']);
  expect(silent.passed).not.toContain('aid-given-up');
  expect(allowedEvents(journey, silent.snapshot, 'aid-assistant', FACTS)).not.toContain('giveUpTurn');
  const called = story(...APPROVED, ['windowPassed'], CALL('2026-03-02'), CALL('2026-03-03'));
  expect(allowedEvents(journey, called.snapshot, 'aid-assistant', FACTS)).toContain('giveUpTurn');
  expect(story(...APPROVED, CALL('2026-03-02'), CALL('2026-03-03'), ['windowPassed']).passed).toContain('aid-given-up');
});

test('[2.6.5.1.3] once a cause is in play a person decides, and time no more', () => {
  const said = story(...APPROVED, ['sayWhyNot', { cause: 'in-hospital' }]);
  expect(attempt(said.snapshot, ['windowPassed'])).toMatchObject({ ok: false });
  expect(allowedEvents(journey, said.snapshot, 'aid-assistant', FACTS)).not.toContain('decideGivenUp');
  expect(allowedEvents(journey, said.snapshot, 'supervisor', FACTS)).toEqual(
    expect.arrayContaining(['excuseTurn', 'decideGivenUp']),
  );
});

test('[2.6.5.1.4] refused by the charity, the case ends and says so; asked for more, our review begins anew', () => {
  expect(story(...BOUGHT, ['recordVerdict', { verdict: 'refused' }])).toMatchObject({
    state: 'closed-charity-refused',
  });
  expect(story(...BOUGHT, ['recordVerdict', { verdict: 'more-papers' }]).passed).toContain('file-reopened');
});
