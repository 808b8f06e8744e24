/**
 * Random histories through HTTP: people who do what they may, and sometimes what they may not, while time passes and
 * policies and consents change. A seed tells the whole history again. What they send stands in walk-payloads.ts.
 * Over 300 lines on purpose: who acts and what is expected belong to one reading.
 */

import sharp from 'sharp';
import type { z } from 'zod';
import type { CaseView } from '#contract/cases.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { fieldsOf, payloadSchema } from '#domain/journeys/fields.ts';
import { type CaseRole, OUTSIDE_ROLES } from '#domain/journeys/journey.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import { layPeople } from '#server/sandbox/paint.ts';
import type { Persona } from '#server/sandbox/people.ts';
import { type Answer, type Player, passCheck } from '#server/sandbox/player.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { HOSPITAL as CART_HOSPITAL, expertIds, productId } from './car-t.ts';
import { drugRow, PHARMACY } from './drug.ts';
import { DRUG as AID_DRUG } from './drug-aid.ts';
import { codeSentTo, LABORATORY } from './gene-test.ts';
import { openSeries } from './hospital.ts';
import { members } from './interleave.ts';
import { faultsOf, faultsOfLook } from './invariants.ts';
import { HOSPITAL, type Ids, listRow } from './outpatient.ts';
import { EXPERT, EXPERTS_HOSPITAL } from './second-opinion.ts';
import { catchUp } from './steps.ts';
import { desk, duty, NOTE, talksAndWrites } from './video.ts';
import { DRUG, playAhead } from './walk-ahead.ts';
import { bodyOf, fileFor, resolver, settings } from './walk-payloads.ts';

type View = z.infer<typeof CaseView>;
/** Who works on the cases; of them come those whom the chart of the world's service knows. */
const WORKERS: Readonly<Record<string, CaseRole>> = {
  desk: 'service-desk',
  reviewer: 'reviewer',
  manager: 'case-manager',
  manager2: 'case-manager',
  provider: 'provider',
  provider2: 'provider',
  laboratory: 'laboratory',
  expert: 'expert',
  expert2: 'expert',
  expert3: 'expert',
  'drug-reviewer': 'drug-reviewer',
  'drug-consultant': 'drug-consultant',
  'aid-assistant': 'aid-assistant',
  'car-t-specialist': 'car-t-specialist',
  pharmacist: 'pharmacist',
  'cart-pharmacist': 'pharmacist',
  'video-doctor': 'video-doctor',
  'video-doctor2': 'video-doctor',
  'hospital-staff': 'hospital-staff',
  supervisor: 'supervisor',
  operations: 'operations',
};
/** What closes a case early or changes nothing is rarer, so that histories get far. */
const RARE: Readonly<Record<string, number>> = {
  withdraw: 0.02,
  refuseRequest: 0.1,
  stopImpostor: 0.05,
  closeNotDeliverable: 0.1,
  closeNotPursued: 0.3,
  addNote: 0.1,
  logCall: 0.5,
  reassign: 0.2,
  takeCase: 0.3,
  takeReview: 0.3,
  takeBack: 0.2,
  withdrawCertificate: 0.2,
  askAnotherManager: 0.1,
  setSurgery: 0.3,
  cannotOffer: 0.3,
  tellNoSlot: 0.2,
  askPapers: 0.3,
  cancelBooking: 0.2,
  changeBooking: 0.3,
  handOverSample: 0.3,
  reportSampleLost: 0.2,
  returnReport: 0.3,
  closeNotSampled: 0.2,
  gatherRecord: 0.3,
  declineOffer: 0.3,
  judgePaper: 0.3,
  declineOwnConsent: 0.2,
  providerCancels: 0.2,
  reportAbsence: 0.4,
  cancelRound: 0.1,
  endTherapy: 0.2,
  cannotSupply: 0.2,
  withdrawArrangement: 0.2,
  declineArrangement: 0.3,
  quarantineDrug: 0.2,
  returnReview: 0.2,
  askPanelPapers: 0.2,
  stopTreatment: 0.05,
  manufactureFailed: 0.1,
  discardProduct: 0.2,
  endAid: 0.05,
  refuseFile: 0.1,
  strikeBought: 0.2,
  askAidPapers: 0.3,
  chooseProgramme: 0.4,
  leaveQueue: 0.1,
  giveBack: 0.3,
  putOff: 0.5,
  memberNotThere: 0.3,
  goByTelephone: 0.4,
  declineTime: 0.4,
  delayOpening: 0.2,
  letGo: 0.2,
};
/** Papers that staff upload into the case itself. */
const ATTACHING = ['attachPaper', 'attachReport', 'gatherRecord'];
const MOVES = ['PT2H', 'PT20H', 'P1D', 'P3D'] as const;
const MOVE_MS = { PT2H: 2, PT20H: 20, P1D: 24, P3D: 72 } as const;

