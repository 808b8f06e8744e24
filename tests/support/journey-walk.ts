/**
 * Every reachable situation of a released chart, found by @xstate/graph over our own `advance`, with a shortest path to
 * each. Situations that differ only in what no guard reads (a name, a moment) count as one.
 * Over 300 lines: what every event needs stands in one place.
 */
import { getShortestPaths } from '@xstate/graph';
import type { Programme } from '#domain/aid/programme.ts';
import { type Move, standingOf } from '#domain/aid/standing.ts';
import { type Advanced, advance, begin, type Snapshot } from '#domain/journeys/advance.ts';
import { payloadSchema } from '#domain/journeys/fields.ts';
import type { CaseRole, ChartEvent, DrugFacts, Facts, Journey, Rules } from '#domain/journeys/journey.ts';
import { payloadVariants } from './payloads.ts';

export const MONDAY = new Date('2026-03-02T10:00:00+08:00');
/** After the visit that generated payloads name (a week after MONDAY). */
export const AFTER_VISIT = new Date('2026-03-09T12:00:00+08:00');
/** Some minutes after MONDAY: what waits for minutes has come. */
const LATER = new Date('2026-03-02T10:10:00+08:00');
const NEXT_DAY = new Date('2026-03-03T10:00:00+08:00');

const HOSPITAL = { id: 'h-1', name: '示例医院', grade: 3, class: 'A' };
/** Three rounds, with boxes to buy, without any, and with one again: a turn leads to each next step. */
const PROGRAMME = {
  id: 'a-1',
  listVersion: 1,
  code: 'sample',
  name: 'sample',
  charity: 'sample',
  drug: '示例乐',
  generic: 'sample',
  phases: ['2+2', '0+1', '1+1'],
  rounds: 3,
  perCollection: 1,
  daysPerBox: 30,
  applyWithinDays: 30,
  collectWithinDays: 14,
  pharmacies: ['示例药房'],
};
export const FACTS: Facts = {
  now: MONDAY,
  refs: {
    hospital: HOSPITAL,
    expert: {
      id: 'e-1',
      key: 'expert-a',
      name: '示例专家',
      hospital: HOSPITAL.name,
      department: '肿瘤科',
      rank: 'chief',
    },
    provider: { code: 'provider-a', name: '示例服务商' },
    paper: { id: 'p-1' },
    source: { id: 'p-1' },
    illness: { code: 'sample' },
    to: { id: 's-1' },
    laboratory: { code: 'laboratory-a', kind: 'laboratory' },
    drug: {
      id: 'd-1',
      key: 'drug-a',
      generic: 'sample',
      brand: '示例乐',
      listVersion: 1,
      maxPerMonth: 2,
      coldChain: false,
      carT: false,
    },
    pharmacy: {
      id: 'ph-1',
      key: 'pharmacy-a',
      name: '示例药房',
      pickUp: true,
      homeDelivery: true,
      coldChain: true,
      products: ['sample'],
    },
    receipt: { id: 'p-1' },
    ...Object.fromEntries(
      ['indication', 'dosage', 'notPreExisting', 'firstDiagnosis', 'prescriber', 'biomarker', 'pharmacyAgreed'].map(
        (field) => [`${field}Evidence`, { id: 'p-1' }],
      ),
    ),
    proof: { id: 'p-1' },
    programme: PROGRAMME,
    kind: { kind: 'sample' },
    'kinds/0': { kind: 'sample' },
    'kinds/1': { kind: 'another' },
    'experts/0': { key: 'expert-a' },
    'experts/1': { key: 'expert-b' },
    'experts/2': { key: 'expert-c' },
    doctor: {
      id: 'vd-1',
      key: 'doctor-a',
      name: '示例视频医生',
      hospital: '示例医院',
      department: '全科',
      rank: 'attending',
    },
    slot: {
      id: 'slot-1',
      fits: true,
      hospital: HOSPITAL.name,
      department: '心内科',
      startsAt: '2026-03-09T09:30:00+08:00',
    },
    'trials/0': { name: '示例试验', recruiting: true },
    product: { brand: 'sample', carT: true, labelIndication: '淋巴瘤' },
  },
  consented: ['provider-a', 'laboratory-a', 'attending-doctor', 'expert-a', 'expert-b', 'expert-c', 'pharmacy-a'],
  byManager: true,
  missingPapers: [],
  missingRecords: [],
  acceptedPapers: ['records-authorisation'],
  arrivedAt: MONDAY,
  offerListed: true,
  laboratoryLicensed: true,
  applicantAllowed: true,
  drug: { supplyUntil: null, aidGivesIt: false, codeFits: true, owed: { byMember: 0, toMember: 0 } },
  aid: { earlier: [], runningCase: null },
  actor: 's-1',
  party: 'provider-a',
};

