/** What the people of a random history send: requests, papers and values of events, mostly right ones. */
import type { z } from 'zod';
import type { CaseView } from '#contract/cases.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import type { Player } from '#server/sandbox/player.ts';
import { sampleStudy } from '#server/sandbox/sample-images.ts';
import { samplePdf } from '#server/sandbox/sample-pdf.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { CHAIN, LOT } from './car-t.ts';
import { codeOfPickUp } from './drug.ts';
import { BARCODE } from './gene-test.ts';
import type { Ids } from './outpatient.ts';
import { freshCode, prescribedToday } from './walk-ahead.ts';
import type { Walk, World } from './walker.ts';

type View = z.infer<typeof CaseView>;
const HOUR_MS = 3_600_000;
/** Two images, so that they are made and read in no time. */
const IMAGES = sampleStudy(2, 16);
const REPORT = samplePdf('Report of a walk');

/** The file for a kind of paper: the plans take a jpg of every kind but two. */
export function fileFor({ picture }: World, kind: string): [file: Buffer, name: string] {
  if (kind === 'imaging') return [IMAGES, 'CT.zip'];
  if (kind === 'gene-report') return [REPORT, 'report.pdf'];
  return [picture, `${kind}.jpg`];
}
const upload = (world: World, player: Player, ids: Ids, kind: string) =>
  player.upload(ids.personId, kind, ...fileFor(world, kind));

/** The id behind a reference of a form. */
export const resolver =
  ({ world, ids, pick }: Walk, view: View) =>
  (reference: string, field: string): string => {
    if (reference === 'list:hospitals') return world.refs.hospital;
    if (reference === 'list:experts') return world.refs.expert;
    if (reference === 'list:providers')
      return field === 'laboratory' ? world.refs.laboratory : pick(world.refs.providers);
    if (reference === 'list:drugs') return field === 'product' ? world.refs.rows.product! : world.refs.drug;
    if (reference === 'list:pharmacies') return world.refs.pharmacy;
    if (reference.startsWith('list:') && world.refs.rows[reference.slice(5)])
      return world.refs.rows[reference.slice(5)]!;
    if (reference === 'list:video-doctors' || reference === 'slot') return ids.personId;
    if (reference === 'illness') return world.refs.illness;
    if (reference === 'rule') return 'wrong-illness';
    if (reference === 'paper:kind') return pick(view.papers)?.kind ?? 'pathology';
    if (reference.startsWith('paper:')) return view.papers.flatMap((need) => need.papers)[0]?.id ?? ids.personId;
    if (reference.startsWith('staff:')) return world.refs.colleague;
    throw new Error(`No ${reference} for ${field}`);
  };

