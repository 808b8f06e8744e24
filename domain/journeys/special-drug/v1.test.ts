/**
 * Special drugs, sentence by sentence: what a prescription is judged by, and what each desk may do when.
 * Over 300 lines: one journey, its sentences in the order of a case.
 */
import { describe, expect, test } from 'vitest';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { loadPlans } from '#plans/load.ts';
import { FACTS, MONDAY, SET } from '#tests/support/journey-walk.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { advance, allowedEvents, begin, type Snapshot } from '../advance.ts';
import { payloadSchema } from '../fields.ts';
import type { CaseRole, Facts, Rules } from '../journey.ts';
import type { Context, Review } from './context-v1.ts';
import { judge } from './review-events-v1.ts';
import { specialDrugV1 as journey } from './v1.ts';

const RULES = rulesOf(loadPlans().plans.find(({ plan }) => plan === 'zhenai21')!.services['special-drug']!);
const TODAY = '2026-03-02';

type Step = { send: string; as?: CaseRole; with?: Record<string, unknown>; facts?: Partial<Facts> };
const send = (send: string, more: Omit<Step, 'send'> = {}): Step => ({ send, ...more });
const drugIs = (change: Record<string, unknown>) => ({ ...(FACTS.refs.drug as object), ...change });
const pharmacyIs = (change: Record<string, unknown>) => ({
  facts: { refs: { ...FACTS.refs, pharmacy: { ...(FACTS.refs.pharmacy as object), ...change } } },
});

