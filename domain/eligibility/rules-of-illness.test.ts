import { describe, expect, test } from 'vitest';
import { planWith, told } from './test-ground.ts';

const table = (rows: readonly (readonly [sentence: string, change: unknown, expected: string])[]) =>
  test.each(rows)('%s', (_sentence, change, expected) => expect(told(change)).toBe(expected));
const ill = (change: unknown, rest: object = {}) => ({ illness: change, ...rest });
const BARRED = 'refused ill-in-waiting-period@2.2.waiting';
const OUTSIDE = 'refused diagnosed-outside-policy@2.2.in-force';
const TOO_EARLY = 'review onset-too-early@2.2.waiting';

describe('the illness that the service needs', () => {
  table([
    ['[2.2.4] none is given', ill(null), 'refused no-diagnosis@2.2.kind'],
    ['a service without an illness asks for none', ill(null, { service: 'video' }), 'granted'],
    [
      'a missing day leaves the rules that need no day',
      {
        service: 'cells',
        illness: {
          kind: 'other',
          diagnosedOn: null,
          onsetOn: '2025-07-01',
          first: false,
          preExisting: true,
          hospital: null,
        },
      },
      'refused no-diagnosis@2.7.kind wrong-illness@2.7.kind not-first-diagnosis@2.7.first pre-existing@2.7.pre-existing hospital-not-qualified@2.7.hospital',
    ],
    ['[N.3] a lymphoma is a malignant tumour', ill({ kind: 'lymphoma' }, { service: 'drug' }), 'granted'],
    ['[N.3] and a critical illness', ill({ kind: 'lymphoma' }), 'granted'],
    ['[N.3] a malignant tumour is a critical illness', ill({ kind: 'malignant-tumour' }), 'granted'],
    [
      '[2.6.4.1] but not every tumour is a lymphoma',
      ill({ kind: 'malignant-tumour' }, { service: 'cells' }),
      'refused wrong-illness@2.7.kind',
    ],
    [
      '[2.6.2.2] nor every critical illness a tumour',
      ill({ kind: 'critical-illness' }, { service: 'drug' }),
      'refused wrong-illness@2.6.kind',
    ],
    ['another illness is none of them', ill({ kind: 'other' }), 'refused wrong-illness@2.2.kind'],
    ['[2.2.1.1] not the first diagnosis', ill({ first: false }), 'refused not-first-diagnosis@2.2.first'],
    [
      '[2.6.faq.1] there before the cover',
      ill({ preExisting: true }, { service: 'drug' }),
      'refused pre-existing@2.6.pre-existing',
    ],
    ['[2.2] asked only of services that exclude it', ill({ preExisting: true }), 'granted'],
  ]);
});

describe('[2.2.5] diagnosed inside the waiting period', () => {
  table([
    ['on its first day', ill({ diagnosedOn: '2025-06-01', onsetOn: null }), BARRED],
    ['on its last day', ill({ diagnosedOn: '2025-08-29', onsetOn: null }), BARRED],
    ['on the day after', ill({ diagnosedOn: '2025-08-30', onsetOn: '2025-08-30' }), 'granted'],
    ['its onset inside is not told beside it', ill({ diagnosedOn: '2025-08-29', onsetOn: '2025-07-01' }), BARRED],
    [
      'no bar after a renewal without a break',
      ill({ diagnosedOn: '2025-06-01', onsetOn: null }, { policy: { renewedWithoutBreak: true } }),
      'granted',
    ],
    [
      'no bar where no waiting period is given',
      ill({ diagnosedOn: '2025-07-01', onsetOn: null }, { policy: { waitingEndsOn: null } }),
      'granted',
    ],
  ]);

  const earlier = (kind: string, diagnosedOn: string | null) => ({ earlierIllnesses: [{ kind, diagnosedOn }] });
  table([
    ['an earlier one of the kind bars a later one', earlier('critical-illness', '2025-08-29'), BARRED],
    ['an earlier one on the day after does not', earlier('critical-illness', '2025-08-30'), 'granted'],
    [
      'an earlier one of another kind does not',
      { service: 'drug', ...earlier('critical-illness', '2025-07-01') },
      'granted',
    ],
    [
      'an earlier lymphoma bars what a tumour is needed for',
      { service: 'drug', ...earlier('lymphoma', '2025-07-01') },
      'refused ill-in-waiting-period@2.6.waiting',
    ],
    ['an earlier one without a day does not', earlier('lymphoma', null), 'granted'],
    [
      'with no illness given, no-diagnosis stands alone',
      { illness: null, ...earlier('lymphoma', '2025-07-01') },
      'refused no-diagnosis@2.2.kind',
    ],
  ]);
  test('with waitingBar illness an earlier one bars nothing', () => {
    const plan = planWith({ waitingBar: { is: 'illness' } });
    expect(told(earlier('lymphoma', '2025-07-01'), plan)).toBe('granted');
    expect(told(ill({ diagnosedOn: '2025-07-01' }), plan)).toBe(BARRED);
  });
});

