import { describe, expect, test } from 'vitest';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { loadPlans } from '#plans/load.ts';
import { FACTS, MONDAY } from '#tests/support/journey-walk.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { advance, begin } from '../advance.ts';
import { payloadSchema } from '../fields.ts';
import { inpatientAccessV1 as journey } from './v1.ts';

const rules = rulesOf(loadPlans().plans.find(({ plan }) => plan === 'zhenai21')!.services['inpatient-access']!);
const begun = begin(journey, {
  rules,
  outcome: 'granted',
  rulesOfDecision: [],
  needsOwnConsent: false,
  missingPapers: [],
  given: {},
  now: MONDAY.toISOString(),
});

/** The fields that are wrong when the provider sends this in that state, with the hospital as given. */
function faults(state: string, type: string, hospital: Record<string, unknown>, set: Record<string, unknown> = {}) {
  const payload = payloadFor(payloadSchema(journey.events[type]!.schema, 'zh'), { now: MONDAY, set });
  const facts = { ...FACTS, refs: { ...FACTS.refs, hospital: { ...FACTS.refs.hospital, ...hospital } } };
  const result = advance(
    journey,
    { state, context: begun.context, suspended: false },
    { type, payload, facts },
    'provider',
  );
  return !result.ok && result.code === 'invalid' ? result.problems.map(({ pointer }) => pointer) : result.ok;
}

describe('[2.3.1.2] a hospital of grade 3, class A', () => {
  const issued = { issuedOn: '2026-03-01' };
  test.for([
    [{ grade: 3, class: 'A' }, true],
    [{ grade: 2, class: 'A' }, ['/hospital']],
    [{ grade: 3, class: 'B' }, ['/hospital']],
    [{ grade: 3, class: undefined }, ['/hospital']],
  ] as const)('%j gives a bed and a certificate: %j', ([hospital, wanted]) => {
    expect(faults('with-provider', 'offerSlot', hospital, { surgeryAt: undefined })).toEqual(wanted);
    expect(faults('obtaining-certificate', 'issueCertificate', hospital, issued)).toEqual(wanted);
  });
});