export type World = {
  on: TestApp;
  /** What is asked for; its kind is the chart that the events come from. */
  service: string;
  kind: string;
  /** The service desk files what members ask for on the telephone. */
  byPhone: boolean;
  picture: Buffer;
  workers: ReadonlyMap<string, Player>;
  refs: {
    hospital: string;
    illness: string;
    expert: string;
    providers: string[];
    laboratory: string;
    department: string;
    colleague: string;
    drug: string;
    pharmacy: string;
    /** The first row of each other list that the chart's events name. */
    rows: Readonly<Record<string, string>>;
    panel: readonly string[];
  };
  personas: readonly Persona[];
  ids: ReadonlyMap<string, Ids>;
};
type Someone = [who: string, player: Player];
export type Walk = {
  world: World;
  n: number;
  ids: Ids;
  player: Player;
  people: readonly Someone[];
  random: () => number;
  pick: <T>(from: readonly T[]) => T;
  history: History;
  say: (what: string) => void;
};
export type History = { steps: number; taken: number; refused: number; ends: string[]; faults: string[] };

/** Numbers from a seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A database with so many members, each with a spouse on the policy who may file for her. */
export async function openWorld(
  count: number,
  insurer: 'junlong' | 'qinghe',
  service = 'outpatient-access',
): Promise<World> {
  const on = await openApp({ at: '2026-11-04T10:00:00+08:00', insurers: [insurer] });
  const { journey, channels } = on.ctx.plans[0]!.services[service]!;
  const product = insurer === 'junlong' ? 'zhenai21' : 'qinghe-care';
  const holders = members(
    Array.from({ length: count }, (_, i) => `holder${i}`),
    { product },
  );
  const insured = members(
    Array.from({ length: count }, (_, i) => `insured${i}`),
    { product },
  ).map((one, i) => ({
    ...one,
    holder: `holder${i}`,
    phone: `1982${String(i).padStart(7, '0')}`,
    policyNo: `T82${String(i).padStart(7, '0')}`,
    bornOn: `${Number(one.bornOn.slice(0, 4)) + 20}${one.bornOn.slice(4)}`,
  }));
  const personas = [...holders, ...insured];
  const ids = await on.people(personas);
  const workers = new Map<string, Player>();
  const acting = new Set(Object.values(getJourney(journey.kind, journey.version).events).flatMap(({ by }) => by));
  for (const [key, role] of Object.entries(WORKERS)) if (acting.has(role)) workers.set(key, await on.as(key));
  const atHospital = workers.get('hospital-staff');
  if (atHospital) await openEverySeries(atHospital);
  const manager = workers.get('manager')!;
  const wanted = insurer !== 'junlong' ? '' : acting.has('expert') ? EXPERTS_HOSPITAL : HOSPITAL;
  const hospital = await listRow(manager, `/lists/hospitals?limit=1&q=${encodeURIComponent(wanted)}`);
  const expert = await listRow(
    manager,
    `/lists/experts?hospital=${encodeURIComponent(hospital.row.name)}&q=${acting.has('expert') ? encodeURIComponent(EXPERT) : ''}`,
  );
  const { items } = await manager.must<{ items: { id: string; row: { code: string } }[] }>('GET', '/lists/providers');
  const staff = await manager.must<{ items: { id: string }[] }>('GET', '/staff?role=case-manager');
  return {
    on,
    service,
    kind: journey.kind,
    byPhone: !channels.is.includes('portal'),
    picture: await sharp(on.picture).jpeg().toBuffer(),
    workers,
    personas,
    ids,
    refs: {
      hospital: hospital.id,
      illness:
        journey.kind === 'car-t'
          ? 'lymphoma'
          : on.ctx.plans[0]!.illnesses.find(({ kind, counted }) => kind === 'malignant-tumour' && counted !== 'no')!
              .code,
      department: (acting.has('expert') ? expert.row.department : hospital.row.departments?.[0]) ?? '',
      expert: expert.id,
      providers: items.flatMap(({ id, row }) => (row.code === LABORATORY ? [] : [id])),
      laboratory: items.find(({ row }) => row.code === LABORATORY)?.id ?? items[0]!.id,
      colleague: staff.items[0]!.id,
      drug: insurer === 'junlong' ? (await drugRow(manager, journey.kind === 'drug-aid' ? AID_DRUG : DRUG)).id : '',
      pharmacy:
        insurer === 'junlong' ? (await listRow(manager, `/lists/pharmacies?q=${encodeURIComponent(PHARMACY)}`)).id : '',
      rows: await rowsOf(manager, journey.kind),
      panel: journey.kind === 'car-t' ? await expertIds(manager) : [],
    },
  };
}

