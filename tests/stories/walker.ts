/**
 * Random histories through HTTP: people who do what they may, and sometimes what they may not, while time passes and
 * policies and consents change. A seed tells the whole history again.
 * Over 300 lines on purpose: who acts, what they send and what is expected belong to one reading.
 */

import sharp from 'sharp';
import type { z } from 'zod';
import type { CaseView } from '#contract/cases.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { payloadSchema } from '#domain/journeys/fields.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import { layPeople } from '#server/sandbox/paint.ts';
import type { Persona } from '#server/sandbox/people.ts';
import type { Answer, Player } from '#server/sandbox/player.ts';
import { payloadFor } from '#tests/support/payloads.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { members } from './interleave.ts';
import { faultsOf } from './invariants.ts';
import { HOSPITAL, type Ids, listRow } from './outpatient.ts';

type View = z.infer<typeof CaseView>;
const WORKERS = ['reviewer', 'manager', 'manager2', 'provider', 'provider2', 'supervisor', 'operations'] as const;
/** What closes a case early or changes nothing is rarer, so that histories get far. */
const RARE: Readonly<Record<string, number>> = {
  withdraw: 0.02,
  refuseRequest: 0.1,
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
  declineOffer: 0.3,
  judgePaper: 0.3,
  declineOwnConsent: 0.2,
  providerCancels: 0.2,
  reportAbsence: 0.4,
};
const MOVES = ['PT2H', 'PT20H', 'P1D', 'P3D'] as const;
const MOVE_MS = { PT2H: 2, PT20H: 20, P1D: 24, P3D: 72 } as const;

export type World = {
  on: TestApp;
  /** What is asked for; its kind is the chart that the events come from. */
  service: string;
  kind: string;
  picture: Buffer;
  workers: ReadonlyMap<string, Player>;
  refs: {
    hospital: string;
    illness: string;
    expert: string;
    providers: string[];
    department: string;
    colleague: string;
  };
  personas: readonly Persona[];
  ids: ReadonlyMap<string, Ids>;
};
type Someone = [who: string, player: Player];
type Walk = {
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
  for (const key of WORKERS) workers.set(key, await on.as(key));
  const manager = workers.get('manager')!;
  const hospital = await listRow(
    manager,
    '/lists/hospitals?limit=1&q=' + (insurer === 'junlong' ? encodeURIComponent(HOSPITAL) : ''),
  );
  const expert = await listRow(manager, `/lists/experts?hospital=${encodeURIComponent(hospital.row.name)}`);
  const { items } = await manager.must<{ items: { id: string }[] }>('GET', '/lists/providers');
  const staff = await manager.must<{ items: { id: string }[] }>('GET', '/staff?role=case-manager');
  return {
    on,
    service,
    kind: on.ctx.plans[0]!.services[service]!.journey.kind,
    picture: await sharp(on.picture).jpeg().toBuffer(),
    workers,
    personas,
    ids,
    refs: {
      hospital: hospital.id,
      illness: on.ctx.plans[0]!.illnesses.find(({ kind, counted }) => kind === 'malignant-tumour' && counted !== 'no')!
        .code,
      department: hospital.row.departments?.[0] ?? '',
      expert: expert.id,
      providers: items.map(({ id }) => id),
      colleague: staff.items[0]!.id,
    },
  };
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
    const id = await request(walk, random() < 0.15 ? holder : player);
    if (!id || !(await follow(walk, id, most)) || history.ends.at(-1) === 'closed-died' || random() < 0.5) break;
  }
  return history;
}

/** Files a request; undefined when it is refused, as it may be. */
async function request({ world, ids, player, random, history, say }: Walk, filer: Player): Promise<string | undefined> {
  history.steps += 1;
  const asked = await filer.send('POST', '/cases', await bodyOf(world, filer, ids, filer === player, random));
  answered('the request', history, say, asked, [201, 409]);
  if (asked.status !== 201) return undefined;
  const { id } = asked.body as { id: string };
  for (const fault of await faultsOf(world.on, id, null)) say(`request: ${fault}`);
  return id;
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
  const turn = (seen.body as View).turn.who;
  const who = { 'case-manager': 'manager', applicant: 'holder', member: 'insured' }[turn as 'member'] ?? turn;
  return people.find(([name]) => name === who) ?? pick(people);
}