const decision = (outcome: 'granted' | 'review' | 'refused') => ({
  decision: { id: 'd-1', outcome, rules: outcome === 'granted' ? [] : ['pre-existing'] },
});

/** Boxes of an earlier case: bought, and two free ones granted. */
const GRANTED: readonly Move[] = [
  { kind: 'bought', on: '2026-01-01', units: 2, payer: 'member' },
  { kind: 'approved', on: '2026-02-01', units: 2 },
];
const owing = (owed: Partial<DrugFacts['owed']>): Partial<Facts> => ({
  drug: { ...FACTS.drug!, owed: { byMember: 0, toMember: 0, ...owed } },
});

/** Facts that make a difference to an event, beside FACTS; every event gets FACTS itself too. */
const OTHER_FACTS: Readonly<Record<string, readonly Partial<Facts>[]>> = {
  giveOwnConsent: [
    decision('granted'),
    decision('review'),
    decision('refused'),
    { ...decision('granted'), missingPapers: ['sample'] },
    { ...decision('granted'), consented: [] },
  ],
  verifyFacts: [decision('granted'), decision('review'), decision('refused')],
  handInPaper: [{ missingPapers: ['sample'] }, { consented: ['provider-a'] }],
  handToProvider: [{ consented: [] }],
  providerConsentGiven: [{ consented: [] }],
  acceptOffer: [{ offerListed: false }],
  logCall: [{ now: NEXT_DAY }, { byManager: false }],
  messageRead: [{ byManager: false }],
  checkIn: [{ now: AFTER_VISIT }],
  discharge: [{ now: AFTER_VISIT }],
  reportAbsence: [{ now: AFTER_VISIT }],
  countAbsence: [{ now: AFTER_VISIT }],
  tellComplete: [{ missingRecords: ['sample'] }],
  consentWithdrawn: [{ consented: [] }, { consented: ['provider-a'] }],
  vote: ['expert-a', 'expert-b', 'expert-c'].map((party) => ({ party })),
  askPanelPapers: [{ party: 'expert-a' }],
  declineList: [{ consented: ['provider-a'] }],
  namePanel: [{ consented: ['provider-a'] }],
  admit: [{ now: AFTER_VISIT }],
  reportEscortAbsent: [{ now: AFTER_VISIT }],
  assess: [{ consented: [] }],
  recordPaperConsent: [{ refs: { paper: { id: 'p-1', kind: 'informed-consent' } } }],
  confirmPaperConsent: [{ actor: 's-2' }],
  collectSample: [{ now: AFTER_VISIT }],
  handOverSample: [{ now: AFTER_VISIT }],
  report: [{ laboratoryLicensed: false }],
  newPrescription: [{ missingPapers: ['sample'] }],
  acceptArrangement: [{ consented: ['provider-a'] }],
  giveVerdict: [{ actor: 's-2' }],
  acceptRequest: [{ consented: [] }],
  chooseProgramme: [{ aid: { earlier: GRANTED, runningCase: null } }],
  attachPaper: [{ missingPapers: ['sample'] }, { consented: ['provider-a'] }],
  recordPaid: [owing({ byMember: 100 })],
  recordRefunded: [owing({ toMember: 100 })],
  memberNotThere: [{ now: LATER }],
  wantCallBack: [{ now: LATER }],
};