/** Values that rules across fields ask for. */
export async function settings(walk: Walk, type: string, view: View): Promise<Record<string, unknown>> {
  const { world, player, ids, random, pick } = walk;
  const at = await world.on.now();
  const inHours = (hours: number) => formatInstant(new Date(at.getTime() + hours * HOUR_MS));
  const now = formatInstant(at);
  const today = now.slice(0, 10);
  // Now and then another sample's.
  const barcode = random() < 0.95 ? BARCODE : 'OTHER-0001';
  switch (type) {
    case 'refuseRequest':
      return { rule: pick(['wrong-illness', 'not-first-diagnosis', 'ill-in-waiting-period']) };
    case 'verifyFacts':
      return {
        diagnosedOn: pick(['2026-06-20', '2026-06-20', '2026-06-20', '2026-03-01']),
        firstVisitOn: pick(['2026-06-10', '2026-06-10', '2026-02-20']),
        first: random() > 0.1,
        preExisting: random() < 0.1,
        hospital: world.refs.hospital,
      };
    case 'handInPaper': {
      const { kind, papers } = view.papers.find((need) => need.missing) ?? pick(view.papers);
      const known = random() < 0.3 ? papers[0]?.id : undefined;
      return { kind, paper: known ?? (await upload(world, player, ids, kind)) };
    }
    case 'judgePaper': {
      const waiting = view.papers.flatMap(({ papers }) => papers).filter(({ verdict }) => verdict === 'received');
      return {
        verdict: pick(['accepted', 'accepted', 'rejected']),
        ...(waiting.length > 0 ? { paper: pick(waiting).id } : {}),
      };
    }
    case 'recordPaperConsent': {
      const original = view.papers.find(({ kind }) => kind === 'informed-consent')?.papers[0];
      return original ? { paper: original.id } : {};
    }
    case 'offerSlot':
    case 'providerChanges':
      return {
        visitAt: inHours(pick([26, 50, 74, 240])),
        answerBy: inHours(pick([3, 20, 25])),
        department: world.refs.department,
        slot: world.kind === 'hospital-assist' ? await anySlot(walk, view) : undefined,
        surgeryAt: undefined,
      };
    case 'issueCertificate':
      return { issuedOn: today };
    case 'discharge':
      return { dischargedOn: today };
    case 'setSurgery':
      return { surgeryAt: inHours(pick([3, 30]) * 24) };
    case 'logCall':
      return { outcome: pick(['reached', 'no-answer', 'wrong-number']) };
    case 'reportEscortAbsent':
      return { visit: pick(['went-alone', 'did-not-happen']) };
    case 'proposePickUp':
      return { at: inHours(pick([2, 26, 50])) };
    case 'collectSample':
      return { barcode, collectedAt: now };
    case 'handOverSample':
      return { barcode, handedAt: now };
    case 'receiveSample':
      return { barcode, fit: pick(['yes', 'yes', 'yes', 'no']) };
    case 'report':
      return { barcode, issuedOn: today };
    case 'explainToApplicant':
      return { to: pick(['tested-person', 'applicant']) };
    case 'finishFirstReview':
      return {
        packs: pick([1, 2]),
        days: 28,
        dosage: pick(['met', 'met', 'met', 'not-met']),
        ...prescribedToday(at),
      };
    case 'giveVerdict':
      return { verdict: pick(['as-reviewed', 'as-reviewed', 'refused']) };
    case 'proposeArrangement':
      return { at: inHours(pick([2, 26, 50])), way: pick(['pick-up', 'pick-up', 'home']), coldChainFee: undefined };
    case 'newPrescription':
    case 'handInReissued':
      return { paper: await anotherPrescription(world, player, ids) };
    case 'checkReissued':
      return prescribedToday(at);
    case 'quarantineDrug':
      return { lowest: 1, highest: 12 };
    case 'handOverDrug': {
      const codes = pick([[freshCode()], [freshCode(), freshCode()], [freshCode(), await boughtBefore(player, view)]]);
      return {
        code: random() < 0.95 ? await codeOfPickUp(player, view.id) : '000000',
        traceCodes: codes,
        batches: codes.map(() => 'B1'),
        expiries: codes.map(() => '2028-12-31'),
        price: pick([1_355_900, 1_400_000]),
        paid: random() < 0.5,
      };
    }
    case 'returnPacks':
      return { traceCodes: [await boughtBefore(player, view)] };
    case 'namePanel':
      return { experts: [...world.refs.panel] };
    case 'offerBed':
      return { visitAt: inHours(pick([26, 50])), answerBy: inHours(pick([3, 20])) };
    case 'recordApheresis':
      return { chain: CHAIN, collectedAt: now };
    case 'recordProduct':
    case 'confirmProduct':
      // Now and then another's: everything stops.
      return { chain: random() < 0.9 ? CHAIN : 'COI-OTHER', lot: LOT };
    case 'infuse':
      return { chain: CHAIN, lot: LOT, infusedAt: now };
    case 'recordBought':
      return { on: today, units: pick([1, 1, 2]) };
    case 'submitToCharity':
      return { submittedOn: today };
    case 'recordVerdict':
      return {
        verdict: pick(['approved', 'approved', 'approved', 'more-papers', 'refused']),
        decidedOn: today,
        collectFrom: today,
      };
    case 'recordCollected':
      return { on: today };
    case 'excuseTurn':
      return { collectFrom: inHours(pick([48, 240])).slice(0, 10) };
    case 'holdSlot':
    case 'changeBooking':
      return world.kind === 'hospital-assist' ? { slot: await anySlot(walk, view) } : {};
    case 'fillClaim':
      return { visitedOn: today, amount: 123_45, account: '6222020000001234567' };
    case 'recordAnswer': {
      const outcome = pick(['paid', 'refused', 'more']);
      return { outcome, amount: outcome === 'paid' ? 100_00 : undefined };
    }
    case 'putOff':
      return { at: inHours(pick([1, 26])) };
    case 'giveCause':
      return { cause: pick(['hospitalised', 'force-majeure']) };
    default:
      return {};
  }
}