describe('[2.2.4] diagnosed while the policy is in force', () => {
  table([
    ['before its first day', ill({ diagnosedOn: '2025-05-31', onsetOn: '2025-05-01' }), OUTSIDE],
    ['after the day of the request', ill({ diagnosedOn: '2026-03-03' }), OUTSIDE],
    ['on the day of the request', ill({ diagnosedOn: '2026-03-02' }), 'granted'],
    [
      'after its last day',
      ill({ diagnosedOn: '2026-06-01' }, { at: '2026-07-01T10:00:00+08:00' }),
      'refused policy-not-in-force@2.2.follows diagnosed-outside-policy@2.2.in-force',
    ],
    ['on its last day', ill({ diagnosedOn: '2026-05-31' }, { at: '2026-05-31T10:00:00+08:00' }), 'granted'],
    [
      'before its first day stays one after a renewal without a break',
      ill({ diagnosedOn: '2025-05-31', onsetOn: '2025-05-01' }, { policy: { renewedWithoutBreak: true } }),
      OUTSIDE,
    ],
  ]);
});

describe('[2.2.5] an onset that may lie before the cover goes to a person', () => {
  table([
    ['on the last day of the waiting period', ill({ onsetOn: '2025-08-29' }), TOO_EARLY],
    ['on the day after', ill({ onsetOn: '2025-08-30' }), 'granted'],
    ['before the policy', ill({ onsetOn: '2020-01-01' }), TOO_EARLY],
    ['an onset not known', ill({ onsetOn: null }), 'granted'],
    [
      'without a waiting period: before the first day',
      ill({ onsetOn: '2025-05-31' }, { policy: { waitingEndsOn: null } }),
      'review onset-too-early@2.2.in-force',
    ],
    [
      'without a waiting period: on the first day',
      ill({ onsetOn: '2025-06-01' }, { policy: { waitingEndsOn: null } }),
      'granted',
    ],
    [
      'after a renewal without a break it is no obstacle',
      ill({ onsetOn: '2025-05-31' }, { policy: { renewedWithoutBreak: true } }),
      'granted',
    ],
    [
      'an earlier illness that bars goes before it',
      { illness: { onsetOn: '2025-07-01' }, earlierIllnesses: [{ kind: 'lymphoma', diagnosedOn: '2025-07-01' }] },
      BARRED,
    ],
    [
      'beside a refusal it is told but does not soften it',
      { illness: { onsetOn: '2025-07-01' }, uses: [{ state: 'spent' }] },
      'refused onset-too-early@2.2.waiting used-up@2.2.limit',
    ],
  ]);
});

describe('[2.6.4.1] treated at a public hospital of grade 2 or above', () => {
  const NOT = 'refused hospital-not-qualified@2.7.hospital';
  const at = (hospital: unknown) => ({ service: 'cells', illness: { hospital } });
  table([
    ['public, grade 2', at({ grade: 2, public: true }), 'granted'],
    ['public, grade 1', at({ grade: 1, public: true }), NOT],
    ['private, grade 3', at({ grade: 3, public: false }), NOT],
    ['grade not known', at({ grade: null, public: true }), NOT],
    ['ownership not known', at({ grade: 3, public: null }), NOT],
    ['hospital not known', at(null), NOT],
    ['other services ask nothing of it', { illness: { hospital: null } }, 'granted'],
  ]);
});