/** Values that a rule across fields asks for; the rest is generated. */
export const SET: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  refuseRequest: { rule: 'wrong-illness' },
  discharge: { dischargedOn: '2026-03-09' },
  setSurgery: { surgeryAt: '2026-03-20T09:00:00+08:00' },
  verifyFacts: {
    hospitalName: undefined,
    hospitalGrade: undefined,
    hospitalPublic: undefined,
    hospitalSource: undefined,
  },
  collectSample: { barcode: 'SAMPLE-001', collectedAt: '2026-03-09T10:30:00+08:00' },
  handOverSample: { barcode: 'SAMPLE-001', handedAt: '2026-03-09T11:00:00+08:00' },
  receiveSample: { barcode: 'SAMPLE-001' },
  attachReport: { kind: 'gene-report' },
  // One criterion is tried in all its findings; the others are of its kind.
  finishFirstReview: {
    ...{ packs: 1, days: 30, issuedOn: '2026-03-01', validUntil: '2026-12-31' },
    ...{ dosage: 'met', notPreExisting: 'met', firstDiagnosis: 'met' },
    ...{ prescriber: 'met', biomarker: 'met', pharmacyAgreed: 'met' },
  },
  checkReissued: { issuedOn: '2026-03-01', validUntil: '2026-12-31' },
  proposeArrangement: { coldChainFee: 0 },
  quarantineDrug: { lowest: 1, highest: 12 },
  handOverDrug: { traceCodes: ['81000000000000000001'], batches: ['B1'], expiries: ['2027-12-31'] },
  report: { barcode: 'SAMPLE-001' },
  recordBought: { units: 1 },
  askPanelPapers: { kinds: ['sample'] },
  handInPaper: { kind: 'sample' },
  attachPaper: { kind: 'sample' },
  boxesDispensed: { units: 1 },
  fillClaim: { visitedOn: '2026-03-01', amount: 100, account: '6222000000000001' },
  recordAnswer: { amount: 100 },
  namePanel: { experts: ['e-1', 'e-2', 'e-3'] },
  recordApheresis: { chain: 'CHAIN-1', collectedAt: '2026-03-01T09:00:00+08:00' },
  recordProduct: { chain: 'CHAIN-1', lot: 'LOT-1' },
  confirmProduct: { chain: 'CHAIN-1', lot: 'LOT-1' },
  infuse: { chain: 'CHAIN-1', lot: 'LOT-1', infusedAt: '2026-03-01T09:00:00+08:00' },
};

/** Payloads that make a difference beside the choices of choice fields. */
const OTHER_PAYLOADS: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  tellMissing: [{ kinds: ['another'] }],
  finishFirstReview: [{ packs: 2 }],
  askPanelPapers: [{ kinds: ['another', 'sample'] }],
  recordProduct: [{ chain: 'CHAIN-2' }],
  confirmProduct: [{ chain: 'CHAIN-2' }],
  infuse: [{ chain: 'CHAIN-2' }],
};

export type Sent = ChartEvent & { by: CaseRole; id: string };

const variantsOf = new Map<Journey, readonly Sent[]>();

/** Every event of the chart with each payload and each set of facts that may make a difference, sent by its first role. */
export function eventVariants(journey: Journey): readonly Sent[] {
  const known = variantsOf.get(journey) ?? makeVariants(journey);
  variantsOf.set(journey, known);
  return known;
}

function makeVariants(journey: Journey): Sent[] {
  return Object.entries(journey.events).flatMap(([type, def]) => {
    const schema = payloadSchema(def.schema, 'zh');
    const payloads = [{}, ...(OTHER_PAYLOADS[type] ?? [])].flatMap((other) =>
      payloadVariants(schema, { now: MONDAY, set: { ...SET[type], ...other } }),
    );
    const facts = [{}, ...(OTHER_FACTS[type] ?? [])];
    return payloads.flatMap((payload, p) =>
      facts.map((other, f) => ({
        type,
        payload,
        facts: { ...FACTS, ...other },
        by: def.by[0] as CaseRole,
        id: `${type}/${p}/${f}`,
      })),
    );
  });
}

export type Situation = Snapshot;

/** Fields that make a difference only where one of these events can come, now or before the next of its kind; `?`: where a guard decides on it. */
const MATTERS_TO: Readonly<Record<string, readonly string[]>> = {
  verified: ['acceptRequest'],
  outcome: ['handInPaper?', 'giveOwnConsent'],
  reviewerLists: ['askPapers', 'handInPaper?', 'approveList'],
  calls: ['pursuitEnded', 'closeNotPursued', 'countAbsence', 'windowPassed', 'giveUpTurn'],
  pursuitOver: ['closeNotPursued'],
  carePath: ['handToProvider'],
  recordsList: ['tellMissing?'],
  records: ['acceptRequest', 'giveOwnConsent'],
  provider: ['providerConsentGiven'],
  laboratory: ['providerConsentGiven'],
  paperConsent: ['confirmPaperConsent'],
  reportPaper: ['report'],
  applicantTold: ['explainToDoctor', 'leaveOutDoctor', 'explainToApplicant'],
  doctorSettled: ['explainToApplicant', 'explainToDoctor'],
  escortAbsent: ['checkIn'],
  certified: ['handToProvider', 'providerConsentGiven', 'issueCertificate', 'withdrawCertificate'],
  changed: ['acceptOffer', 'changeBooking', 'offerSlot'],
  first: ['giveVerdict'],
  spoken: ['giveVerdict?'],
  lists: ['handInPaper?', 'askPapers'],
  arrangement: ['acceptArrangement', 'providerConsentGiven', 'drugArrived'],
  arrived: ['honour'],
  taken: ['finishRound'],
  verdict: ['proposeArrangement', 'acceptArrangement', 'providerConsentGiven', 'drugArrived', 'handOverDrug'],
  delivered: ['endTherapy', 'withdraw', 'cancelRound', 'recordPaid', 'therapyLapsed'],
  moves: ['passFile', 'recordBought', 'boxesReturned', 'submitToCharity', 'recordVerdict', 'recordCollected'],
  programme: ['passFile', 'recordBought', 'boxesReturned'],
  reviewed: ['recordBought?'],
  windowOver: ['giveUpTurn'],
  votes: ['vote', 'askPanelPapers', 'handInPaper?', 'declineList'],
  panelLists: ['askPanelPapers', 'approveList', 'handInPaper?'],
  wanted: ['handInPaper?'],
  pharmacy: ['recordProduct', 'consentWithdrawn?'],
  stoppedIn: ['clearMismatch'],
  resumeIn: ['honour', 'providerConsentGiven?'],
  policyOpen: ['clearMismatch'],
  honoured: ['leaveHospital'],
  opening: ['giveOwnConsent', 'providerConsentGiven?'],
  callBack: ['wantCallBack?'],
  asked: ['askFollowUp?'],
  stars: ['rate?'],
  entered: ['enterBooking'],
  claim: ['submitClaim'],
};

