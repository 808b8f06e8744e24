/**
 * To which group of a consent each thing of a case belongs (PIPL 23). What has no group here, or is `internal`, leaves
 * nowhere. Fields of an event's payload and of a request's form carry theirs in the chart, beside their title.
 */
import { fieldsOf } from '../journeys/fields.ts';
import type { Journey } from '../journeys/journey.ts';
import type { FieldGroup } from '../plan/schema.ts';

export type SharingGroup = FieldGroup | 'internal';
type Groups<K extends string = string> = Readonly<Record<K, SharingGroup>>;

/** The parts of a case beside its events, and the group of every field in them. */
export const PART_FIELDS = {
  person: {
    name: 'identity',
    idType: 'identity',
    idNumber: 'identity',
    bornOn: 'identity',
    sex: 'identity',
    phone: 'contact',
    mainlandCitizen: 'internal',
  },
  applicant: { relation: 'request', name: 'contact', phone: 'contact', idNumber: 'internal', proofs: 'internal' },
  illness: {
    code: 'illness',
    firstSymptomOn: 'illness',
    firstAbnormalOn: 'illness',
    firstVisitOn: 'illness',
    diagnosedOn: 'illness',
    first: 'illness',
    preExisting: 'internal',
    hospitalName: 'illness',
    hospitalId: 'internal',
  },
  wish: { hospital: 'request', hospitalId: 'request', department: 'request', city: 'request', listVersion: 'internal' },
  carePath: {
    hospital: 'care-path',
    department: 'care-path',
    expert: 'care-path',
    why: 'care-path',
    examinations: 'care-path',
  },
  offer: {
    hospital: 'booking',
    hospitalId: 'booking',
    department: 'booking',
    expert: 'booking',
    rank: 'booking',
    visitAt: 'booking',
    answerBy: 'booking',
    confirmed: 'booking',
    escort: 'booking',
    more: 'booking',
  },
  opinion: {
    question: 'opinion',
    recordsSeen: 'opinion',
    findings: 'opinion',
    opinion: 'opinion',
    treatment: 'opinion',
    followUp: 'opinion',
    limits: 'opinion',
    by: 'opinion',
    at: 'opinion',
    explained: 'opinion',
    asked: 'opinion',
    answered: 'opinion',
  },
  summary: { said: 'attendance', nextSteps: 'attendance', at: 'attendance' },
  // What reviewers found stays with them; of the verdict a pharmacy needs what may be sold, and not why the rest may not.
  firstReview: { outcome: 'review', packs: 'review', failed: 'review', by: 'internal' },
  verdict: {
    outcome: 'prescription',
    packs: 'prescription',
    failed: 'review',
    approvedUntil: 'prescription',
    by: 'internal',
  },
  arrangement: {
    way: 'booking',
    pharmacy: 'booking',
    address: 'booking',
    at: 'booking',
    coldChainFee: 'settlement',
    pharmacyId: 'internal',
    pharmacyKey: 'internal',
  },
} as const satisfies Readonly<Record<string, Groups>>;
export type CasePart = keyof typeof PART_FIELDS;

const of = <G extends SharingGroup>(group: G, names: string): Record<string, G> =>
  Object.fromEntries(
    names
      .split(/\s+/)
      .filter(Boolean)
      .map((name) => [name, group]),
  );

