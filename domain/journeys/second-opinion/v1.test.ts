import { describe, expect, test } from 'vitest';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { checkJourney } from '#domain/plan/check-journey.ts';
import { loadPlans } from '#plans/load.ts';
import { AFTER_VISIT, FACTS, MONDAY, SET } from '#tests/support/journey-walk.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { advance, allowedEvents, begin, type Snapshot } from '../advance.ts';
import { payloadSchema } from '../fields.ts';
import type { CaseRole, Facts } from '../journey.ts';
import { secondOpinionV1 as journey } from './v1.ts';

const service = loadPlans().plans.find(({ plan }) => plan === 'zhenai21')!.services['second-opinion']!;
const RULES = rulesOf(service);

type Step = { send: string; as?: CaseRole; with?: Record<string, unknown>; facts?: Partial<Facts> };
const send = (send: string, more: Omit<Step, 'send'> = {}): Step => ({ send, ...more });

/** The case after the steps; a step that is refused says so. */
function story(steps: readonly Step[], given: Record<string, boolean> = {}) {
  const begun = begin(journey, {
    rules: RULES,
    outcome: 'granted',
    rulesOfDecision: [],
    needsOwnConsent: false,
    missingPapers: [],
    given,
    now: MONDAY.toISOString(),
  });
  let snapshot: Snapshot = { state: begun.state, context: begun.context, suspended: false };
  const passed = begun.milestones.map(({ name }) => name);
  for (const step of steps) {
    const result = attempt(snapshot, step);
    if (!result.ok) throw new Error(`${step.send} in ${snapshot.state}: ${JSON.stringify(result)}`);
    passed.push(...result.milestones.map(({ name }) => name));
    snapshot = { ...snapshot, state: result.state, context: result.context };
  }
  return { snapshot, passed };
}
function attempt(snapshot: Snapshot, { send: type, as, with: set, facts }: Step) {
  const def = journey.events[type]!;
  const payload = payloadFor(payloadSchema(def.schema, 'zh'), { now: MONDAY, set: { ...SET[type], ...set } });
  return advance(journey, snapshot, { type, payload, facts: { ...FACTS, ...facts } }, as ?? (def.by[0] as CaseRole));
}
const problemsOf = (result: ReturnType<typeof attempt>) =>
  !result.ok && result.code === 'invalid'
    ? result.problems.map(({ pointer }) => pointer)
    : result.ok
      ? 'taken'
      : result.code;

const ACCEPTED = [
  send('verifyFacts', { facts: { decision: { id: 'd', outcome: 'granted' as const, rules: [] } } }),
  send('acceptRequest'),
];
const OFFERED = [...ACCEPTED, send('tellComplete'), send('handToProvider'), send('offerSlot')];
const BOOKED = [...OFFERED, send('acceptOffer')];
const LATER = { facts: { now: AFTER_VISIT } };
const WRITING = [...BOOKED, send('checkIn', LATER)];

describe('the records', () => {
  test('[2.5.2.3] papers with the request are a hand-in of their own; without any there is none', () => {
    expect(story([], { records: true }).passed).toEqual(['requested', 'papers-handed-in']);
    expect(story([]).passed).toEqual(['requested']);
  });

  test('[2.5.2.3] accepted with the list told, the case waits for her; with a hand-in unanswered, for the case manager', () => {
    const listed = [send('tellMissing', { with: { kinds: ['pathology'] } })];
    expect(story([...listed, ...ACCEPTED]).snapshot.state).toBe('awaiting-records');
    expect(story([...listed, send('handInPaper'), ...ACCEPTED]).snapshot.state).toBe('gathering');
    expect(story([send('tellComplete'), ...ACCEPTED]).snapshot.state).toBe('planning');
  });

  test('[2.5.2.3] every hand-in is one, in whatever state before the records are complete', () => {
    const { passed } = story([send('handInPaper'), ...ACCEPTED, send('handInPaper'), send('handInPaper')]);
    expect(passed.filter((name) => name === 'papers-handed-in')).toHaveLength(3);
  });

  test('what was on the one list may be named again; more than that is the supervisor’s to allow', () => {
    const both = { refs: { ...FACTS.refs, 'kinds/1': { kind: 'diagnosis' } } };
    const told = [
      ...ACCEPTED,
      send('tellMissing', { with: { kinds: ['pathology', 'diagnosis'] }, facts: both }),
      send('handInPaper'),
    ];
    expect(story([...told, send('tellMissing', { with: { kinds: ['diagnosis'] } })]).snapshot.state).toBe(
      'awaiting-records',
    );
    const beyond = send('tellMissing', { with: { kinds: ['examination'] } });
    expect(story([...told, beyond]).snapshot.state).toBe('records-second-list');
    const early = story([send('tellMissing', { with: { kinds: ['pathology'] } })]).snapshot;
    expect(problemsOf(attempt(early, beyond))).toEqual(['/kinds']);
  });

  test('[2.5.2.2] gathered on her behalf only under an authorisation that was accepted', () => {
    const { snapshot } = story(ACCEPTED);
    const without = { facts: { acceptedPapers: [] } };
    expect(problemsOf(attempt(snapshot, send('gatherRecord', without)))).toEqual(['/kind']);
    expect(
      problemsOf(attempt(snapshot, send('gatherRecord', { ...without, with: { kind: 'records-authorisation' } }))),
    ).toBe('taken');
    expect(problemsOf(attempt(snapshot, send('gatherRecord')))).toBe('taken');
  });
});

