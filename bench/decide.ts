/** Decisions per second on one core: the real plan, the whole rule set, a question that is granted and one refused. */
import { loadCalendar } from '#calendar/load.ts';
import { decide } from '#domain/eligibility/decide.ts';
import { QuestionInput } from '#domain/eligibility/question.ts';
import { loadPlans } from '#plans/load.ts';
import { measure } from './measure.ts';
import type { Print } from './run.ts';

const GRANTED = {
  plan: 'zhenai21',
  service: 'outpatient-access',
  at: '2026-03-02T10:00:00+08:00',
  channel: 'portal',
  policy: {
    effectiveFrom: '2025-06-01',
    expiresOn: '2026-05-31',
    coolingOffEndsOn: '2025-06-15',
    waitingEndsOn: '2025-08-29',
    renewedWithoutBreak: false,
    status: [{ state: 'in-force', from: '2025-06-01T00:00:00+08:00' }],
  },
  person: { role: 'insured', bornOn: '1980-01-01', mainlandCitizen: true, fullCapacity: true },
  applicant: { relation: 'self', proofs: [] },
  illness: {
    kind: 'malignant-tumour',
    onsetOn: '2025-12-20',
    diagnosedOn: '2026-01-10',
    first: true,
    preExisting: false,
    hospital: { grade: 3, class: 'A', public: true },
  },
  uses: [{ state: 'released' }],
};
const REFUSED = { ...GRANTED, uses: [{ state: 'spent' }], person: { ...GRANTED.person, bornOn: '2015-01-01' } };

export async function run(print: Print): Promise<void> {
  const { plans } = loadPlans();
  const calendar = loadCalendar();
  for (const [outcome, input] of [
    ['granted', GRANTED],
    ['refused', REFUSED],
  ] as const) {
    const question = QuestionInput.parse(input);
    const got = decide(plans, calendar, question).outcome;
    if (got !== outcome) throw new Error(`The question was to be ${outcome} and is ${got}`);
    const { perSecond, rounds, spread } = measure(() => decide(plans, calendar, question), 1);
    print({ bench: `decide, ${outcome}`, value: perSecond, unit: 'decisions/s', rounds, spread });
  }
  const { perSecond, rounds, spread } = measure(() => QuestionInput.parse(GRANTED), 1);
  print({ bench: 'decide, reading the question', value: perSecond, unit: 'questions/s', rounds, spread });
}