/** By chart and state: the events that can come there, and with `?` those on which a guard decides. */
const takenIn = new WeakMap<object, Set<string>>();
function takenAt(journey: Journey, state: string): Set<string> {
  const node = journey.machine.states[state];
  if (!node) return new Set();
  const known = takenIn.get(node);
  if (known) return known;
  const taken = new Set<string>();
  for (const [event, to] of node.transitions) {
    taken.add(event);
    if (to.some(({ guard }) => guard)) taken.add(`${event}?`);
  }
  takenIn.set(node, taken);
  return taken;
}

/** What tells situations apart: the state, and what guards and checks read of the context there. */
function keyOf(journey: Journey, { state, context }: Situation): string {
  const taken = takenAt(journey, state);
  const seen = Object.entries(MATTERS_TO)
    .filter(([, events]) => events.some((event) => taken.has(event)))
    .map(([field]) => {
      const value = context[field];
      if (field === 'arrangement') return (value as { way: string } | null)?.way ?? null;
      if (field === 'first') return reviewSeen(value as { outcome: string; packs: number } | null);
      if (field === 'taken') return (value as number) > 0;
      if (field === 'verdict') return ((value as { packs: number } | null)?.packs ?? 0) - Number(context.taken);
      if (field === 'votes') return votesSeen(value as { by: string; finding: string }[]);
      if (field === 'wanted') return (value as readonly string[] | undefined)?.length;
      if (field === 'calls') return callsSeen(value as { day: string }[]);
      if (field === 'records') return value === 'listed' || value === 'complete' || value === 'came' ? value : 'other';
      if (field === 'moves') return movesSeen(context);
      if (field === 'reviewerLists' || field === 'panelLists') return Math.min(value as number, 1);
      return value !== null && typeof value === 'object' ? 'set' : value;
    });
  return `${state} ${JSON.stringify(seen)}`;
}

const reviewSeen = (review: { outcome: string; packs: number } | null) => review && `${review.outcome} ${review.packs}`;
/** What comes next in the programme stands for all that happened to the boxes. */
const movesSeen = ({ programme, moves }: Record<string, unknown>) => {
  if (!programme) return null;
  const so = standingOf(programme as Programme, moves as Move[]);
  return `${so.round}/${so.bought}/${so.left}`;
};
/** Who has voted, and how many said yes. */
const votesSeen = (votes: readonly { by: string; finding: string }[] = []) =>
  `${votes
    .map(({ by }) => by)
    .sort()
    .join()} ${votes.filter(({ finding }) => finding === 'fit').length}`;

const callsSeen = (calls: readonly { day: string }[] = []) =>
  calls.length === 0 ? 'none' : new Set(calls.map(({ day }) => day)).size > 1 ? 'two days' : 'one day';

export type WalkedPath = { end: Situation; events: Sent[] };

export type Followed = Extract<Advanced, { ok: true }> & { next: Situation };
const followed = new WeakMap<Situation, Map<Sent, Followed>>();

/** What may follow a situation, each event by its first role, and where it leads. Asked once for each situation. */
export function follow(journey: Journey, from: Situation): ReadonlyMap<Sent, Followed> {
  const known = followed.get(from);
  if (known) return known;
  const may = new Map<Sent, Followed>();
  for (const event of eventVariants(journey)) {
    const result = advance(journey, from, event, event.by);
    if (result.ok)
      may.set(event, { ...result, next: { state: result.state, context: result.context, suspended: false } });
  }
  followed.set(from, may);
  return may;
}

