import { describe, expect, test } from 'vitest';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { loadPlans } from '#plans/load.ts';
import { AFTER_VISIT, FACTS, MONDAY, SET } from '#tests/support/journey-walk.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { advance, allowedEvents, begin, type Snapshot } from '../advance.ts';
import { payloadSchema } from '../fields.ts';
import type { CaseRole, Facts } from '../journey.ts';
import { geneTestV1 as journey } from './v1.ts';

const RULES = rulesOf(loadPlans().plans.find(({ plan }) => plan === 'zhenai21')!.services['gene-test']!);
type Step = { send: string; as?: CaseRole; with?: Record<string, unknown>; facts?: Partial<Facts> };
const send = (send: string, more: Omit<Step, 'send'> = {}): Step => ({ send, ...more });

function attempt(snapshot: Snapshot, { send: type, as, with: set, facts }: Step) {
  const def = journey.events[type];
  if (!def) throw new Error(`There is no event ${type}`);
  const payload = payloadFor(payloadSchema(def.schema, 'zh'), { now: MONDAY, set: { ...SET[type], ...set } });
  return advance(journey, snapshot, { type, payload, facts: { ...FACTS, ...facts } }, as ?? (def.by[0] as CaseRole));
}
/** The case after the steps; a step that is refused says so. */
function story(steps: readonly Step[]) {
  const begun = begin(journey, {
    rules: RULES,
    outcome: 'granted',
    rulesOfDecision: [],
    needsOwnConsent: false,
    missingPapers: [],
    given: {},
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
const answer = (snapshot: Snapshot, step: Step) => {
  const result = attempt(snapshot, step);
  return result.ok ? 'taken' : result.code === 'invalid' ? result.problems.map(({ pointer }) => pointer) : result.code;
};

const VERIFIED = [
  send('verifyFacts', { facts: { decision: { id: 'd', outcome: 'granted', rules: [] } } }),
  send('acceptRequest'),
];
const EXPLAINED = [...VERIFIED, send('assess'), send('explain')];
const SIGNED = [...EXPLAINED, send('consentSigned')];
const BOOKED = [...SIGNED, send('proposePickUp'), send('confirmPickUp')];
const LATER = { facts: { now: AFTER_VISIT } };
const COLLECTED = [...BOOKED, send('collectSample', LATER)];
const TESTED = [...COLLECTED, send('receiveSample')];
const RELEASED = [...TESTED, send('attachReport'), send('report'), send('releaseReport')];

describe('the case manager', () => {
  test('[2.4.1.5] names a laboratory on the list whose licence is in date, through its last day', () => {
    const { snapshot } = story(VERIFIED);
    const named = (laboratory: Record<string, unknown>) =>
      answer(snapshot, send('assess', { facts: { refs: { ...FACTS.refs, laboratory } } }));
    expect(named({ code: 'a', kind: 'hospital' })).toEqual(['/laboratory']);
    expect(named({ code: 'a', kind: 'laboratory', licenceUntil: '2026-03-01' })).toEqual(['/laboratory']);
    expect(named({ code: 'a', kind: 'laboratory', licenceUntil: '2026-03-02' })).toBe('taken');
  });

  test('[2.4.1.3] proposes no pick-up before the consent is signed, and only through a provider she consented to', () => {
    expect(answer(story(EXPLAINED).snapshot, send('proposePickUp'))).toBe('not-allowed');
    const { snapshot } = story(SIGNED);
    expect(answer(snapshot, send('proposePickUp', { facts: { consented: ['laboratory-a'] } }))).toEqual(['/provider']);
    expect(answer(snapshot, send('proposePickUp', { with: { at: '2026-03-02T09:00:00+08:00' } }))).toEqual(['/at']);
    expect(answer(snapshot, send('proposePickUp', { with: { phone: 'ask' } }))).toEqual(['/phone']);
  });

  test('[2.4.1.6] explains to whom the patient allows: an applicant without her delegation not, the doctor only with her consent', () => {
    const { snapshot } = story(RELEASED);
    const to = { with: { to: 'applicant' } };
    expect(answer(snapshot, send('explainToApplicant', { ...to, facts: { applicantAllowed: false } }))).toEqual([
      '/to',
    ]);
    expect(answer(snapshot, send('explainToApplicant', to))).toBe('taken');
    for (const type of ['explainToDoctor', 'sendReportToDoctor'])
      expect(answer(snapshot, send(type, { facts: { consented: ['laboratory-a'] } })), type).toEqual(['']);
  });

  test('[2.4.1.6] closes when both were told, in either order, or the doctor was left out as she wished', () => {
    const ends = (...types: string[]) => story([...RELEASED, ...types.map((type) => send(type))]);
    expect(ends('explainToApplicant').snapshot.state).toBe('explaining-report');
    for (const types of [
      ['explainToApplicant', 'explainToDoctor'],
      ['explainToDoctor', 'explainToApplicant'],
      ['leaveOutDoctor', 'explainToApplicant'],
    ]) {
      const { snapshot, passed } = ends(...types);
      expect([snapshot.state, passed.at(-1)]).toEqual(['completed', 'closed']);
    }
  });
});

describe('the informed consent', () => {
  test('[2.4.1.3] on paper is recorded by one and confirmed by another', () => {
    const paper = { facts: { refs: { paper: { id: 'p-1', kind: 'informed-consent' } } } };
    const { snapshot } = story([...EXPLAINED, send('recordPaperConsent', paper)]);
    expect(snapshot.state).toBe('confirming-consent');
    expect(answer(snapshot, send('confirmPaperConsent'))).toBe('not-allowed');
    expect(answer(snapshot, send('confirmPaperConsent', { facts: { actor: 's-2' } }))).toBe('taken');
    const wrong = { facts: { refs: { paper: { id: 'p-1', kind: 'diagnosis' } } } };
    expect(answer(story(EXPLAINED).snapshot, send('recordPaperConsent', wrong))).toEqual(['/paper']);
  });

  test('[2.4.1.3] nobody but the system says that it was signed on screen', () => {
    const { snapshot } = story(EXPLAINED);
    for (const role of ['member', 'applicant', 'case-manager', 'supervisor', 'laboratory'] as const)
      expect(allowedEvents(journey, snapshot, role, FACTS), role).not.toContain('consentSigned');
  });
});

describe('the sample', () => {
  test('[2.4.7] one lost or unfit disarms: whoever stops then pays nothing', () => {
    for (const event of [send('reportSampleLost'), send('receiveSample', { with: { fit: 'no', why: '温度' } })]) {
      const { snapshot, passed } = story([...COLLECTED, event, send('withdraw')]);
      expect([snapshot.state, passed.at(-1)]).toEqual(['closed-not-sampled', 'not-sampled-again']);
    }
  });

  test('[2.4.1.5] the report names the barcode of this sample, under a licence in date, and needs its file', () => {
    const { snapshot } = story([...TESTED, send('attachReport')]);
    expect(answer(story(TESTED).snapshot, send('report'))).toBe('not-allowed');
    expect(answer(snapshot, send('report', { with: { barcode: 'ANOTHER-1' } }))).toEqual(['/barcode']);
    expect(answer(snapshot, send('report', { facts: { laboratoryLicensed: false } }))).toEqual(['']);
    expect(answer(snapshot, send('report', { with: { issuedOn: '2026-03-03' } }))).toEqual(['/issuedOn']);
  });

  test('[2.4.7] cancelling tells its cost, and that none is added once one is counted', () => {
    const warn = (steps: readonly Step[]) =>
      journey.events.cancelBooking?.warning?.(story(steps).snapshot.context, { cancelling: { zh: '计', en: 'counts' } })
        ?.en;
    expect(warn(BOOKED)).toBe('counts');
    const again = [send('changeBooking'), send('proposePickUp'), send('confirmPickUp')];
    expect(warn([...BOOKED, ...again])).toContain('no further');
    expect(answer(story([...BOOKED, ...again]).snapshot, send('changeBooking'))).toBe('not-allowed');
  });
});
