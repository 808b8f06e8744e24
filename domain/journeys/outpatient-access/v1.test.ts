import { describe, expect, test } from 'vitest';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { loadPlans } from '#plans/load.ts';
import { AFTER_VISIT, FACTS, MONDAY, SET } from '#tests/support/journey-walk.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { advance, allowedEvents, begin, type Snapshot } from '../advance.ts';
import { payloadSchema } from '../fields.ts';
import type { CaseRole, Facts, Rules } from '../journey.ts';
import { outpatientAccessV1 as journey } from './v1.ts';

const serviceOf = (code: string) => {
  const service = loadPlans().plans.find(({ plan }) => plan === code)?.services['outpatient-access'];
  if (!service) throw new Error(`There is no plan ${code}`);
  return service;
};
const REVIEWED = rulesOf(serviceOf('zhenai21'));
const SIMPLE = rulesOf(serviceOf('qinghe-care'));

type Step = { send: string; as?: CaseRole; with?: Record<string, unknown>; facts?: Partial<Facts> };
const send = (send: string, more: Omit<Step, 'send'> = {}): Step => ({ send, ...more });

/** The case after the steps; a step that is refused says so. */
function story(steps: readonly Step[], rules: Rules = REVIEWED, missingPapers: string[] = []) {
  const begun = begin(journey, {
    rules,
    outcome: 'granted',
    rulesOfDecision: [],
    needsOwnConsent: false,
    missingPapers,
    given: {},
    now: MONDAY.toISOString(),
  });
  let snapshot: Snapshot = { state: begun.state, context: begun.context, suspended: false };
  const passed = begun.milestones.map(({ name }) => name);
  for (const step of steps) {
    const result = attempt(snapshot, step);
    if (!result.ok)
      throw new Error(
        `${step.send} in ${snapshot.state}: ${result.code} ${JSON.stringify('problems' in result ? result.problems : '')}`,
      );
    passed.push(...result.milestones.map(({ name }) => name));
    snapshot = { ...snapshot, state: result.state, context: result.context };
  }
  return { snapshot, passed };
}

function attempt(snapshot: Snapshot, { send: type, as, with: set, facts }: Step) {
  const def = journey.events[type];
  if (!def) throw new Error(`There is no event ${type}`);
  const payload = payloadFor(payloadSchema(def.schema, 'zh'), { now: MONDAY, set: { ...SET[type], ...set } });
  return advance(journey, snapshot, { type, payload, facts: { ...FACTS, ...facts } }, as ?? (def.by[0] as CaseRole));
}
const problemsOf = (result: ReturnType<typeof attempt>) =>
  !result.ok && result.code === 'invalid'
    ? result.problems.map(({ pointer }) => pointer)
    : result.ok
      ? 'taken'
      : result.code;

const GRANTED = { facts: { decision: { id: 'd', outcome: 'granted' as const, rules: [] } } };
const VERIFIED = [send('verifyFacts', GRANTED)];
const PLANNED = [...VERIFIED, send('acceptRequest'), send('writeCarePath')];
const OFFERED = [...PLANNED, send('handToProvider'), send('offerSlot')];
const BOOKED = [...OFFERED, send('acceptOffer')];
const SIMPLE_BOOKED = [send('handToProvider'), send('offerSlot'), send('acceptOffer')];
const LATER = { facts: { now: AFTER_VISIT } };

describe('the reviewer', () => {
  test('accepts only on facts that were verified and that the decision stands on', () => {
    expect(problemsOf(attempt(story([]).snapshot, send('acceptRequest')))).toBe('not-allowed');
    const refused = story([
      send('verifyFacts', { facts: { decision: { id: 'd', outcome: 'refused', rules: ['pre-existing'] } } }),
    ]);
    expect(problemsOf(attempt(refused.snapshot, send('acceptRequest')))).toBe('not-allowed');
  });

  test('does not accept while a required paper is missing or rejected', () => {
    expect(
      problemsOf(attempt(story(VERIFIED).snapshot, send('acceptRequest', { facts: { missingPapers: ['pathology'] } }))),
    ).toEqual(['']);
  });

  test('asks once; a second list waits for the supervisor, and the automatic list of the request does not count', () => {
    const handed = send('handInPaper');
    const first = story([handed, send('askPapers')], REVIEWED, ['diagnosis']);
    expect(first.snapshot.state).toBe('awaiting-papers');
    const second = story([handed, send('askPapers'), handed, send('askPapers')], REVIEWED, ['diagnosis']);
    expect(second.snapshot.state).toBe('second-list');
    expect(allowedEvents(journey, second.snapshot, 'reviewer', FACTS)).not.toContain('askPapers');
  });

  test('refuses only with a rule of the decision or one that a person can find on the papers', () => {
    expect(problemsOf(attempt(story([]).snapshot, send('refuseRequest', { with: { rule: 'used-up' } })))).toEqual([
      '/rule',
    ]);
    const { snapshot } = story([
      send('verifyFacts', { facts: { decision: { id: 'd', outcome: 'refused', rules: ['pre-existing'] } } }),
    ]);
    expect(problemsOf(attempt(snapshot, send('refuseRequest', { with: { rule: 'pre-existing' } })))).toBe('taken');
  });
});