/** Slots of every item for four weeks, one place each, so that they run out. */
async function openEverySeries(staff: Player): Promise<void> {
  const weeks = { from: '2026-11-05', to: '2026-12-04' };
  await openSeries(staff, weeks);
  await openSeries(staff, { ...weeks, item: 'outpatient', doctor: '', opens: '13:00', closes: '14:00' });
  const checkUp = { item: 'check-up', department: '体检中心', doctor: '', package: '基础体检（示例）' };
  await openSeries(staff, { ...weeks, ...checkUp });
  await openSeries(staff, { ...weeks, item: 'accompaniment', department: '陪诊服务台', doctor: '' });
}

/** What a name is looked up by, in lists where not any row will do. */
const BY_NAME: Readonly<Record<string, string>> = {
  'cart-hospitals': CART_HOSPITAL,
  'cart-pharmacies': '示例药房细胞治疗一店',
  programmes: AID_DRUG,
};
const OWN_PLACE: readonly string[] = ['hospitals', 'experts', 'providers', 'drugs', 'pharmacies', 'video-doctors'];
async function rowsOf(player: Player, kind: string): Promise<Record<string, string>> {
  const { events } = getJourney(kind, 1);
  const lists = Object.values(events).flatMap(({ schema }) =>
    fieldsOf(schema).flatMap(({ ref }) => (ref?.startsWith('list:') ? [ref.slice(5)] : [])),
  );
  const rows: Record<string, string> = {};
  for (const list of new Set(lists))
    if (!OWN_PLACE.includes(list))
      rows[list] = (await listRow(player, `/lists/${list}?limit=1&q=${encodeURIComponent(BY_NAME[list] ?? '')}`)).id;
  if (kind === 'car-t') rows.product = await productId(player);
  return rows;
}

