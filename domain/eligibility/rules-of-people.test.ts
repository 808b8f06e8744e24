import { describe, expect, test } from 'vitest';
import { planWith, told } from './test-ground.ts';

const GRANTED = 'granted';
const table = (rows: readonly (readonly [sentence: string, change: unknown, expected: string])[]) =>
  test.each(rows)('%s', (_sentence, change, expected) => expect(told(change)).toBe(expected));

const guardian = (...proofs: string[]) => ({ relation: 'guardian', proofs });

describe('who is served', () => {
  table([
    ['[2.2] the insured is served', {}, GRANTED],
    [
      '[2.2] the policyholder alone is not',
      { person: { role: 'policyholder' } },
      'refused role-not-entitled@2.2.persons',
    ],
    ['[2.1.3] video serves the policyholder too', { service: 'video', person: { role: 'policyholder' } }, GRANTED],
    [
      '[2.6.2.7.1] charity aid is for mainland citizens',
      { service: 'drug', person: { mainlandCitizen: false } },
      'refused not-mainland-citizen@2.6.citizens',
    ],
    ['[2.2] any citizenship will do elsewhere', { person: { mainlandCitizen: false } }, GRANTED],
  ]);
});

describe('who asks', () => {
  table([
    ['[2.4.1.1] a beneficiary may ask', { applicant: { relation: 'beneficiary' } }, GRANTED],
    [
      '[S.2] somebody else may not',
      { applicant: { relation: 'other' } },
      'refused applicant-not-entitled@2.2.applicants',
    ],
    ['an agent with authorisation may', { applicant: { relation: 'agent', proofs: ['authorisation'] } }, GRANTED],
    [
      'an agent with another proof may not',
      { applicant: { relation: 'agent', proofs: ['guardianship'] } },
      'refused applicant-not-entitled@2.2.applicants',
    ],
    [
      'a guardian may not ask for a person of full age and capacity',
      { applicant: guardian('guardianship', 'minority') },
      'refused applicant-not-entitled@2.2.applicants',
    ],
  ]);
});

describe('[2.6.5.1.2] a guardian asks for a minor or a person without capacity', () => {
  const needed = 'refused guardian-needed@2.2.guardian';
  const born = (bornOn: string, fullCapacity = true) => ({ person: { bornOn, fullCapacity } });
  table([
    ['18 on the very day: no guardian', born('2008-03-02'), GRANTED],
    ['18 tomorrow: a guardian', born('2008-03-03'), needed],
    [
      'a minor asks with an agent: a guardian',
      { ...born('2010-01-01'), applicant: { relation: 'agent', proofs: ['authorisation'] } },
      needed,
    ],
    [
      'guardianship and minority for a minor',
      { ...born('2010-01-01'), applicant: guardian('guardianship', 'minority') },
      GRANTED,
    ],
    ['guardianship alone is not enough', { ...born('2010-01-01'), applicant: guardian('guardianship') }, needed],
    ['minority alone is not enough', { ...born('2010-01-01'), applicant: guardian('minority') }, needed],
    [
      'incapacity does not show a minor',
      { ...born('2010-01-01'), applicant: guardian('guardianship', 'incapacity') },
      needed,
    ],
    [
      'incapacity for an adult without capacity',
      { ...born('1980-01-01', false), applicant: guardian('guardianship', 'incapacity') },
      GRANTED,
    ],
    [
      'minority does not show incapacity',
      { ...born('1980-01-01', false), applicant: guardian('guardianship', 'minority') },
      needed,
    ],
    [
      'either where both hold: minority',
      { ...born('2010-01-01', false), applicant: guardian('guardianship', 'minority') },
      GRANTED,
    ],
    [
      'either where both hold: incapacity',
      { ...born('2010-01-01', false), applicant: guardian('guardianship', 'incapacity') },
      GRANTED,
    ],
    [
      'every service asks it, also video',
      { service: 'video', ...born('2010-01-01') },
      'refused guardian-needed@2.2.guardian'.replace('2.2', '2.1'),
    ],
  ]);

  test('born on 29 February one is 18 from 1 March', () => {
    const leapling = { person: { bornOn: '2008-02-29' }, illness: { diagnosedOn: '2026-01-10' } };
    expect(told({ ...leapling, at: '2026-02-28T23:59:59+08:00' })).toBe(needed);
    expect(told({ ...leapling, at: '2026-03-01T00:00:00+08:00' })).toBe(GRANTED);
  });

  test('the day is that of Shanghai, whatever offset the moment is written in', () => {
    expect(told({ ...born('2008-03-02'), at: '2026-03-01T15:59:59Z' })).toBe(needed);
    expect(told({ ...born('2008-03-02'), at: '2026-03-01T16:00:00Z' })).toBe(GRANTED);
  });

  test('a relation that the service does not admit is told beside it', () => {
    const plan = planWith({ services: { visit: { applicants: { is: ['self'] } } } });
    expect(told({ ...born('2010-01-01'), applicant: guardian('guardianship', 'minority') }, plan)).toBe(
      'refused applicant-not-entitled@2.2.applicants',
    );
    expect(told({ ...born('2010-01-01'), applicant: { relation: 'other' } })).toBe(
      'refused applicant-not-entitled@2.2.applicants guardian-needed@2.2.guardian',
    );
  });
});

describe('through which channel', () => {
  table([
    ['[2.2.8] portal', { channel: 'portal' }, GRANTED],
    ['[2.4.6] hotline only', { service: 'cells', channel: 'portal' }, 'refused channel-not-offered@2.7.channels'],
    ['[2.4.6] the hotline itself', { service: 'cells', channel: 'hotline' }, GRANTED],
  ]);
});