describe('the provider', () => {
  const { snapshot } = story([...PLANNED, send('handToProvider')]);
  const offer = (refs: Record<string, Record<string, unknown> | null>, set: Record<string, unknown> = {}) =>
    problemsOf(attempt(snapshot, send('offerSlot', { with: set, facts: { refs: { ...FACTS.refs, ...refs } } })));

  test('[2.2.1.3] offers an expert of associate chief rank or above', () => {
    expect(offer({ expert: { hospital: '示例医院', rank: 'attending' } })).toEqual(['/expert']);
    expect(offer({ expert: { hospital: '示例医院', rank: 'associate-chief' } })).toBe('taken');
  });

  test('[2.2.3] offers a hospital that is on the list today, and an expert who works there', () => {
    expect(offer({ hospital: null })).toEqual(['/hospital']);
    expect(offer({ expert: { hospital: '另一家', rank: 'chief' } })).toEqual(['/expert']);
  });

  test('offers a time to come, and asks for the answer before it', () => {
    expect(offer({}, { visitAt: '2026-03-01T09:00:00+08:00' })).toContain('/visitAt');
    expect(offer({}, { answerBy: '2026-03-20T09:00:00+08:00' })).toEqual(['/answerBy']);
  });

  test('[2.2.0] names the escort where the service includes one, and need not where it does not', () => {
    expect(offer({}, { escortPhone: undefined })).toEqual(['/escortPhone']);
    expect(offer({}, { escortPhone: 'ask at the desk' })).toEqual(['/escortPhone']);
    const simple = story([send('handToProvider')], SIMPLE);
    expect(
      problemsOf(
        attempt(
          simple.snapshot,
          send('offerSlot', {
            with: { escortName: undefined, escortPhone: undefined, meetingPlace: undefined, escortHours: undefined },
          }),
        ),
      ),
    ).toBe('taken');
  });

  test('checks in from the day of the visit and reports an absence after its time only', () => {
    const booked = story(BOOKED).snapshot;
    expect(problemsOf(attempt(booked, send('checkIn')))).toEqual(['']);
    expect(problemsOf(attempt(booked, send('reportAbsence')))).toEqual(['/attempts']);
    expect(problemsOf(attempt(booked, send('checkIn', LATER)))).toBe('taken');
  });

  test('another provider later needs a new consent; the case waits for it', () => {
    const { snapshot: waiting, passed } = story([...PLANNED, send('handToProvider', { facts: { consented: [] } })]);
    expect([waiting.state, passed.at(-1)]).toEqual(['awaiting-provider-consent', 'provider-consent-asked']);
    expect(problemsOf(attempt(waiting, send('providerConsentGiven', { facts: { consented: [] } })))).toBe(
      'not-allowed',
    );
    expect(problemsOf(attempt(waiting, send('providerConsentGiven')))).toBe('taken');
  });
});

