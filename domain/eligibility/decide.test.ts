import { describe, expect, test } from 'vitest';
import { decide, decideBenefit, usableFrom } from './decide.ts';
import { promiseDue } from './promise-due.ts';
import { RULES, RULES_ABOUT_ILLNESS } from './reasons.ts';
import { ask, CALENDAR, PLAN, planWith, told } from './test-ground.ts';
import { decisionToWire } from './wire.ts';

const wire = (change: unknown) => decisionToWire(decide([PLAN], CALENDAR, ask(change)));
const clocks = (change: unknown) => wire(change).clocks.map(({ promise, due }) => `${promise} ${due}`);

describe('every reason is told, in the order of the rules', () => {
  test('people, policy, illness, citizenship and uses together', () => {
    const everything = {
      service: 'cells',
      channel: 'portal',
      at: '2025-07-01T10:00:00+08:00',
      policy: { status: [{ state: 'suspended', from: '2025-06-20T00:00:00+08:00' }] },
      person: { role: 'policyholder', bornOn: '2015-01-01' },
      applicant: { relation: 'other' },
      illness: { kind: 'other', diagnosedOn: '2025-07-02', first: false, preExisting: true, hospital: null },
      uses: [{ state: 'held' }, { state: 'spent' }],
    };
    expect(decide([PLAN], CALENDAR, ask(everything)).reasons.map(({ rule }) => rule)).toEqual([
      'role-not-entitled',
      'applicant-not-entitled',
      'guardian-needed',
      'channel-not-offered',
      'policy-not-in-force',
      'entitlement-ended',
      'in-waiting-period',
      'wrong-illness',
      'ill-in-waiting-period',
      'diagnosed-outside-policy',
      'not-first-diagnosis',
      'pre-existing',
      'hospital-not-qualified',
      'held-by-open-case',
      'used-up',
    ]);
  });
  test('the rules about the illness are eight, next to each other', () => {
    expect(RULES_ABOUT_ILLNESS).toHaveLength(8);
    expect(RULES).toHaveLength(24);
  });
  test('an unknown service is the only reason, with nothing left', () =>
    expect(wire({ service: 'constructor', person: { role: 'policyholder' } })).toEqual({
      outcome: 'refused',
      reasons: [
        {
          rule: 'service-not-in-plan',
          clause: '1',
          effect: 'refuse',
          message: '样例计划2024年5月23日版的服务手册不包含这项服务。',
        },
      ],
      remaining: 0,
      clocks: [],
      edition: '2024-05-23',
    }));
  test('an unknown plan is no refusal but an error that names it', () =>
    expect(() => wire({ plan: 'nowhere' })).toThrow('there is no plan "nowhere"'));
});

describe('[N.8] the edition in force at the moment decides', () => {
  const old = planWith({ edition: '2022-01-01', effectiveFrom: '2022-01-01', effectiveTo: '2024-05-22' });
  const inForce = (at: string, plans = [PLAN, old]) => decide(plans, CALENDAR, ask({ at })).edition;

  test('each on its own days', () => {
    expect(inForce('2024-05-22T23:59:59+08:00')).toBe('2022-01-01');
    expect(inForce('2024-05-23T00:00:00+08:00')).toBe('2024-05-23');
  });
  test('before the first edition that is the only reason, and no edition is named', () => {
    const decision = decide(
      [PLAN, old],
      CALENDAR,
      ask({ at: '2021-12-31T23:59:59+08:00', person: { role: 'policyholder' } }),
    );
    expect(decision).toMatchObject({ outcome: 'refused', remaining: 0, clocks: [], edition: null });
    expect(decision.reasons.map(({ rule, clause }) => `${rule}@${clause}`)).toEqual(['edition-not-in-force@N.8']);
  });
  test('after an end without a successor too', () => expect(inForce('2024-06-01T00:00:00+08:00', [old])).toBe(null));
});

describe('the clocks that a request starts', () => {
  // 2026-03-06 is a holiday and Saturday the 7th a working day in the test calendar.
  test('[2.2.1.3] in the order of the plan, and only those that the request starts', () =>
    expect(clocks({})).toEqual(['booking-result 2026-03-04T18:00:00+08:00', 'visit 2026-03-11T18:00:00+08:00']));
  test('[2.3.1.4] without a certificate its own clock, with one the admission', () => {
    const response = 'response 2026-03-02T11:00:00+08:00';
    expect(clocks({ service: 'stay' })).toEqual([response, 'certificate 2026-03-05T18:00:00+08:00']);
    expect(clocks({ service: 'stay', admissionCertificate: true })).toEqual([
      response,
      'admission 2026-03-16T18:00:00+08:00',
    ]);
  });
  test('[2.1.4] asking for a doctor starts three minutes, opening starts none', () => {
    expect(clocks({ service: 'video' })).toEqual(['doctor-matched 2026-03-02T10:03:00+08:00']);
    expect(clocks({ service: 'video', act: 'open', openedAt: null })).toEqual([]);
  });
  test('a review starts them as a grant does, a refusal none', () => {
    expect(clocks({ illness: { onsetOn: '2025-07-01' } })).toHaveLength(2);
    expect(clocks({ uses: [{ state: 'spent' }] })).toEqual([]);
  });
  test('beyond the last notice they are provisional', () =>
    expect(
      wire({ at: '2026-12-30T10:00:00+08:00', policy: { expiresOn: '2027-05-31' } }).clocks.map(
        ({ provisional }) => provisional,
      ),
    ).toEqual([true, true]));
});

