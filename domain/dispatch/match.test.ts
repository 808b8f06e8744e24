import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Credential, lapseOf } from './credential.ts';
import { findEmergencyWord } from './emergency.ts';
import { type Doctor, inTurn, matchDoctors, type Waiting } from './match.ts';

const NOW = new Date('2026-03-02T10:00:00+08:00');
const demand = { minGrade: 3, class: 'A' };
const valid: Credential = { grade: 3, class: 'A', inService: true, validUntil: new Date('2028-01-01T00:00:00+08:00') };
const doctor = (key: string, change: Partial<Doctor> = {}): Doctor => ({
  ...{ key, onDuty: true, present: true, busy: false, load: 0, missed: 0, lastOfferAt: null, credential: valid },
  ...change,
});
const waiting = (caseId: string, seconds: number, change: Partial<Waiting> = {}): Waiting => ({
  ...{ caseId, since: new Date(NOW.getTime() - seconds * 1000), again: false, notDoctor: null, demand },
  ...change,
});
const told = (cases: Waiting[], doctors: Doctor[], now = NOW) =>
  matchDoctors(cases, doctors, now).map(({ caseId, doctor: key }) => `${caseId}-${key}`);

describe('who is asked', () => {
  test('the longest waiting first, but before her whose doctor dropped', () => {
    expect(told([waiting('a', 10), waiting('b', 60)], [doctor('x')])).toEqual(['b-x']);
    expect(told([waiting('a', 10, { again: true }), waiting('b', 60)], [doctor('x')])).toEqual(['a-x']);
  });
  test('whoever took the fewest calls, then whoever was asked longest ago; who did not answer comes last', () => {
    const recent = { lastOfferAt: new Date(NOW.getTime() - 5000) };
    expect(told([waiting('a', 1)], [doctor('x', { load: 2 }), doctor('y', { load: 1 })])).toEqual(['a-y']);
    expect(told([waiting('a', 1)], [doctor('x', recent), doctor('y')])).toEqual(['a-y']);
    expect(told([waiting('a', 1)], [doctor('x', { missed: 1 }), doctor('y', { load: 9 })])).toEqual(['a-y']);
  });
  test('never the doctor who declined her last; the next member may have that doctor', () => {
    expect(told([waiting('a', 60, { notDoctor: 'x' }), waiting('b', 1)], [doctor('x')])).toEqual(['b-x']);
  });
  test.each([
    ['not on the list', null, 'not-listed'],
    ['not in service', { ...valid, inService: false }, 'not-in-service'],
    ['of a class B hospital', { ...valid, class: 'B' }, 'wrong-hospital'],
    ['of a grade 2 hospital', { ...valid, grade: 2 }, 'wrong-hospital'],
    ['lapsed at this very minute', { ...valid, validUntil: NOW }, 'lapsed'],
  ])('[2.1.2] nobody %s', (_, credential, lapse) => {
    expect(lapseOf(credential as Credential | null, demand, NOW)).toBe(lapse);
    expect(told([waiting('a', 1)], [doctor('x', { credential: credential as Credential | null })])).toEqual([]);
  });
  test('[2.1.2] a credential counts until its last moment', () => {
    const until = { credential: { ...valid, validUntil: new Date(NOW.getTime() + 1) } };
    expect(told([waiting('a', 1)], [doctor('x', until)])).toEqual(['a-x']);
  });
});

const doctors = fc.array(
  fc.record({
    onDuty: fc.boolean(),
    present: fc.boolean(),
    busy: fc.boolean(),
    load: fc.nat(5),
    missed: fc.nat(2),
    lastOfferAt: fc.option(fc.constant(NOW)),
    credential: fc.option(fc.constantFrom(valid, { ...valid, inService: false }, { ...valid, validUntil: NOW })),
  }),
  { maxLength: 12 },
);
const queue = fc.array(
  fc.record({ seconds: fc.nat(600), again: fc.boolean(), notDoctor: fc.option(fc.integer({ min: 0, max: 11 })) }),
  { maxLength: 25 },
);

test('whatever the queue and the duty: nobody twice, nobody who may not, nobody passed over, nobody idle in vain', () => {
  fc.assert(
    fc.property(queue, doctors, (members, staff) => {
      const all = staff.map((change, i) => doctor(`d${i}`, change));
      const cases = members.map(({ seconds, again, notDoctor }, i) =>
        waiting(`c${i}`, seconds, { again, notDoctor: notDoctor === null ? null : `d${notDoctor}` }),
      );
      const matches = matchDoctors(cases, all, NOW);
      const may = (one: Doctor) =>
        one.onDuty && one.present && !one.busy && lapseOf(one.credential, demand, NOW) === null;
      const served = new Set(matches.map(({ caseId }) => caseId));
      const asked = new Set(matches.map((match) => match.doctor));
      expect([served.size, asked.size]).toEqual([matches.length, matches.length]);
      for (const { caseId, doctor: key } of matches) {
        expect(may(all.find((one) => one.key === key)!)).toBe(true);
        expect(cases.find((one) => one.caseId === caseId)!.notDoctor).not.toBe(key);
      }
      const idle = all.filter((one) => may(one) && !asked.has(one.key));
      for (const one of cases.filter(({ caseId }) => !served.has(caseId))) {
        // Who waits on has nobody free but the doctor who just declined her.
        expect(idle.filter(({ key }) => key !== one.notDoctor)).toEqual([]);
        // Nobody behind her was given a doctor that she could have had.
        for (const match of matches) {
          const other = cases.find(({ caseId }) => caseId === match.caseId)!;
          if (inTurn(one, other) < 0) expect(match.doctor).toBe(one.notDoctor);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('words of an emergency are found in either language, whatever their width and case', () => {
  const words = [{ zh: '胸痛', en: 'chest pain' }];
  expect(findEmergencyWord('我 胸痛 半小时', words)).toBe('胸痛');
  expect(findEmergencyWord('ＣＨＥＳＴ  Pain since noon', words)).toBe('chest pain');
  expect(findEmergencyWord('咳嗽', words)).toBeUndefined();
});