describe('the member', () => {
  test('cannot accept a slot that is no longer held', () => {
    const { snapshot } = story(OFFERED);
    expect(
      problemsOf(attempt(snapshot, send('acceptOffer', { facts: { now: new Date('2026-03-03T10:00:01+08:00') } }))),
    ).toEqual(['']);
  });

  test('[2.2.3] a hospital that left the list before she accepts: another slot, nothing booked', () => {
    const { snapshot, passed } = story([...OFFERED, send('acceptOffer', { facts: { offerListed: false } })]);
    expect(snapshot.state).toBe('with-provider');
    expect(passed).toContain('hospital-left-list');
    expect(passed).not.toContain('booking-confirmed');
  });

  test('[2.2.9] changes once where a change counts as used, as often as she likes where it is free', () => {
    const again = [send('offerSlot'), send('acceptOffer')];
    const counted = story([...BOOKED, send('changeBooking'), ...again]).snapshot;
    expect(problemsOf(attempt(counted, send('changeBooking')))).toBe('not-allowed');
    const free = story([...SIMPLE_BOOKED, send('changeBooking'), ...again], SIMPLE).snapshot;
    expect(problemsOf(attempt(free, send('changeBooking')))).toBe('taken');
  });

  test('[2.2.9] is told what cancelling costs: a use, none further after a change that counted', () => {
    const warn = (snapshot: Snapshot) =>
      journey.events.cancelBooking?.warning?.(snapshot.context, { cancelling: { zh: '计一次', en: 'counts' } });
    expect(warn(story(BOOKED).snapshot)?.en).toBe('counts');
    expect(
      warn(story([...BOOKED, send('changeBooking'), send('offerSlot'), send('acceptOffer')]).snapshot)?.en,
    ).toContain('no further');
    expect(
      warn(story([...SIMPLE_BOOKED, send('changeBooking'), send('offerSlot'), send('acceptOffer')], SIMPLE).snapshot)
        ?.en,
    ).toBe('counts');
  });

  test('[2.2.0] the escort who did not come is a matter of that visit only, not of the next slot', () => {
    const { passed } = story([
      ...BOOKED,
      send('reportEscortAbsent', { with: { visit: 'went-alone' }, ...LATER }),
      send('checkIn', LATER),
    ]);
    expect(passed.at(-1)).toBe('attended-without-escort');
    const moved = story([
      ...BOOKED,
      send('reportEscortAbsent', { with: { visit: 'went-alone' }, ...LATER }),
      send('providerChanges'),
      send('acceptOffer'),
      send('checkIn', LATER),
    ]);
    expect(moved.passed.at(-1)).toBe('attended');
  });

  test('a service without an escort knows no escort who did not come', () => {
    const { snapshot } = story(SIMPLE_BOOKED, SIMPLE);
    expect(allowedEvents(journey, snapshot, 'member', FACTS)).not.toContain('reportEscortAbsent');
  });
});

describe('when she does not come, or does not answer', () => {
  test('[2.2.9] an absence is counted by a person, and only with a contact attempt made since', () => {
    const calledBefore = [...BOOKED, send('logCall'), send('reportAbsence', LATER)];
    expect(problemsOf(attempt(story(calledBefore).snapshot, send('countAbsence')))).toBe('not-allowed');
    expect(
      story([...calledBefore, send('logCall', { with: { outcome: 'no-answer' } }), send('countAbsence')]).snapshot
        .state,
    ).toBe('closed-absent');
  });

  test('papers never handed in: closed after the time and two calls on two days, not before', () => {
    const nextDay = { facts: { now: new Date('2026-03-03T10:00:00+08:00') } };
    const waited = (calls: Step[]) => story([...calls, send('pursuitEnded')], REVIEWED, ['diagnosis']).snapshot;
    const sameDay = waited([send('logCall'), send('logCall')]);
    expect(sameDay.state).toBe('awaiting-papers');
    expect(problemsOf(attempt(sameDay, send('closeNotPursued')))).toBe('not-allowed');
    expect(waited([send('logCall'), send('logCall', nextDay)]).state).toBe('closed-not-pursued');
  });
});

describe('when the world changes', () => {
  test('[N.7] the end of the policy closes a case without booking; with one operations decides', () => {
    expect(story([...OFFERED, send('policyEnded')]).snapshot.state).toBe('closed-policy-ended');
    const { snapshot } = story([...BOOKED, send('policyEnded')]);
    expect(snapshot.state).toBe('policy-deciding');
    expect(problemsOf(attempt(snapshot, send('honour')))).toBe('taken');
  });

  test('[2.6.5.2.3] consent withdrawn after the booking: a person decides, or the use comes back, as the plan says', () => {
    expect(story([...BOOKED, send('consentWithdrawn')]).snapshot.state).toBe('consent-deciding');
    expect(story([...SIMPLE_BOOKED, send('consentWithdrawn')], SIMPLE).snapshot.state).toBe('closed-consent-withdrawn');
  });

  test('[S.2] used by anybody but the person entitled: the supervisor stops it at once, wherever it is', () => {
    for (const steps of [[], PLANNED, OFFERED, BOOKED])
      expect(story([...steps, send('stopImpostor')]).snapshot.state).toBe('closed-impostor');
  });

  test('a death closes the case wherever it is', () => {
    for (const steps of [[], PLANNED, OFFERED, BOOKED])
      expect(story([...steps, send('personDied')]).snapshot.state).toBe('closed-died');
  });
});