describe('when a promise falls due', () => {
  const due = (change: object, plans = [PLAN]) =>
    promiseDue(plans, CALENDAR, {
      plan: 'test-plan',
      service: 'visit',
      promise: 'booking-result',
      from: new Date('2026-03-02T10:00:00+08:00'),
      paused: [],
      ...change,
    });
  test('with its clause', () =>
    expect(due({})).toEqual({
      due: new Date('2026-03-04T18:00:00+08:00'),
      clause: '2.2.sla',
      provisional: false,
    }));
  test('before the first edition the first answers, after the last its last', () => {
    const ended = planWith({ effectiveTo: '2025-12-31' });
    expect(due({ from: new Date('2020-03-02T10:00:00+08:00') }).clause).toBe('2.2.sla');
    expect(due({}, [ended]).clause).toBe('2.2.sla');
  });
  test.each([
    [{ plan: 'nowhere' }, 'there is no plan "nowhere"'],
    [{ service: '__proto__' }, 'there is no service "__proto__"'],
    [{ promise: 'nothing' }, 'there is no promise "nothing"'],
  ])('an unknown name is an error: %o', (change, message) => expect(() => due(change)).toThrow(message));
});

describe('what a benefit card shows', () => {
  const card = (change: unknown) => {
    const { outcome, reasons } = decideBenefit([PLAN], CALENDAR, ask(change));
    return [outcome, ...reasons.map(({ rule }) => rule)].join(' ');
  };
  const from = (change: unknown) => usableFrom([PLAN], CALENDAR, ask(change), decideBenefit);

  test('asks nothing about the illness', () => expect(card({ illness: null })).toBe('granted'));
  test('but tells a bar that an earlier illness left', () => {
    const barred = { illness: null, earlierIllnesses: [{ kind: 'lymphoma', diagnosedOn: '2025-07-01' }] };
    expect(card(barred)).toBe('refused ill-in-waiting-period');
    expect(from(barred)).toBe(null);
  });
  test('is decided on a channel that the service offers', () =>
    expect(card({ service: 'cells', channel: 'portal', illness: null })).toBe('granted'));

  const early = { illness: null, openedAt: null };
  test('usable from the day after the waiting period', () =>
    expect(from({ ...early, at: '2025-07-01T10:00:00+08:00' })).toBe('2025-08-30'));
  test('usable from the day after the cooling-off period', () =>
    expect(from({ ...early, service: 'video', act: 'open', at: '2025-06-02T10:00:00+08:00' })).toBe('2025-06-16'));
  test('a policy that has yet to begin: from the day when nothing holds it back any more', () => {
    expect(from({ ...early, at: '2025-05-20T10:00:00+08:00' })).toBe('2025-08-30');
    expect(from({ ...early, at: '2025-05-20T10:00:00+08:00', policy: { waitingEndsOn: null } })).toBe('2025-06-01');
  });
  test('no day when it is usable now, or when more than time is missing', () => {
    expect(from({})).toBe(null);
    expect(from({ ...early, at: '2025-07-01T10:00:00+08:00', uses: [{ state: 'spent' }] })).toBe(null);
    expect(from({ ...early, at: '2025-07-01T10:00:00+08:00', person: { role: 'policyholder' } })).toBe(null);
    expect(from({ ...early, at: '2025-07-01T10:00:00+08:00', policy: { expiresOn: '2025-08-29' } })).toBe(null);
  });
  test('a use spent this policy year comes back with the next one', () => {
    const plan = planWith({ services: { visit: { use: { per: 'policy-year' } } } });
    const question = ask({ policy: { expiresOn: '2028-05-31' }, uses: [{ state: 'spent', on: '2026-01-05' }] });
    expect(usableFrom([plan], CALENDAR, question, decideBenefit)).toBe('2026-06-01');
  });
});

test('the question of this folder is granted as it stands', () => expect(told({})).toBe('granted'));
