import { describe, expect, test } from 'vitest';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { loadPlans } from '#plans/load.ts';
import { AFTER_VISIT, FACTS, MONDAY, SET } from '#tests/support/journey-walk.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { advance, allowedEvents, begin, type Snapshot } from '../advance.ts';
import { payloadSchema } from '../fields.ts';
import type { CaseRole, Facts } from '../journey.ts';
import { verdictOf } from './panel-v1.ts';
import { carTV1 as journey } from './v1.ts';

const RULES = rulesOf(loadPlans().plans.find(({ plan }) => plan === 'zhenai21')!.services['car-t']!);
type Step = { send: string; as?: CaseRole; with?: Record<string, unknown>; facts?: Partial<Facts> };
const send = (send: string, more: Omit<Step, 'send'> = {}): Step => ({ send, ...more });

function attempt(snapshot: Snapshot, { send: type, as, with: set, facts }: Step) {
  const def = journey.events[type]!;
  const payload = payloadFor(payloadSchema(def.schema, 'zh'), { now: MONDAY, set: { ...SET[type], ...set } });
  return advance(journey, snapshot, { type, payload, facts: { ...FACTS, ...facts } }, as ?? (def.by[0] as CaseRole));
}
/** The case after the steps; a step that is refused says so. */
function story(steps: readonly Step[]) {
  const input = { rules: RULES, outcome: 'granted', rulesOfDecision: [], needsOwnConsent: false, missingPapers: [] };
  const begun = begin(journey, { ...input, given: {}, provider: 'provider-a', now: MONDAY.toISOString() });
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
const problemsOf = (result: ReturnType<typeof attempt>) =>
  !result.ok && result.code === 'invalid'
    ? result.problems.map(({ pointer }) => pointer)
    : result.ok
      ? 'taken'
      : result.code;

const vote = (party: string, finding: string) => send('vote', { with: { finding }, facts: { party } });
const PANEL = [
  send('verifyFacts', { facts: { decision: { id: 'd', outcome: 'granted' as const, rules: [] } } }),
  send('acceptRequest'),
  send('namePanel'),
];
const FIT = [...PANEL, vote('expert-a', 'fit'), vote('expert-b', 'fit')];
const LATER = { facts: { now: AFTER_VISIT } };
const PASSED = [...FIT, send('offerSlot'), send('acceptOffer'), send('checkIn', LATER), send('passAssessment')];
const MADE = [
  ...PASSED,
  send('offerBed'),
  send('acceptOffer'),
  send('admit', LATER),
  send('recordApheresis'),
  send('namePharmacy'),
  send('recordProduct'),
];

describe('the panel', () => {
  const says = (findings: string, size: number, decides: 'majority' | 'unanimous') =>
    verdictOf(
      [...findings].map((one) => ({ finding: one === 'f' ? 'fit' : 'unfit' })),
      size,
      { experts: size, decides },
    );
  test('[2.6.4.8.2] a majority decides as soon as it is sure; where all must agree, one no is enough', () => {
    expect(['', 'f', 'fu', 'ff', 'uu', 'fuu'].map((votes) => says(votes, 3, 'majority'))).toEqual([
      null,
      null,
      null,
      'fit',
      'unfit',
      'unfit',
    ]);
    expect(['f', 'ff', 'fff', 'u', 'ffu'].map((votes) => says(votes, 3, 'unanimous'))).toEqual([
      null,
      null,
      'fit',
      'unfit',
      'unfit',
    ]);
    expect(says('ffff', 9, 'majority')).toBeNull();
    expect(says('fffff', 9, 'majority')).toBe('fit');
  });

  test('[2.6.4.8.2] at least the plan’s number, odd, each once and on the list; who is not on it does not vote', () => {
    const choosing = story(PANEL.slice(0, 2)).snapshot;
    const named = (experts: string[], refs: Facts['refs'] = FACTS.refs) =>
      problemsOf(attempt(choosing, send('namePanel', { with: { experts }, facts: { refs } })));
    expect(named(['e-1', 'e-2'])).toEqual(['/experts', '/experts']);
    expect(named(['e-1', 'e-2', 'e-3'], { ...FACTS.refs, 'experts/2': null })).toEqual(['/experts/2']);
    expect(named(['e-1', 'e-2', 'e-1'], { ...FACTS.refs, 'experts/2': FACTS.refs['experts/0']! })).toEqual([
      '/experts',
    ]);
    const { snapshot } = story([...PANEL, vote('expert-a', 'fit')]);
    for (const party of ['expert-a', 'expert-x', null])
      expect(allowedEvents(journey, snapshot, 'expert', { ...FACTS, party })).not.toContain('vote');
    expect(allowedEvents(journey, snapshot, 'expert', { ...FACTS, party: 'expert-b' })).toContain('vote');
  });

  test('[2.6.4.8.2] an expert sends the records back once; all of the list brings the case back, a second list needs the supervisor', () => {
    const asks = send('askPanelPapers', {
      with: { kinds: ['imaging', 'pathology'] },
      facts: { party: 'expert-a', refs: { 'kinds/0': { kind: 'imaging' }, 'kinds/1': { kind: 'pathology' } } },
    });
    const brings = (kind: string) => send('handInPaper', { with: { kind } });
    const half = story([...PANEL, asks, brings('imaging'), brings('imaging')]);
    expect(half.snapshot).toMatchObject({ state: 'awaiting-panel-papers', context: { wanted: ['pathology'] } });
    const whole = [...PANEL, asks, brings('imaging'), brings('pathology')];
    expect(story(whole).snapshot.state).toBe('panel');
    expect(story(whole).passed.slice(-2)).toEqual(['papers-asked', 'panel-papers-handed-in']);
    expect(story([...whole, asks]).snapshot.state).toBe('panel-second-list');
    expect(story([...whole, asks, send('approveList')]).snapshot).toMatchObject({
      state: 'awaiting-panel-papers',
      context: { wanted: ['imaging', 'pathology'] },
    });
    expect(story([...whole, asks, send('declineList'), vote('expert-a', 'fit')]).snapshot.state).toBe('panel');
    // Who has judged asks for nothing more.
    const { snapshot } = story([...PANEL, vote('expert-a', 'fit')]);
    expect(allowedEvents(journey, snapshot, 'expert', { ...FACTS, party: 'expert-a' })).not.toContain('askPanelPapers');
  });

  test('[2.6.4.8.3] unfit is told by telephone with a trial that recruits, or with the reason why none is named', () => {
    const { snapshot } = story([...PANEL, vote('expert-a', 'unfit'), vote('expert-b', 'unfit')]);
    expect(snapshot).toMatchObject({ state: 'telling-unfit', context: { panel: [] } });
    const told = (change: Record<string, unknown>, recruiting: boolean) =>
      problemsOf(
        attempt(
          snapshot,
          send('tellUnfit', { with: change, facts: { refs: { 'trials/0': { name: '示例', recruiting } } } }),
        ),
      );
    expect(told({ noTrial: undefined }, true)).toBe('taken');
    expect(told({ noTrial: undefined }, false)).toEqual(['/trials/0']);
    expect(told({ trials: undefined }, true)).toBe('taken');
    expect(told({ trials: undefined, noTrial: undefined }, true)).toEqual(['/noTrial']);
  });
});

describe('reaching her', () => {
  test('[2.6.4.2] only an answered call of the specialist who serves the case', () => {
    const { snapshot } = story([]);
    const passes = (outcome: string, party: string | null) => {
      const result = attempt(snapshot, send('logCall', { with: { outcome }, facts: { party } }));
      return result.ok && result.milestones.some(({ name }) => name === 'contact-reached');
    };
    expect(passes('reached', 'provider-a')).toBe(true);
    expect([passes('reached', null), passes('reached', 'provider-b'), passes('no-answer', 'provider-a')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('one number', () => {
  test('[2.6.4.3] case, width and spaces make no other number; another number or lot stops everything', () => {
    const { snapshot } = story(MADE);
    const leadsTo = (chain: string, lot: string) => {
      const result = attempt(snapshot, send('confirmProduct', { with: { chain, lot } }));
      return result.ok && result.state;
    };
    expect(leadsTo(' chain-１ ', 'lot-1')).toBe('ready');
    expect([leadsTo('CHAIN-2', 'LOT-1'), leadsTo('CHAIN-1', 'LOT-2')]).toEqual([
      'identity-stopped',
      'identity-stopped',
    ]);
    const stopped = story([...MADE, send('confirmProduct', { with: { chain: 'CHAIN-2' } })]).snapshot;
    for (const role of ['car-t-specialist', 'pharmacist'] as const)
      expect(
        allowedEvents(journey, stopped, role, FACTS).filter(
          (type) => !['logCall', 'writeMember', 'stopTreatment'].includes(type),
        ),
      ).toEqual([]);
    expect(
      story([...MADE, send('confirmProduct', { with: { chain: 'CHAIN-2' } }), send('clearMismatch')]).snapshot.state,
    ).toBe('confirming');
  });

  test('[2.6.4.7] a policy that ended while everything stood still is put before operations once the number is cleared', () => {
    const { snapshot } = story([
      ...MADE,
      send('confirmProduct', { with: { chain: 'CHAIN-2' } }),
      send('policyEnded'),
      send('clearMismatch'),
    ]);
    expect(snapshot).toMatchObject({ state: 'policy-deciding', context: { resumeIn: 'confirming' } });
  });

  test('[2.6.5.2.1] a product goes to a pharmacy that confirms it and that she has agreed to', () => {
    const { snapshot } = story([
      ...PASSED,
      send('offerBed'),
      send('acceptOffer'),
      send('admit', LATER),
      send('recordApheresis'),
    ]);
    expect(problemsOf(attempt(snapshot, send('recordProduct')))).toEqual(['']);
    const other = { ...FACTS.refs, pharmacy: { key: 'pharmacy-b', name: '示例药店', products: ['another'] } };
    expect(problemsOf(attempt(snapshot, send('namePharmacy', { facts: { refs: other } })))).toEqual(['/pharmacy']);
    const named = attempt(snapshot, send('namePharmacy'));
    const next = named.ok ? { ...snapshot, context: named.context } : snapshot;
    expect(problemsOf(attempt(next, send('recordProduct', { facts: { consented: ['provider-a'] } })))).toEqual(['']);
    expect(problemsOf(attempt(next, send('recordProduct')))).toBe('taken');
  });

  test('[2.6.4.1] products for leukaemia or myeloma are not of this service', () => {
    const { snapshot } = story(PASSED.slice(0, -1));
    const passedWith = (product: Record<string, unknown>) =>
      problemsOf(attempt(snapshot, send('passAssessment', { facts: { refs: { product } } })));
    expect(passedWith({ carT: true, labelIndication: '成人复发或难治性B细胞急性淋巴细胞白血病' })).toEqual([
      '/product',
    ]);
    expect(passedWith({ carT: false, labelIndication: '淋巴瘤' })).toEqual(['/product']);
    expect(passedWith({ carT: true, labelIndication: '多种', contractIndication: '大B细胞淋巴瘤' })).toBe('taken');
  });
});
