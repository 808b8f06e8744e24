import { describe, expect, test } from 'vitest';
import { planWith, told } from './test-ground.ts';

const NOT_IN_FORCE = 'policy-not-in-force@2.2.follows';
const ENDED = 'entitlement-ended@N.7';
const status = (...entries: [state: string, from: string][]) => ({
  policy: { status: entries.map(([state, from]) => ({ state, from })) },
});
const FROM_START = ['in-force', '2025-06-01T00:00:00+08:00'] as [string, string];

describe('[2.2.7] the policy is in force', () => {
  // Only video has neither waiting period nor illness, so that the ends of the term show alone.
  const video = { service: 'video', policy: { coolingOffEndsOn: null }, openedAt: '2025-05-31T00:00:00+08:00' };
  const at = (moment: string) => told({ ...video, at: moment });

  test('from the first moment of its first day to the last of its last', () => {
    expect(at('2025-05-31T23:59:59+08:00')).toBe('refused policy-not-in-force@2.1.follows');
    expect(at('2025-06-01T00:00:00+08:00')).toBe('granted');
    expect(at('2026-05-31T23:59:59+08:00')).toBe('granted');
    expect(at('2026-06-01T00:00:00+08:00')).toBe('refused policy-not-in-force@2.1.follows lapsed@2.1.year');
  });

  test('an entry takes effect at its moment, and before the first there is none', () => {
    expect(told(status())).toBe(`refused ${NOT_IN_FORCE}`);
    expect(told(status(['in-force', '2026-03-02T10:00:00.001+08:00']))).toBe(`refused ${NOT_IN_FORCE}`);
    expect(told(status(['in-force', '2026-03-02T10:00:00+08:00']))).toBe('granted');
    expect(told(status(FROM_START, ['suspended', '2026-03-02T10:00:00+08:00']))).toBe(
      `refused ${NOT_IN_FORCE} ${ENDED}`,
    );
    expect(told(status(FROM_START, ['suspended', '2026-03-02T10:00:00.001+08:00']))).toBe('granted');
  });
});

describe('[N.7] a suspension ends the entitlement', () => {
  const revived = status(
    FROM_START,
    ['suspended', '2025-11-01T00:00:00+08:00'],
    ['in-force', '2025-12-01T00:00:00+08:00'],
  );
  const suspended = status(FROM_START, ['suspended', '2025-11-01T00:00:00+08:00']);
  const terminated = status(FROM_START, ['terminated', '2025-11-01T00:00:00+08:00']);
  const pausing = planWith({ onSuspension: { is: 'pause' } });

  test('for good, though the policy was revived since', () => expect(told(revived)).toBe(`refused ${ENDED}`));
  test('terminated counts as suspended does', () => expect(told(terminated)).toBe(`refused ${NOT_IN_FORCE} ${ENDED}`));
  test('one replaced at its own moment never held', () =>
    expect(
      told(status(FROM_START, ['suspended', '2025-11-01T00:00:00+08:00'], ['in-force', '2025-11-01T00:00:00+08:00'])),
    ).toBe('granted'));
  test('expiry alone is not this', () =>
    expect(told({ at: '2026-06-01T00:00:00+08:00' })).toBe(`refused ${NOT_IN_FORCE}`));
  test('with pause a revived policy carries its services again', () => expect(told(revived, pausing)).toBe('granted'));
  test('with pause only the state at the moment counts', () => {
    expect(told(suspended, pausing)).toBe(`refused ${NOT_IN_FORCE} ${ENDED}`);
    expect(told(terminated, pausing)).toBe(`refused ${NOT_IN_FORCE} ${ENDED}`);
  });
});

describe('[2.1.5] the cooling-off period', () => {
  const video = { service: 'video', openedAt: '2025-06-01T00:00:00+08:00' };
  test('holds video back through its last day', () => {
    expect(told({ ...video, at: '2025-06-15T23:59:59+08:00' })).toBe('refused in-cooling-off@2.1.cooling');
    expect(told({ ...video, at: '2025-06-16T00:00:00+08:00' })).toBe('granted');
  });
  test('has not begun before the policy', () =>
    expect(told({ service: 'video', openedAt: '2025-05-01T00:00:00+08:00', at: '2025-05-31T12:00:00+08:00' })).toBe(
      'refused policy-not-in-force@2.1.follows',
    ));
  test('is none when none is given', () =>
    expect(told({ ...video, at: '2025-06-10T12:00:00+08:00', policy: { coolingOffEndsOn: null } })).toBe('granted'));
  test('does not hold back a service that does not wait for it', () =>
    expect(
      told({
        at: '2025-06-10T12:00:00+08:00',
        policy: { waitingEndsOn: null },
        illness: { onsetOn: null, diagnosedOn: '2025-06-05' },
      }),
    ).toBe('granted'));
});

describe('[2.2.5] the waiting period', () => {
  const late = { illness: { onsetOn: null, diagnosedOn: null } };
  test('holds the service back through its last day', () => {
    expect(told({ ...late, at: '2025-08-29T23:59:59+08:00' })).toBe(
      'refused in-waiting-period@2.2.waiting no-diagnosis@2.2.kind',
    );
    expect(told({ ...late, at: '2025-08-30T00:00:00+08:00' })).toBe('refused no-diagnosis@2.2.kind');
  });
  test('is none after a renewal without a break, whatever its end says', () => {
    const renewed = {
      policy: { renewedWithoutBreak: true },
      illness: { onsetOn: '2025-06-10', diagnosedOn: '2025-06-20' },
    };
    expect(told({ ...renewed, at: '2025-07-01T10:00:00+08:00' })).toBe('granted');
  });
  test('[2.1.5] does not hold video back', () =>
    expect(told({ service: 'video', at: '2025-07-01T10:00:00+08:00', openedAt: '2025-06-20T00:00:00+08:00' })).toBe(
      'granted',
    ));
});