/** The case after the steps; a step that is refused says so. `drug`: as the request names it. */
function story(steps: readonly Step[], drug: Record<string, unknown> = {}) {
  const begun = begin(journey, {
    rules: RULES,
    outcome: 'granted',
    rulesOfDecision: [],
    needsOwnConsent: false,
    missingPapers: [],
    given: {},
    refs: { drug: drugIs(drug) },
    provider: 'provider-a',
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
  return { snapshot, passed, context: snapshot.context as unknown as Context };
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
const allowed = (snapshot: Snapshot, role: CaseRole) => allowedEvents(journey, snapshot, role, FACTS);

const ANOTHER = { facts: { actor: 's-2' } };
const ACCEPTED = [
  send('verifyFacts', { facts: { decision: { id: 'd', outcome: 'granted' as const, rules: [] } } }),
  send('acceptRequest'),
];
const CALL = send('logCall', { with: { outcome: 'reached' } });
const AS_REVIEWED = { verdict: 'as-reviewed', failed: undefined };
const VERDICT = send('giveVerdict', { with: AS_REVIEWED, ...ANOTHER });
const reviewed = (packs = 1, days = 30) => [send('finishFirstReview', { with: { packs, days } }), CALL];
const APPROVED = [...ACCEPTED, ...reviewed(), VERDICT];
const PICK_UP = send('proposeArrangement', { with: { way: 'pick-up' } });
const ORDERED = [...APPROVED, PICK_UP, send('acceptArrangement')];
const READY = [...ORDERED, send('drugArrived')];
const BOUGHT = [...READY, send('handOverDrug')];

describe('what a prescription is judged by', () => {
  const FOUND = {
    ...{ indication: 'met', dosage: 'met', notPreExisting: 'met', firstDiagnosis: 'met' },
    ...{ prescriber: 'met', biomarker: 'met', pharmacyAgreed: 'met' },
  };
  const PRESCRIBED = { ...FOUND, packs: 1, days: 30, issuedOn: '2026-03-01', validUntil: '2026-12-31' } as const;
  const { context } = story(ACCEPTED);
  const found = (change: Record<string, unknown>, facts: Partial<Facts> = {}, rules: Rules = RULES): Review =>
    judge({ ...PRESCRIBED, ...change }, { ...context, rules }, { ...FACTS, ...facts });
  const house = (change: Partial<NonNullable<Facts['drug']>>) => ({ drug: { ...FACTS.drug!, ...change } });

  test('a prescription that meets everything is approved with all its packs', () => {
    expect(found({})).toEqual({ by: 's-1', outcome: 'approved', packs: 1, failed: [] });
  });

  test.for([
    ['2.6.5.1.1', 'indication', 'indication'],
    ['2.6.faq.1', 'dosage', 'dosage'],
    ['2.6.5.1.1', 'biomarker', 'biomarker'],
    ['2.6.faq.1', 'notPreExisting', 'not-pre-existing'],
    ['2.6.2.2', 'firstDiagnosis', 'first-diagnosis'],
    ['2.6.2.2', 'prescriber', 'prescriber'],
    ['2.6.faq.2', 'pharmacyAgreed', 'pharmacy-agreed'],
  ] as const)('[%s] what a person finds wrong with %s refuses it alone', ([, field, criterion]) => {
    expect(found({ [field]: 'not-met' })).toMatchObject({ outcome: 'refused', packs: 0, failed: [criterion] });
    expect(found({ [field]: 'not-asked' })).toMatchObject({ outcome: 'approved' });
  });

  test('[2.6.1.1] what is not on the list of the day is refused, though the request named it', () => {
    expect(found({}, { refs: { ...FACTS.refs, drug: null } })).toMatchObject({
      outcome: 'refused',
      failed: ['on-list'],
    });
  });

  test('[2.6.2.8.2] its last day counts, the day after does not', () => {
    expect(found({ validUntil: TODAY })).toMatchObject({ outcome: 'approved' });
    expect(found({ validUntil: '2026-03-01' })).toMatchObject({ outcome: 'refused', failed: ['in-date'] });
  });

  test('[2.6.5.1.3] a pack that the aid programme gives free is not settled', () => {
    expect(found({}, house({ aidGivesIt: true }))).toMatchObject({ outcome: 'refused', failed: ['aid'] });
  });

  test('[2.6.2.4] too many packs are approved in part: at most a month, at most what the list allows', () => {
    expect(found({ packs: 2, days: 60 })).toMatchObject({ outcome: 'partly', packs: 1, failed: ['quantity'] });
    expect(found({ packs: 4, days: 28 })).toMatchObject({ outcome: 'partly', packs: 2, failed: ['quantity'] });
    expect(found({ packs: 2, days: 31 })).toMatchObject({ outcome: 'approved', packs: 2 });
    // One pack that lasts longer than the rule is not cut to none.
    expect(found({ packs: 1, days: 90 })).toMatchObject({ outcome: 'approved', packs: 1 });
  });

  test('[2.6.2.4] with more than ten days on hand no pack is left to approve', () => {
    expect(found({}, house({ supplyUntil: '2026-03-12' }))).toMatchObject({ outcome: 'approved' });
    expect(found({}, house({ supplyUntil: '2026-03-13' }))).toEqual({
      by: 's-1',
      outcome: 'refused',
      packs: 0,
      failed: ['overlap'],
    });
  });

  test('every reason is told at once, and a plan that does not ask for a criterion is not judged by it', () => {
    const wrong = { dosage: 'not-met', validUntil: '2026-03-01', packs: 3, days: 30 };
    expect(found(wrong).failed).toEqual(['dosage', 'in-date', 'quantity']);
    const lenient = { ...RULES, prescription: { ...RULES.prescription!, criteria: ['quantity' as const] } };
    expect(found(wrong, {}, lenient)).toMatchObject({ outcome: 'partly', packs: 2, failed: ['quantity'] });
  });
});

describe('the two reviews', () => {
  test('[2.6.3.2.2] the first concludes nothing unclear, and shows a paper for what it found', () => {
    const { snapshot } = story(ACCEPTED);
    const finish = (change: Record<string, unknown>, facts: Partial<Facts> = {}) =>
      problemsOf(attempt(snapshot, send('finishFirstReview', { with: change, facts })));
    expect(finish({ dosage: 'unknown' })).toEqual(['/dosage']);
    expect(finish({ dosage: 'not-met', dosageEvidence: undefined })).toEqual(['/dosageEvidence']);
    expect(finish({ issuedOn: '2026-03-03' })).toEqual(['/issuedOn']);
    expect(finish({}, { missingPapers: ['pathology'] })).toEqual(['']);
    expect(finish({}, { refs: { ...FACTS.refs, drug: drugIs({ key: 'drug-b' }) } })).toEqual(['/drug']);
    expect(finish({})).toBe('taken');
  });

  test('[2.6.3.2.3] no verdict before the member was spoken with, and none by who reviewed first', () => {
    const first = [...ACCEPTED, send('finishFirstReview')];
    const give = (steps: readonly Step[], facts: Partial<Facts>) =>
      problemsOf(attempt(story(steps).snapshot, send('giveVerdict', { with: AS_REVIEWED, facts })));
    expect(give(first, { actor: 's-2' })).toEqual(['']);
    expect(give([...first, send('logCall', { with: { outcome: 'no-answer' } })], { actor: 's-2' })).toEqual(['']);
    expect(give([...first, CALL], { actor: 's-1' })).toEqual(['']);
    expect(give([...first, CALL], { actor: 's-2' })).toBe('taken');
  });

  test('[2.6.faq.1] what the first review refused the second does not approve; on its own it names why', () => {
    const refusedFirst = [...ACCEPTED, send('finishFirstReview', { with: { indication: 'not-met' } }), CALL, VERDICT];
    const { snapshot, passed, context } = story(refusedFirst);
    expect([snapshot.state, context.verdict?.failed, context.approvedUntil]).toEqual(['between', ['indication'], null]);
    expect(passed.slice(-2)).toEqual(['prescription-verdict-told', 'prescription-refused']);
    const before = story([...ACCEPTED, ...reviewed()]).snapshot;
    const refuse = (failed: string[] | undefined) =>
      attempt(before, send('giveVerdict', { with: { verdict: 'refused', failed }, ...ANOTHER }));
    expect(problemsOf(refuse(undefined))).toEqual(['/failed']);
    expect(refuse(['prescriber'])).toMatchObject({ ok: true, state: 'between' });
  });

  test('[2.6.2.9.1] one clock over both reviews: sent back it does not begin anew, and the call is asked for again', () => {
    const { passed, context, snapshot } = story([...ACCEPTED, ...reviewed(), send('returnReview')]);
    expect(snapshot.state).toBe('first-review');
    expect(passed.filter((name) => name === 'papers-complete')).toHaveLength(1);
    expect(passed.at(-1)).toBe('review-returned');
    expect(context.first).toBeNull();
    const again = story([...ACCEPTED, ...reviewed(), send('returnReview'), send('finishFirstReview')]);
    expect(problemsOf(attempt(again.snapshot, VERDICT))).toEqual(['']);
  });

  test('[2.6.2.9.1] papers asked for in the midst of a review leave its clock running; one list a review', () => {
    const asked = [...ACCEPTED, send('askPapers')];
    const { passed, snapshot } = story([...asked, send('handInPaper')]);
    expect(snapshot.state).toBe('first-review');
    expect(passed.filter((name) => name === 'papers-complete')).toHaveLength(1);
    expect(passed.at(-1)).toBe('prescription-papers-in');
    expect(allowed(snapshot, 'drug-reviewer')).not.toContain('askPapers');
  });
});

describe('costs, pharmacy and time', () => {
  test('[2.6.3.2.4] nothing is ordered before she has agreed, and the pharmacy only with her consent', () => {
    const { snapshot } = story([...APPROVED, PICK_UP]);
    expect(allowed(story(APPROVED).snapshot, 'pharmacist')).toEqual([]);
    const unshared = attempt(snapshot, send('acceptArrangement', { facts: { consented: ['provider-a'] } }));
    expect(unshared).toMatchObject({ ok: true, state: 'awaiting-provider-consent' });
    expect(story([...APPROVED, PICK_UP, send('acceptArrangement')]).passed.slice(-2)).toEqual([
      'payment-confirmed',
      'pharmacy-booked',
    ]);
    const late = { facts: { now: new Date('2026-12-31T10:00:00+08:00') } };
    expect(problemsOf(attempt(snapshot, send('acceptArrangement', late)))).toEqual(['']);
  });

  test('[2.6.2.8.1] the pharmacy can do what is arranged', () => {
    const { snapshot } = story(APPROVED);
    const propose = (change: Record<string, unknown>, pharmacy: Record<string, unknown> = {}) =>
      problemsOf(attempt(snapshot, { ...PICK_UP, with: { way: 'pick-up', ...change }, ...pharmacyIs(pharmacy) }));
    expect(propose({}, { pickUp: false })).toEqual(['/pharmacy']);
    expect(propose({ way: 'home' }, { homeDelivery: false })).toEqual(['/pharmacy']);
    expect(propose({ way: 'home', address: undefined })).toEqual(['/address']);
    expect(propose({}, { licenceUntil: '2026-03-01' })).toEqual(['/pharmacy']);
    expect(propose({}, { drugs: ['别的药'] })).toEqual(['/pharmacy']);
    expect(propose({ at: '2026-03-01T10:00:00+08:00' })).toEqual(['/at']);
    expect(propose({ coldChainFee: 100 })).toEqual(['/coldChainFee']);
    expect(propose({})).toBe('taken');
  });

  test('[2.6.5.2.1] a CAR-T product is never picked up', () => {
    const carT = { ...FACTS.refs, drug: drugIs({ carT: true }) };
    const first = { ...send('finishFirstReview'), facts: { refs: carT } };
    const { snapshot } = story([...ACCEPTED, first, CALL, VERDICT], { carT: true });
    expect(problemsOf(attempt(snapshot, PICK_UP))).toEqual(['/way']);
  });

  test('[2.6.5.2.3] consent taken back from the pharmacy alone finds another; from all, the case ends', () => {
    for (const steps of [ORDERED, READY]) {
      const { snapshot } = story(steps);
      const alone = attempt(snapshot, send('consentWithdrawn', { facts: { consented: ['provider-a'] } }));
      expect(alone).toMatchObject({ ok: true, state: 'arranging', context: { arrangement: null, pharmacy: null } });
      const all = attempt(snapshot, send('consentWithdrawn', { facts: { consented: [] } }));
      expect(all).toMatchObject({ ok: true, state: 'closed-consent-withdrawn' });
    }
  });

  test('a pharmacy that cannot supply gives the order back, and the approval stands', () => {
    const { snapshot, context } = story([...ORDERED, send('cannotSupply')]);
    expect([snapshot.state, context.pharmacy, context.approvedUntil]).toEqual(['arranging', null, '2026-04-01']);
  });
});

describe('the counter', () => {
  const handOver = (steps: readonly Step[], change: Record<string, unknown>, facts: Partial<Facts> = {}, drug = {}) =>
    problemsOf(attempt(story(steps, drug).snapshot, send('handOverDrug', { with: change, facts })));

  test('[2.6.2.8.2] the code of the pick-up, every original, and for somebody else the letter', () => {
    expect(handOver(READY, {}, { drug: { ...FACTS.drug!, codeFits: false } })).toEqual(['/code']);
    expect(handOver(READY, { insuredId: false, claimForm: false })).toEqual(['/claimForm', '/insuredId']);
    expect(handOver(READY, { collector: 'agent', authorisation: false })).toEqual(['/authorisation']);
    expect(handOver(READY, { collector: 'agent', authorisation: true })).toBe('taken');
  });

  test('[2.6.2.8.2] a prescription that ran out is re-issued, the same, and the approval stands', () => {
    const later = { now: new Date('2027-01-05T10:00:00+08:00') };
    const boxes = { expiries: ['2028-12-31'] };
    expect(handOver(READY, boxes, later)).toEqual(['/prescription']);
    const check = (same: boolean) => {
      const dates = { same, issuedOn: '2027-01-04', validUntil: '2027-01-31' };
      return send('checkReissued', { with: dates, facts: later });
    };
    expect(problemsOf(attempt(story(READY).snapshot, check(false)))).toEqual(['/same']);
    expect(handOver([...READY, check(true)], boxes, later)).toBe('taken');
    expect(story([...READY, check(true)]).context.approvedUntil).toBe('2026-04-01');
  });

  test('a code, a batch and an expiry for each pack, and no more packs than were approved', () => {
    expect(handOver(READY, { batches: [] as string[] })).not.toBe('taken');
    expect(handOver(READY, { expiries: ['2026-03-01'] })).toEqual(['/expiries/0']);
    const two = { traceCodes: ['8100001', '8100002'], batches: ['B1', 'B1'], expiries: ['2027-12-31', '2027-12-31'] };
    expect(handOver(READY, two)).toEqual(['/traceCodes']);
    const ready = [...ACCEPTED, ...reviewed(2), VERDICT, PICK_UP, send('acceptArrangement'), send('drugArrived')];
    expect(handOver(ready, { ...two, traceCodes: ['8100001', '8100001'] })).toEqual(['/traceCodes']);
    expect(handOver(ready, two)).toBe('taken');
  });

  test('[2.6.2.9.2] part of it now leaves the rest to be collected; the round can end without it', () => {
    const ready = [...ACCEPTED, ...reviewed(2), VERDICT, PICK_UP, send('acceptArrangement'), send('drugArrived')];
    expect(allowed(story(ready).snapshot, 'pharmacist')).not.toContain('finishRound');
    const { snapshot, passed, context } = story([...ready, send('handOverDrug')]);
    expect([snapshot.state, passed.at(-1), context.taken]).toEqual(['at-pharmacy', 'partly-handed-over', 1]);
    // One of two packs for thirty days lasts half of them.
    expect(context.supplyUntil).toBe('2026-03-17');
    expect(story([...ready, send('handOverDrug'), send('finishRound')]).snapshot.state).toBe('between');
  });

  test('a cold-chain drug is taken in with its log; what left 2 to 8 °C is quarantined, never handed on', () => {
    const cold = { ...FACTS.refs, drug: drugIs({ coldChain: true }) };
    const first = { ...send('finishFirstReview'), facts: { refs: cold } };
    const home = send('proposeArrangement', { with: { way: 'home', coldChainFee: 12_000 } });
    const ordered = [...ACCEPTED, first, CALL, VERDICT, home, send('acceptArrangement')];
    const { snapshot } = story(ordered, { coldChain: true });
    const arrive = (log: object) => problemsOf(attempt(snapshot, send('drugArrived', { with: { ...log } })));
    expect(arrive({ lowest: undefined, highest: undefined })).not.toBe('taken');
    expect(arrive({ lowest: 3, highest: 9 })).toEqual(['/highest']);
    expect(arrive({ lowest: 2, highest: 8 })).toBe('taken');
    expect(problemsOf(attempt(snapshot, send('quarantineDrug', { with: { lowest: 3, highest: 7 } })))).toEqual([
      '/highest',
    ]);
    expect(attempt(snapshot, send('quarantineDrug'))).toMatchObject({ ok: true, state: 'ordered' });
    // Delivered home it is measured at the door too.
    const packed = [...ordered, send('drugArrived', { with: { lowest: 3, highest: 6 } })];
    expect(handOver(packed, { lowest: 3, highest: 12 }, {}, { coldChain: true })).toEqual(['/highest']);
    expect(handOver(packed, { lowest: 3, highest: 6 }, {}, { coldChain: true })).toBe('taken');
  });

  test('[2.6.2.9.2] delivered home the promise is kept at her door, collected it is kept when it is ready', () => {
    const home = [...APPROVED, send('proposeArrangement', { with: { way: 'home' } }), send('acceptArrangement')];
    expect(story([...home, send('drugArrived')]).passed.at(-1)).toBe('drug-packed');
    expect(story(READY).passed.at(-1)).toBe('drug-at-pharmacy');
  });
});

describe('round after round', () => {
  test('[2.6.2.4] the next prescription is reviewed anew, and what is on hand counts on', () => {
    const { context, snapshot, passed } = story([...BOUGHT, send('newPrescription')]);
    expect(snapshot.state).toBe('first-review');
    expect(context).toMatchObject({ round: 2, first: null, verdict: null, spoken: false, taken: 0, pharmacy: null });
    expect(context.supplyUntil).toBe('2026-04-01');
    expect(passed.filter((name) => name === 'papers-complete')).toHaveLength(2);
    const missing = send('newPrescription', { facts: { missingPapers: ['prescription'] } });
    expect(attempt(story(BOUGHT).snapshot, missing)).toMatchObject({ ok: true, state: 'collecting' });
  });

  test('a purchase given up, or whose approval ended, ends the round and not the therapy', () => {
    for (const steps of [APPROVED, [...APPROVED, PICK_UP], ORDERED, READY])
      for (const [event, milestone] of [
        ['cancelRound', 'round-cancelled'],
        ['approvalExpired', 'approval-expired'],
      ] as const) {
        const { snapshot, passed, context } = story([...steps, send(event)]);
        expect([snapshot.state, passed.at(-1)]).toEqual(['between', milestone]);
        expect([context.approvedUntil, context.pharmacy]).toEqual([null, null]);
        expect(allowed(snapshot, 'member')).toContain('newPrescription');
      }
  });

  test('before anything was handed over the request is withdrawn; later only the purchase in hand is given up', () => {
    expect(allowed(story(ACCEPTED).snapshot, 'member')).toContain('withdraw');
    expect(allowed(story(ACCEPTED).snapshot, 'member')).not.toContain('cancelRound');
    const second = story([...BOUGHT, send('newPrescription')]).snapshot;
    expect(allowed(second, 'member')).not.toContain('withdraw');
    expect(allowed(second, 'member')).toContain('cancelRound');
  });

  test('a therapy that brought a drug ends as delivered, one that brought none as withdrawn or not pursued', () => {
    const none = [...ORDERED, send('cancelRound')];
    expect(story([...BOUGHT, send('endTherapy'), send('rate')]).snapshot.state).toBe('completed');
    expect(story([...BOUGHT, send('therapyLapsed')]).snapshot.state).toBe('completed');
    expect(story([...none, send('endTherapy')]).snapshot.state).toBe('closed-withdrawn');
    expect(story([...none, send('therapyLapsed')]).snapshot.state).toBe('closed-not-pursued');
  });
});

describe('[N.7] the policy ends', () => {
  test('after the booking people decide: honoured it goes on where it was, declined it is closed', () => {
    for (const [steps, back] of [
      [ORDERED, 'ordered'],
      [READY, 'at-pharmacy'],
    ] as const) {
      const deciding = [...steps, send('policyEnded')];
      expect(story(deciding).snapshot.state).toBe('policy-deciding');
      expect(story([...deciding, send('honour')]).snapshot.state).toBe(back);
      expect(story([...deciding, send('decline')]).snapshot.state).toBe('closed-policy-ended');
      const ended = story([...deciding, send('approvalExpired')]);
      expect([ended.snapshot.state, ...ended.passed.slice(-2)]).toEqual([
        'closed-policy-ended',
        'approval-expired',
        'policy-ended',
      ]);
    }
  });

  test('before the booking, and between two purchases, it ends the case', () => {
    for (const steps of [ACCEPTED, APPROVED, [...APPROVED, PICK_UP], BOUGHT])
      expect(story([...steps, send('policyEnded')]).snapshot.state).toBe('closed-policy-ended');
  });
});
