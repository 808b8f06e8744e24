/**
 * The closed vocabularies that `plan check` holds a plan against, beyond the milestones of `journeys/kinds.ts`: facts of
 * a request, the straight path of each kind, the rules a clause may name, and what each switch leaves out.
 */

/** Facts of the request that `given` may ask for, by service kind. */
export const GIVEN_FACTS: Readonly<Record<string, readonly string[]>> = {
  'inpatient-access': ['admissionCertificate'],
  'hospital-assist': ['claim'],
};

/** Kinds that are first opened for a year of their own and then used; only their promises may name an `act`. */
export const KINDS_WITH_OWN_YEAR: readonly string[] = ['video-consultation'];

/** Milestones in the order of a case in which nothing goes wrong; only for comparing, a case may leave some out. */
export const STRAIGHT_PATH: Readonly<Record<string, readonly string[]>> = {
  'outpatient-access': [
    'requested',
    'contact-reached',
    'papers-complete',
    'accepted',
    'care-path-told',
    'handed-to-provider',
    'slot-offered',
    'booking-confirmed',
    'attended',
    'visit-ended',
    'summary-released',
    'rated',
  ],
  'inpatient-access': [
    'requested',
    'contact-reached',
    'accepted',
    'care-path-told',
    'certificate-sought',
    'certificate-issued',
    'handed-to-provider',
    'slot-offered',
    'booking-confirmed',
    'admission-told',
    'admitted',
    'discharged',
  ],
  'gene-test': [
    'requested',
    'contact-reached',
    'accepted',
    'assessed',
    'laboratory-agreed',
    'explained',
    'consent-signed',
    'pick-up-proposed',
    'pick-up-confirmed',
    'sample-collected',
    'sample-received',
    'reported',
    'report-released',
    'explained-to-applicant',
    'explained-to-doctor',
    'closed',
  ],
  'second-opinion': [
    'requested',
    'contact-reached',
    'papers-handed-in',
    'completeness-told',
    'papers-complete',
    'handed-to-provider',
    'appointment-told',
    'booking-confirmed',
    'attended',
    'opinion-delivered',
    'opinion-opened',
    'opinion-explained',
  ],
  'special-drug': [
    'requested',
    'papers-complete',
    'accepted',
    'first-review-passed',
    'handed-to-provider',
    'prescription-verdict-told',
    'prescription-approved',
    'arrangement-proposed',
    'payment-confirmed',
    'pharmacy-booked',
    'drug-at-pharmacy',
    'handed-over',
    'therapy-ended',
    'rated',
  ],
  'drug-aid': [
    'requested',
    'papers-complete',
    'accepted',
    'handed-to-provider',
    'aid-verdict-told',
    'ready-to-submit',
    'submitted',
    'charity-verdict',
    'charity-approved',
    'aid-collected',
    'closed',
  ],
  'car-t': [
    'requested',
    'contact-reached',
    'papers-complete',
    'accepted',
    'panel-asked',
    'assessment-papers-complete',
    'assessment-date-told',
    'assessment-attended',
    'result-wanted',
    'assessment-passed',
    'bed-wanted',
    'bed-offered',
    'admitted',
    'apheresis-done',
    'product-made',
    'product-confirmed',
    'infused',
    'discharged',
    'summary-released',
    'closed',
  ],
  'video-consultation': ['opened', 'requested', 'doctor-accepted', 'call-ended', 'summary-released', 'rated', 'closed'],
  // Two short ways; what one of them passes the other leaves out.
  'hospital-assist': [
    'requested',
    'papers-complete',
    'accepted',
    'slot-held',
    'handed-to-provider',
    'booking-confirmed',
    'booking-entered',
    'attended',
    'claim-opened',
    'claim-submitted',
    'claim-accepted',
    'claim-handed-over',
    'claim-answered',
    'rated',
    'closed',
  ],
};

/** Milestones that close a case before anything was delivered: a hold that survives one of them is held for ever. */
export const CLOSING_MILESTONES = [
  'refused',
  'withdrawn',
  'not-pursued',
  'consent-withdrawn',
  'policy-ended',
  'died',
  'not-deliverable',
  'not-sampled-again',
] as const;

/** Rules outside the decision that a clause may name as what enforces it: a plan field or an engine rule each. */
export const ENGINE_RULES = [
  'service-hours',
  'working-days',
  'expert-rank',
  'list-at-use',
  'doctor-assigned',
  'laboratory-licensed',
  'provider-of-plan',
  'edition-of-case',
  'verified-person',
  'booking-before-pick-up',
  'direct-settlement',
  'delivery-free',
  'approved-label',
  'aid-given-up',
  'pick-up-counts',
  'car-t-not-picked-up',
] as const;

/** Milestones that a service's switches leave out, so that a promise or a use rule that waits for them waits in vain. */
export function milestonesLeftOut(switches: {
  carePath: boolean;
  escort: boolean;
  absence: 'spend' | 'person' | 'release';
}): string[] {
  return [
    ...(switches.carePath ? [] : ['care-path-told']),
    ...(switches.escort ? [] : ['escort-absent', 'attended-without-escort', 'admitted-without-escort']),
    ...(switches.absence === 'release' ? ['absence-counted'] : []),
  ];
}
