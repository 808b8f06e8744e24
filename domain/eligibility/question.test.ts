import { describe, expect, test } from 'vitest';
import { QuestionInput } from './question.ts';
import { changed, QUESTION } from './test-ground.ts';

const faults = (change: unknown) => {
  const read = QuestionInput.safeParse(changed(QUESTION, change));
  return read.success
    ? []
    : read.error.issues.map(({ path, code, message }) => `/${path.join('/')} ${code} ${message}`);
};

describe('a question is read strictly', () => {
  test.each([
    ['an unknown field', { colour: 'red' }, '/ unrecognized_keys'],
    ['an unknown field deep inside', { illness: { hospital: { beds: 3 } } }, '/illness/hospital unrecognized_keys'],
    ['a day that does not exist', { person: { bornOn: '2026-02-30' } }, '/person/bornOn custom must be a day'],
    [
      '29 February of a common year',
      { illness: { diagnosedOn: '2026-02-29' } },
      '/illness/diagnosedOn custom must be a day',
    ],
    ['a day with a time', { uses: [{ state: 'held', on: '2026-02-28T00:00' }] }, '/uses/0/on custom must be a day'],
    ['a moment without offset', { at: '2026-03-02T10:00:00' }, '/at custom must be a moment'],
    [
      'a moment on a day that does not exist',
      { openedAt: '2026-02-30T10:00:00+08:00' },
      '/openedAt custom must be a moment',
    ],
    ['a moment out of all calendars', { at: '9999-03-02T10:00:00+08:00' }, '/at custom must lie between'],
    ['an unknown relation', { applicant: { relation: 'cousin' } }, '/applicant/relation invalid_value'],
    ['an unknown illness', { illness: { kind: 'flu' } }, '/illness/kind invalid_value'],
    ['a number for a yes or no', { person: { fullCapacity: 1 } }, '/person/fullCapacity invalid_type'],
    [
      'states out of order',
      {
        policy: {
          status: [
            { state: 'in-force', from: '2025-06-02T00:00:00+08:00' },
            { state: 'suspended', from: '2025-06-01T23:59:59+08:00' },
          ],
        },
      },
      '/policy/status/1/from custom is earlier than the entry before it',
    ],
  ])('%s is a fault at its place', (_what, change, expected) => {
    expect(faults(change)).toHaveLength(1);
    expect(faults(change)[0]).toContain(expected);
  });

  test('what may be left out has the documented value', () => {
    const { act, earlierIllnesses, admissionCertificate, illness, openedAt, ...rest } = QUESTION;
    void [act, earlierIllnesses, admissionCertificate, illness, openedAt];
    expect(QuestionInput.parse(rest)).toMatchObject({
      act: 'use',
      earlierIllnesses: [],
      admissionCertificate: false,
      illness: null,
      openedAt: null,
    });
  });

  test.each(['plan', 'service', 'at', 'channel', 'policy', 'person', 'applicant', 'uses'])(
    '%s may not be left out',
    (field) => {
      const { [field as 'plan']: _left, ...rest } = QUESTION;
      expect(QuestionInput.safeParse(rest).error?.issues.map(({ path }) => path.join('/'))).toEqual([field]);
    },
  );

  test('the order of fields changes nothing', () => {
    const turned = Object.fromEntries(Object.entries(QUESTION).reverse());
    expect(QuestionInput.parse(turned)).toEqual(QuestionInput.parse(QUESTION));
  });
});