async function actOnce(walk: Walk, [who, acting]: Someone, id: string): Promise<string> {
  const { world, random, pick, history, say } = walk;
  const seen = await acting.send('GET', `/cases/${id}`);
  const send = (body: Record<string, unknown>) => acting.send('POST', `/cases/${id}/events`, body);
  // Whoever has died is signed out; what is not theirs does not exist for others.
  if (seen.status === 404 || seen.status === 401)
    return answered(`${who}, who does not see it,`, history, say, await send({ type: 'withdraw', version: 1 }), [
      seen.status,
    ]);
  const view = seen.body as View;
  const now = await world.on.now();
  const resolve = resolver(walk, view);
  if (random() < 0.1 || view.allowed.length === 0) {
    const { events } = getJourney(world.kind, view.chartVersion);
    const type = pick(Object.keys(events).filter((one) => !view.allowed.some((allowed) => allowed.type === one)));
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

const resolver =
  ({ world, ids, pick }: Walk, view: View) =>
  (reference: string, field: string): string => {
    if (reference === 'list:hospitals') return world.refs.hospital;
    if (reference === 'list:experts') return world.refs.expert;
    if (reference === 'list:providers') return pick(world.refs.providers);
    if (reference === 'illness') return world.refs.illness;
    if (reference === 'rule') return 'wrong-illness';
    if (reference === 'paper:kind') return pick(view.papers)?.kind ?? 'pathology';
    if (reference.startsWith('paper:')) return view.papers.flatMap((need) => need.papers)[0]?.id ?? ids.personId;
    if (reference.startsWith('staff:')) return world.refs.colleague;
    throw new Error(`No ${reference} for ${field}`);
  };

/** Values that rules across fields ask for, mostly right ones. */
async function settings(
  { world, player, ids, random, pick }: Walk,
  type: string,
  view: View,
): Promise<Record<string, unknown>> {
  if (type === 'refuseRequest')
    return { rule: pick(['wrong-illness', 'not-first-diagnosis', 'ill-in-waiting-period']) };
  if (type === 'verifyFacts')
    return {
      diagnosedOn: pick(['2026-06-20', '2026-06-20', '2026-06-20', '2026-03-01']),
      firstVisitOn: pick(['2026-06-10', '2026-06-10', '2026-02-20']),
      first: random() > 0.1,
      preExisting: random() < 0.1,
      hospital: world.refs.hospital,
    };
  if (type === 'handInPaper') {
    const kind = (view.papers.find((need) => need.missing) ?? pick(view.papers)).kind;
    const known = view.papers.find((need) => need.kind === kind);
    return {
      kind,
      paper: known?.papers[0] && random() < 0.3 ? known.papers[0].id : await upload(world, player, ids, kind),
    };
  }
  if (type === 'offerSlot' || type === 'providerChanges') {
    const now = (await world.on.now()).getTime();
    const visit = now + pick([26, 50, 74, 240]) * 3_600_000;
    return {
      visitAt: formatInstant(new Date(visit)),
      answerBy: formatInstant(new Date(now + pick([3, 20, 25]) * 3_600_000)),
      department: world.refs.department,
      surgeryAt: undefined,
    };
  }
  const today = formatInstant(await world.on.now()).slice(0, 10);
  if (type === 'issueCertificate') return { issuedOn: today };
  if (type === 'discharge') return { dischargedOn: today };
  if (type === 'setSurgery')
    return { surgeryAt: formatInstant(new Date((await world.on.now()).getTime() + pick([3, 30]) * 86_400_000)) };
  if (type === 'logCall') return { outcome: pick(['reached', 'no-answer', 'wrong-number']) };
  if (type === 'judgePaper') return { verdict: pick(['accepted', 'accepted', 'rejected']) };
  if (type === 'reportEscortAbsent') return { visit: pick(['went-alone', 'did-not-happen']) };
  return {};
}

async function bodyOf(
  world: World,
  filer: Player,
  ids: Ids,
  own: boolean,
  random: () => number,
): Promise<Record<string, unknown>> {
  const form = await filer.form(world.service, ids.policyId, ids.personId);
  const luck = random();
  const papers = [];
  // Who files for another adult hands in nothing of hers; some forget a paper.
  const brought = ({ required, kind }: { required: boolean; kind: string }) =>
    own && luck >= 0.25 && (required || (kind === 'admission-certificate' && luck > 0.6));
  for (const { kind } of form.papers.filter(brought))
    papers.push({ kind, paperId: await upload(world, filer, ids, kind) });
  return {
    service: world.service,
    ...ids,
    papers,
    form: { hospital: world.refs.hospital, department: world.refs.department },
    illness: {
      code: world.refs.illness,
      firstSymptomOn: luck > 0.85 ? '2026-03-20' : '2026-06-05',
      firstVisitOn: '2026-06-10',
      diagnosedOn: '2026-06-20',
      hospitalId: world.refs.hospital,
    },
    consents: own
      ? form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion }))
      : [],
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
  };
}

/** The plans take a jpg of every kind. */
const upload = (world: World, player: Player, ids: Ids, kind: string) =>
  player.upload(ids.personId, kind, world.picture, `${kind}.jpg`);

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

async function changeConsent({ world, player, ids, random }: Walk, id: string): Promise<string> {
  const listed = await player.send('GET', '/consents');
  if (listed.status === 401) return 'nobody is signed in';
  const { items } = listed.body as {
    items: {
      id: string;
      caseId: string | null;
      recipient: string;
      purpose: string;
      textVersion: number;
      withdrawnAt: string | null;
    }[];
  };
  const live = items.find((one) => one.caseId === id && one.withdrawnAt === null);
  if (live && random() < 0.25) {
    const { status } = await player.send('DELETE', `/consents/${live.id}`);
    return `consent withdrawn (${status})`;
  }
  const known = items[0];
  if (!known) return 'no consent to give';
  for (const recipient of world.on.ctx.plans[0]!.providers.map(({ code }) => code))
    await player.send('POST', '/consents', {
      personId: ids.personId,
      caseId: id,
      recipient,
      purpose: known.purpose,
      textVersion: known.textVersion,
    });
  return 'consents given';
}