const walks = new Map<Journey, Map<string, WalkedPath[]>>();

/** A shortest path to every situation that can be reached from a start. Walked once for each start. */
export function walk(journey: Journey, input: Record<string, unknown>): readonly WalkedPath[] {
  const known = walks.get(journey) ?? new Map<string, WalkedPath[]>();
  walks.set(journey, known);
  const start = JSON.stringify(input);
  const paths = known.get(start) ?? walkAll(journey, input);
  known.set(start, paths);
  return paths;
}

function walkAll(journey: Journey, input: Record<string, unknown>): WalkedPath[] {
  const begun = begin(journey, input);
  const start: Situation = { state: begun.state, context: begun.context, suspended: false };
  const logic = {
    getInitialSnapshot: () => start,
    transition: (from: Situation, event: Sent): Situation => follow(journey, from).get(event)?.next ?? from,
  };
  const paths = getShortestPaths(logic as never, {
    events: ((from: Situation) => [...follow(journey, from).keys()]) as never,
    serializeState: ((situation: Situation) => keyOf(journey, situation)) as never,
    serializeEvent: ((event: Sent) => event.id) as never,
  });
  return paths.map(({ state, steps }) => ({
    end: state as unknown as Situation,
    events: steps.map(({ event }) => event as unknown as Sent).filter(({ type }) => type in journey.events),
  }));
}

/** Situations that no guard can tell apart count once. */
export const distinct = (journey: Journey, paths: readonly WalkedPath[]): Situation[] => [
  ...new Map(paths.map(({ end }) => [`${keyOf(journey, end)} ${JSON.stringify(end.context.rules)}`, end])).values(),
];

const CHOICES: { readonly [K in keyof Rules]?: readonly Rules[K][] } = {
  review: [true, false],
  carePath: [true, false],
  escort: [true, false],
  absence: ['spend', 'person', 'release'],
  changeAfterBooking: ['spent-and-served', 'spent-and-closed', 'free'],
  consentWithdrawnAfterBooking: ['person', 'release'],
  pursuit: [null],
  namedManager: [true, false],
};

export type Start = { name: string; rules: Rules; input: Record<string, unknown> };

const alike = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);

/** What a request of a kind may state beside its form: nothing, and what papers with it say; `starts` takes each. */
export const givenOf = (journey: Journey): readonly Record<string, boolean>[] => [
  {},
  ...(['use', 'open'] as const)
    .map((act) => journey.givenOf?.({}, ['sample', 'admission-certificate'], act) ?? {})
    .filter((given, i, all) => Object.values(given).includes(true) && (i === 0 || !alike(given, all[0]!))),
  ...[journey.givenOf?.({ item: 'claim' }, [], 'use') ?? {}].filter((given) => given.claim === true),
];

/** Each way of entering under the given rules; `only`: the shortest, from which all that follows is reached too. */
export function starts(
  name: string,
  rules: Rules,
  givens: readonly Record<string, boolean>[] = [{}],
  only?: 'all there',
): Start[] {
  const entering = [
    { how: 'own consent', needsOwnConsent: true, missingPapers: [] },
    { how: 'papers missing', needsOwnConsent: false, missingPapers: ['sample'] },
    { how: 'all there', needsOwnConsent: false, missingPapers: [] },
    { how: 'to be judged', needsOwnConsent: false, missingPapers: [], outcome: 'review' },
  ];
  return givens.flatMap((given) =>
    entering
      .filter(({ how }) => only === undefined || how === only)
      .map(({ how, ...entered }) => ({
        name: `${name}, ${how} ${JSON.stringify(given)}`,
        rules,
        input: {
          ...{ rules, outcome: 'granted', rulesOfDecision: [], given, now: MONDAY.toISOString() },
          provider: 'provider-a',
          ...entered,
        },
      })),
  );
}

/** The rules with each choice that a plan may take changed once, and every step left out. */
export function otherRules(rules: Rules, { without = [] }: Journey): { name: string; rules: Rules }[] {
  const changed = Object.entries(CHOICES).flatMap(([field, values]) =>
    (values as readonly unknown[])
      .filter((value) => value !== rules[field as keyof Rules] && !without.some((one) => one === field))
      .map((value) => ({ name: `${field} ${String(value)}`, rules: { ...rules, [field]: value } as Rules })),
  );
  return [...changed, { name: 'no step asked', rules: { ...rules, review: false, carePath: false, escort: false } }];
}