/** A free slot of the case's item; now and then one that does not exist. */
async function anySlot({ player, pick, ids }: Walk, view: View): Promise<string> {
  const { body } = await player.send('GET', `/hospital/slots?caseId=${view.id}`);
  const { items = [] } = (body ?? {}) as { items?: { id: string }[] };
  return items.length > 0 ? pick(items).id : ids.personId;
}

/** Another file than any before: the same one again would be the same paper. */
async function anotherPrescription({ picture }: World, player: Player, ids: Ids): Promise<string> {
  const file = Buffer.concat([picture, Buffer.from(freshCode())]);
  return player.upload(ids.personId, 'prescription', file, 'prescription.jpg');
}

/** A pack that she has had, or one that nobody has. */
async function boughtBefore(player: Player, view: View): Promise<string> {
  const { body } = await player.send('GET', `/settlement?caseId=${view.id}`);
  const { purchases = [] } = (body ?? {}) as {
    purchases?: { dispensings: { boxes: { traceCode: string }[] }[] }[];
  };
  const boxes = purchases.flatMap(({ dispensings }) => dispensings.flatMap((one) => one.boxes));
  return boxes[0]?.traceCode ?? '81000000000000019999';
}

/** A request, by herself where `own`; who files for another adult hands in nothing of hers; some forget a paper. */
export async function bodyOf(
  { world, ids, random, pick }: Walk,
  filer: Player,
  own: boolean,
): Promise<Record<string, unknown> & { papers: unknown[] }> {
  const form = await filer.form(world.service, ids.policyId, ids.personId);
  const luck = random();
  const papers = [];
  const brought = ({ required, kind }: { required: boolean; kind: string }) =>
    own && luck >= 0.25 && (required || (['admission-certificate', 'imaging'].includes(kind) && luck > 0.6));
  for (const { kind } of form.papers.filter(brought))
    papers.push({ kind, paperId: await upload(world, filer, ids, kind) });
  const item = pick(['outpatient', 'expert', 'check-up', 'accompaniment', 'claim']);
  const place = `service=${world.service}&policyId=${ids.policyId}&personId=${ids.personId}`;
  // What is opened for a year is opened first; whether it is, its own page says.
  const standing =
    world.kind === 'video-consultation' ? await filer.send('GET', `/video/standing?${place}`) : undefined;
  return {
    service: world.service,
    ...ids,
    ...(standing ? { act: (standing.body as { act?: string | null }).act ?? 'use' } : {}),
    ...(!own && world.byPhone ? { applicant: { relation: 'policyholder' } } : {}),
    papers,
    form: payloadFor(form.schema, {
      now: await world.on.now(),
      optional: false,
      set: { hospital: world.refs.hospital, department: world.refs.department, drug: world.refs.drug, item },
    }),
    illness: form.illnesses && {
      code: world.refs.illness,
      firstSymptomOn: luck > 0.85 ? '2026-03-20' : '2026-06-05',
      firstVisitOn: '2026-06-10',
      diagnosedOn: '2026-06-20',
      hospitalId: world.refs.hospital,
    },
    consents: own
      ? form.consents
          .filter(({ items }) => items === null || items.includes(item))
          .map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion }))
      : [],
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
  };
}