/** That something happened can itself be telling: the group by which a milestone may appear in a shared timeline. */
export const MILESTONE_GROUPS: Groups = {
  ...of('request', 'requested accepted opened'),
  ...of(
    'papers',
    'papers-asked papers-handed-in papers-complete assessment-papers-complete completeness-told records-wanted',
  ),
  ...of('care-path', 'care-path-told assessed'),
  ...of(
    'booking',
    `handed-to-provider provider-silent slot-offered no-slot-told offer-declined offer-lapsed provider-cannot looking-again taken-back looking-again hospital-left-list honoured booking-confirmed cancelled-by-member
     changed-by-member cancelled-by-provider changed-by-provider not-deliverable withdrawn not-pursued closed certificate-sought certificate-issued surgery-told
     certificate-withdrawn admission-told admission-put-off pick-up-proposed pick-up-declined pick-up-confirmed appointment-told pharmacy-booked
     drug-at-pharmacy assessment-date-told ready-to-book bed-offered bed-wanted bed-confirmed left-queue doctor-accepted`,
  ),
  ...of(
    'attendance',
    `attended attended-without-escort escort-absent absence-reported absence-counted absence-excused absence-cause-given excused visit-ended summary-released rated admitted admitted-without-escort
     discharged handed-over assessment-attended result-wanted`,
  ),
  ...of(
    'illness',
    `opinion-delivered opinion-opened opinion-explained follow-up-asked follow-up-answered
     first-review-passed prescription-verdict-told assessment-passed assessment-failed face-to-face-unfit`,
  ),
  ...of(
    'sample',
    `laboratory-agreed explained consent-signed sample-collected sample-handed-over sample-received sample-unfit sample-lost
     not-sampled-again reported report-returned`,
  ),
  ...of('settlement', 'payment-confirmed refunded'),
  ...of('review', 'review-returned'),
  ...of('consultation', 'call-ended'),
  ...of(
    'booking',
    'opening-asked call-back-wanted doctor-dropped member-missed came-back put-off time-agreed time-declined appointment-due',
  ),
  ...of('prescription', `prescription-papers-in prescription-approved prescription-refused prescription-reissued`),
  ...of(
    'booking',
    `pharmacy-consent-asked arrangement-proposed arrangement-declined arrangement-withdrawn supply-failed drug-quarantined drug-packed partly-handed-over
     packs-returned round-cancelled round-finished approval-expired therapy-ended`,
  ),
  ...of('panel', 'panel-voted panel-unfit panel-papers-handed-in'),
  ...of(
    'request',
    `aid-papers-handed-in aid-verdict-told aid-not-fit file-reopened boxes-bought boxes-returned ready-to-submit submitted charity-verdict charity-asks-more charity-approved
     charity-refused aid-collected aid-cause-given aid-excused aid-given-up aid-ended`,
  ),
  ...of(
    'treatment',
    `apheresis-done bridging-given pharmacy-named pharmacy-left product-made product-confirmed manufacture-failed collect-again
     identity-mismatch identity-cleared product-discarded infused treatment-stopped`,
  ),
  ...of('booking', 'slot-held slot-let-go booking-entered'),
  ...of('settlement', 'claim-opened claim-submitted claim-accepted claim-handed-over claim-asks-more claim-answered'),
  ...of('report', 'report-released copy-given-to-doctor explained-to-applicant explained-to-doctor'),
  ...of(
    'internal',
    `request-waits-for-own-consent own-consent-given refused consent-withdrawn consent-withdrawn-after-booking provider-consent-asked impostor-stopped
     policy-ended policy-ended-after-booking policy-suspended policy-revived died collector-done paper-consent-recorded paper-consent-rejected doctor-left-out contact-reached back-to-review records-list-to-supervisor expert-consent-asked panel-consent-asked panel-asked panel-taken-back provider-restored lapsed`,
  ),
};

/** The group of a field of an event's payload; undefined when the chart has no such event or field. */
export function groupOfEventField(journey: Journey, type: string, field: string): SharingGroup | undefined {
  return groupsOfEvent(journey, type).get(field);
}

/** Every field of an event with its group, as the chart declares it. */
export function groupsOfEvent(journey: Journey, type: string): ReadonlyMap<string, SharingGroup> {
  const def = journey.events[type];
  return new Map(def ? fieldsOf(def.schema).map(({ name, group }) => [name, group]) : []);
}

/** Every field of the request's form with its group. */
export function groupsOfRequest(journey: Journey): ReadonlyMap<string, SharingGroup> {
  return new Map(fieldsOf(journey.request).map(({ name, group }) => [name, group]));
}