/** One history of one member: a request and up to `most` steps, checked after each; then perhaps another request. */
export async function walkOnce(world: World, n: number, seed: number, most = 24): Promise<History> {
  const random = dice(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const history: History = { steps: 0, taken: 0, refused: 0, ends: [], faults: [] };
  const say = (what: string) => history.faults.push(`seed ${seed}, step ${history.steps}: ${what}`);
  const ids = world.ids.get(`insured${n}`)!;
  const player = await world.on.as(`insured${n}`);
  const holder = await world.on.as(`holder${n}`);
  const people: Someone[] = [['insured', player], ['insured', player], ['holder', holder], ...world.workers.entries()];
  const walk: Walk = { world, n, ids, player, people, random, pick, history, say };
  while (history.steps < most && history.faults.length === 0) {
    const id = await request(walk, random() >= 0.15);
    if (!id || !(await follow(walk, id, most)) || history.ends.at(-1) === 'closed-died' || random() < 0.5) break;
  }
  return history;
}

/** Files a request, her own or the policyholder's for her; undefined when it is refused, as it may be. */
async function request(walk: Walk, own: boolean): Promise<string | undefined> {
  const { world, n, ids, player, people, random, history, say } = walk;
  history.steps += 1;
  const filer = world.byPhone
    ? await onThePhone(walk, own ? `insured${n}` : `holder${n}`)
    : own
      ? player
      : people.find(([who]) => who === 'holder')![1];
  const body = await bodyOf(walk, filer, own);
  const asked = await filer.send('POST', '/cases', body);
  answered('the request', history, say, asked, [201, 409]);
  if (asked.status !== 201) return undefined;
  const { id, state } = asked.body as { id: string; state: string };
  if (body.act === 'open' && random() < 0.8) {
    // Opened by the provider's stand-in; then she asks for a doctor.
    await catchUp(world.on);
    const use = await filer.send('POST', '/cases', await bodyOf(walk, filer, own));
    answered('the request for a doctor', history, say, use, [201, 409]);
    return use.status === 201 ? (use.body as { id: string }).id : undefined;
  }
  const ahead = random();
  // A second request finds what the first left: boxes bought, a supply on hand. It goes its own way.
  if (body.papers.length > 0 && state === 'reviewing' && ahead < 0.7 && history.ends.length === 0) {
    const persona = world.personas.find(({ key }) => key === `insured${n}`)!;
    await playAhead(world.kind, ahead / 0.7, { on: world.on, id, ids, persona, player });
  }
  for (const fault of await faultsOf(world.on, id, null)) say(`request: ${fault}`);
  return id;
}

/** The service desk, with this person on the line and checked. */
async function onThePhone({ world }: Walk, key: string): Promise<Player> {
  const desk = world.workers.get('desk')!;
  await passCheck(desk, world.personas.find((one) => one.key === key)!, world.ids.get(key)!.personId);
  return desk;
}

/** Sends events until the case is closed (true) or the steps are used up. */
async function follow(walk: Walk, id: string, most: number): Promise<boolean> {
  const { world, random, pick, history, say } = walk;
  let version = 0;
  for (; history.steps < most && history.faults.length === 0; history.steps++) {
    const luck = random();
    let what: string;
    if (luck < 0.12) what = await moveTime(world, pick(MOVES));
    else if (luck < 0.14)
      what = await changePolicy(world, walk.n, pick(['suspended', 'in-force', 'in-force', 'in-force', 'terminated']));
    else if (luck < 0.19) what = await changeConsent(walk, id);
    else if (luck < 0.193) what = await reportDeath(walk, id);
    else if (luck < 0.21 && world.kind === 'hospital-assist') what = await closeItsSlot(walk, id);
    else what = await actOnce(walk, await whoActs(walk, id), id);
    for (const fault of await faultsOf(world.on, id, { version })) say(`after ${what}: ${fault}`);
    const { rows } = await world.on.database.owner.query<{ version: number; final: boolean; state: string }>(
      'select version, final, state from yilu.cases where id = $1',
      [id],
    );
    version = rows[0]!.version;
    if (rows[0]!.final) {
      history.ends.push(rows[0]!.state);
      return true;
    }
  }
  return false;
}

/** Mostly whose turn it is, so that histories get on; sometimes anybody. */
async function whoActs({ people, random, pick }: Walk, id: string): Promise<Someone> {
  if (random() < 0.3) return pick(people);
  const seen = await people.find(([who]) => who === 'supervisor')![1].send('GET', `/cases/${id}`);
  const {
    state,
    turn: { who: turn },
  } = seen.body as View;
  // Whoever waits for the day has little to do; those whom she meets then have.
  if (state === 'booked' && random() < 0.7)
    return pick(people.filter(([name]) => (OUTSIDE_ROLES as readonly string[]).includes(WORKERS[name] ?? '')));
  const who = { 'case-manager': 'manager', applicant: 'holder', member: 'insured' }[turn as 'member'] ?? turn;
  const theirs = people.filter(([name]) => name === who || WORKERS[name] === turn);
  return pick(theirs.length > 0 ? theirs : people);
}

async function actOnce(walk: Walk, [who, acting]: Someone, id: string): Promise<string> {
  const { world, random, pick, history, say } = walk;
  if (who === 'desk' && random() < 0.8) await onThePhone(walk, `insured${walk.n}`);
  const atDesk = WORKERS[who] === 'video-doctor' && (await sitsAtDesk(walk, acting, id));
  if (atDesk) return atDesk;
  const seen = await acting.send('GET', `/cases/${id}`);
  const send = (body: Record<string, unknown>) => acting.send('POST', `/cases/${id}/events`, body);
  // Whoever has died is signed out; what is not theirs does not exist for others.
  if (seen.status === 404 || seen.status === 401)
    return answered(`${who}, who does not see it,`, history, say, await send({ type: 'withdraw', version: 1 }), [
      seen.status,
    ]);
  const view = seen.body as View;
  if ((OUTSIDE_ROLES as readonly string[]).includes(WORKERS[who] ?? ''))
    for (const fault of await faultsOfLook(world.on, id, who)) say(`${who} sees it: ${fault}`);
  if (who === 'insured' && view.state === 'awaiting-signature' && random() < 0.7) return signs(walk, id);
  if (who === 'insured' && view.consentAsked && random() < 0.7) return consents(walk, id);
  const now = await world.on.now();
  const resolve = resolver(walk, view);
  if (random() < 0.1 || view.allowed.length === 0) {
    const { events } = getJourney(world.kind, view.chartVersion);
    const shown = view.allowed.map(({ type }) => type);
    // Not shown because it is needless, and taken all the same: the other way to say no, and to take what one has.
    if (shown.includes('declineOwnConsent')) shown.push('withdraw');
    shown.push('takeCase', 'takeReview');
    const type = pick(Object.keys(events).filter((one) => !shown.includes(one)));
    const payload = payloadFor(payloadSchema(events[type]!.schema, 'zh'), { now, resolve });
    return answered(
      `${who}, not allowed, ${type}`,
      history,
      say,
      await send({ type, version: view.version, ...payload }),
      [409],
    );
  }
  const event = weighted(view.allowed, random);
  if (ATTACHING.includes(event.type)) {
    // A pharmacist sees no papers but those that she uploaded herself.
    const kind = event.type === 'attachReport' ? 'gene-report' : (pick(view.papers)?.kind ?? 'receipt');
    const answer = await acting.tryAttach(id, kind, ...fileFor(world, kind));
    return answered(`${who} attaches ${kind}`, history, say, answer, [200, 409, 422]);
  }
  const payload = payloadFor(event.schema, {
    now,
    set: await settings(walk, event.type, view),
    optional: event.type !== 'verifyFacts',
    resolve,
  });
  const stale = random() < 0.03;
  const answer = await send({ type: event.type, version: view.version - (stale ? 1 : 0), ...payload });
  return answered(`${who} ${event.type}`, history, say, answer, stale ? [409] : [200, 409, 422]);
}

/** Counts an answer; a fault of the program, or one that was not expected, is a fault. */
function answered(
  what: string,
  history: History,
  say: (what: string) => void,
  answer: Answer,
  wanted: readonly number[] = [200, 204, 404, 409, 422],
): string {
  if (answer.status < 300) history.taken += 1;
  else history.refused += 1;
  const problem = answer.body as { code?: string; title?: string } | null;
  if (!wanted.includes(answer.status)) say(`${what} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  else if (answer.status >= 400 && !problem?.code) say(`${what} answered ${answer.status} without a code`);
  return what;
}

function weighted(allowed: View['allowed'], random: () => number): View['allowed'][number] {
  const weights = allowed.map(({ type }) => RARE[type] ?? 1);
  let left = random() * weights.reduce((sum, one) => sum + one, 0);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left <= 0) return allowed[i]!;
  }
  return allowed.at(-1)!;
}

/**
 * A doctor at her desk comes on duty and takes who is offered; what she owes to others, left over from an earlier history,
 * she finishes first. undefined: this case is hers, and she acts on it like everybody.
 */
async function sitsAtDesk(walk: Walk, doctor: Player, id: string): Promise<string | undefined> {
  const { random, history, say } = walk;
  await duty(doctor, random() < 0.95);
  const { call, toWrite, offer } = await desk(doctor);
  const owed = [call, ...toWrite].find((one) => one && one.caseId !== id);
  if (owed) {
    if (call) await talksAndWrites(doctor, owed.caseId);
    else await doctor.event(owed.caseId, 'releaseNote', NOTE);
    return 'a doctor finishes an earlier call';
  }
  if (!offer) return undefined;
  const way = random() < 0.8 ? 'accept' : 'decline';
  const answer = await doctor.send('POST', `/video/offers/${offer.id}/${way}`);
  return answered(`a doctor ${way}s`, history, say, answer, [200, 404, 409, 422]);
}

/** The hospital closes the slot that the case has, if any: she is to choose again. */
async function closeItsSlot({ world, history, say }: Walk, id: string): Promise<string> {
  const { rows } = await world.on.database.owner.query<{ slot: string }>(
    'select slot_id as slot from yilu.hospital_takings where case_id = $1',
    [id],
  );
  if (!rows[0]) return 'no slot to close';
  const staff = world.workers.get('hospital-staff')!;
  const answer = await staff.send('POST', '/hospital/slots/close', { slotId: rows[0].slot });
  await catchUp(world.on);
  // One that began, or was closed before, is none to close.
  return answered('the hospital closes the slot', history, say, answer, [200, 404]);
}

async function reportDeath({ world, ids, history, say }: Walk, id: string): Promise<string> {
  const diedOn = formatInstant(await world.on.now()).slice(0, 10);
  const manager = world.workers.get('manager')!;
  return answered(
    'death',
    history,
    say,
    await manager.send('POST', `/persons/${ids.personId}/death`, { diedOn, evidence: 'hospital-notice', caseId: id }),
    [204],
  );
}

async function moveTime({ on }: World, by: (typeof MOVES)[number]): Promise<string> {
  await on.advanceTo(formatInstant(new Date((await on.now()).getTime() + MOVE_MS[by] * 3_600_000)));
  return `time ${by}`;
}

/** As the core system sends it: the same policy with another state from now on; the worker carries it to the case. */
async function changePolicy({ on, personas }: World, n: number, state: string): Promise<string> {
  const now = await on.now();
  const mine = personas
    .filter(({ key }) => key === `insured${n}` || key === `holder${n}`)
    .map((one) => ({ ...one, noAccount: true as const, states: [{ state, from: formatInstant(now) }] }));
  await layPeople(on.ctx as never, mine);
  await on.advanceTo(formatInstant(new Date((await on.now()).getTime() + 60_000)));
  return `policy ${state}`;
}

async function changeConsent(walk: Walk, id: string): Promise<string> {
  const { player, random } = walk;
  const listed = await player.send('GET', '/consents');
  if (listed.status === 401) return 'nobody is signed in';
  const { items } = listed.body as {
    items: {
      id: string;
      caseId: string | null;
      withdrawnAt: string | null;
    }[];
  };
  const live = items.filter((one) => one.caseId === id && one.withdrawnAt === null);
  if (live.length > 0 && random() < 0.25) {
    const { status } = await player.send('DELETE', `/consents/${walk.pick(live).id}`);
    return `consent withdrawn (${status})`;
  }
  return consents(walk, id);
}

/** She agrees to whatever the form of her running case asks for, and to every provider of the plan. */
async function consents({ world, player, ids, history, say }: Walk, id: string): Promise<string> {
  const { policyId, personId } = ids;
  const asked = await player.send(
    'GET',
    `/services/${world.service}/form?policyId=${policyId}&personId=${personId}&caseId=${id}`,
  );
  answered('the form of a running case', history, say, asked, [200]);
  const { consents: texts } = asked.body as { consents: { recipient: string; purpose: string; textVersion: number }[] };
  const providers = world.on.ctx.plans[0]!.providers.map(({ code }) => code);
  for (const [i, { recipient, purpose, textVersion }] of texts.entries())
    for (const to of i === 0 ? [...new Set([recipient, ...providers])] : [recipient]) {
      const given = await player.send('POST', '/consents', {
        personId,
        caseId: id,
        recipient: to,
        purpose,
        textVersion,
      });
      answered(`consent to ${to}`, history, say, given, [201, 404, 409, 422]);
    }
  return 'consents given';
}

/** She reads the informed consent, gets her code and signs; now and then with a wrong one. */
async function signs({ world, player, n, random, history, say }: Walk, id: string): Promise<string> {
  const path = `/cases/${id}/informed-consent`;
  const sent = await player.send('POST', `${path}/code`);
  answered('the code to sign with', history, say, sent, [204, 409, 429]);
  if (sent.status !== 204) return 'no code to sign with';
  await catchUp(world.on);
  const { phone } = world.personas.find(({ key }) => key === `insured${n}`)!;
  const code = random() < 0.9 ? await codeSentTo(player, phone) : '000000';
  const signed = await player.send('POST', `${path}/signature`, { code, version: 1 });
  return answered('the signature', history, say, signed, [201, 409, 422]);
}