describe('the appointment', () => {
  test('[2.5.2.3] hospital and time are told with the offer', () => {
    expect(story(OFFERED).passed).toContain('appointment-told');
  });

  test('[2.5.2.1] the expert is of the department the plan names', () => {
    const { snapshot } = story([...ACCEPTED, send('tellComplete'), send('handToProvider')]);
    const expert = { ...FACTS.refs.expert, department: '心内科' };
    expect(problemsOf(attempt(snapshot, send('offerSlot', { facts: { refs: { ...FACTS.refs, expert } } })))).toEqual([
      '/expert',
    ]);
  });

  test('the expert has the case from the acceptance on, and loses it with the booking', () => {
    expect(story(OFFERED).snapshot.context.expert).toBeNull();
    expect(story(BOOKED).snapshot.context.expert).toBe('expert-a');
    for (const gone of ['providerCancels', 'providerChanges', 'changeBooking', 'cancelBooking', 'personDied'])
      expect(story([...BOOKED, send(gone)]).snapshot.context.expert, gone).toBeNull();
    expect(story(WRITING).snapshot.context.expert).toBe('expert-a');
  });

  test('[2.5.9] an absence counts after the grace and the calls; a cause given goes to a person before either', () => {
    const absent = [...BOOKED, send('reportAbsence', LATER)];
    const calls = [
      send('logCall', { with: { outcome: 'no-answer' } }),
      send('logCall', { with: { outcome: 'no-answer' } }),
    ];
    expect(problemsOf(attempt(story(absent).snapshot, send('countAbsence', LATER)))).toEqual(['']);
    expect(problemsOf(attempt(story([...absent, ...calls]).snapshot, send('countAbsence')))).toEqual(['']);
    expect(problemsOf(attempt(story([...absent, ...calls]).snapshot, send('countAbsence', LATER)))).toBe('taken');
    for (const cause of ['hospitalised', 'deceased', 'force-majeure'])
      expect(story([...absent, send('giveCause', { with: { cause } })]).snapshot.state).toBe('absence-deciding');
    expect(story([...absent, send('checkIn', LATER)]).passed.at(-1)).toBe('attended');
  });
});

describe('the opinion', () => {
  test('[2.5.1.3] one question after it was explained, and none after the answer', () => {
    const explained = story([...WRITING, send('issueOpinion'), send('openOpinion'), send('explainOpinion')]).snapshot;
    expect(allowedEvents(journey, explained, 'member', FACTS)).toContain('askFollowUp');
    const answered = story([
      ...WRITING,
      send('issueOpinion'),
      send('explainOpinion'),
      send('askFollowUp'),
      send('answerFollowUp'),
    ]).snapshot;
    expect(allowedEvents(journey, answered, 'member', FACTS)).not.toContain('askFollowUp');
    expect(answered.context.opinion).toMatchObject({ asked: '示例', answered: '示例' });
  });

  test('[2.6.5.2.3] consent taken back while it is written: to the expert it ends the case, to another it does not', () => {
    const { snapshot } = story(WRITING);
    expect(attempt(snapshot, send('consentWithdrawn'))).toMatchObject({ ok: true, state: 'writing' });
    expect(attempt(snapshot, send('consentWithdrawn', { facts: { consented: ['provider-a'] } }))).toMatchObject({
      ok: true,
      state: 'closed-consent-withdrawn',
    });
  });
});

test('a plan that switches on a step this journey has not is told so', () => {
  const { switches } = service;
  const wrong = { ...service, switches: { ...switches!, escort: { is: true, clause: '2.5.1.2' } } };
  expect(checkJourney(service, [])).toEqual([]);
  expect(checkJourney(wrong, ['services', 'second-opinion']).map(({ path }) => path)).toEqual([
    ['services', 'second-opinion', 'switches', 'escort', 'is'],
  ]);
});
