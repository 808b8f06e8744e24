/** Lays the sandbox's sample data: lists and policies through the imports, people, then their stories played in order of time. */
import sharp from 'sharp';
import { dayOf, parseInstant } from '#domain/calendar/day.ts';
import { OUTSIDE_ROLES } from '#domain/journeys/journey.ts';
import { createAccount } from '#server/accounts/accounts.ts';
import { buildApp } from '#server/app.ts';
import type { InsurerContext } from '#server/ground.ts';
import { importFile } from '#server/imports/import-file.ts';
import { importSampleLists, importSampleSlots } from '#server/imports/sample-lists.ts';
import { listAsOf } from '#server/lists/queries.ts';
import { findPersonsByHash } from '#server/persons/queries.ts';
import { machineNow, sandboxClock, sandboxStart, startSandboxClock } from '#server/platform/clock.ts';
import { type Database, type Db, inTransaction } from '#server/platform/db.ts';
import { advanceSandbox } from './advance.ts';
import { idNumberOf, PERSONAS, type Persona } from './people.ts';
import { Player } from './player.ts';
import { STORIES } from './stories.ts';
import type { Stage } from './story-steps.ts';
import { WORKERS, type Worker } from './workers.ts';

/** When the sandbox's history begins. */
const DAWN = parseInstant('2025-11-17T08:00:00+08:00', 'dawn');

/** Whether the sample data are there, and there whole: a first start that was cut short is told by its time. */
export async function isPainted(database: Database): Promise<boolean> {
  const { rows } = await database.system.query('select 1 from sandbox_clock');
  return rows.length > 0 && (await sandboxClock.now(database.system)) >= sandboxStart;
}

export async function paintSandbox(
  database: Database,
  contexts: readonly InsurerContext[],
  say: (line: string) => void = () => {},
): Promise<void> {
  await startSandboxClock(database.system, DAWN);
  const ids = new Map<string, { personId: string; policyId: string }>();
  for (const ctx of contexts) {
    await ctx.reloadCalendar();
    await importSampleLists(ctx);
    await importSampleSlots(ctx);
    for (const [key, found] of await layPeople(ctx, PERSONAS)) ids.set(key, found);
    await layWorkers(ctx);
  }
  say('sample lists, policies and people are there; playing their stories');
  await playStories(database, contexts, ids);
  await advanceSandbox(database, contexts, sandboxStart);
}

const COLUMNS = [
  'policyNo',
  'product',
  'effectiveFrom',
  'expiresOn',
  'coolingOffEndsOn',
  'waitingEndsOn',
  'renewedFrom',
  'state',
  'stateFrom',
  'name',
  'idType',
  'idNumber',
  'bornOn',
  'sex',
  'phone',
  'policyholderName',
  'policyholderBornOn',
  'policyholderIdType',
  'policyholderIdNumber',
  'policyholderPhone',
  'parameters',
];

/**
 * Members of this insurer's plans with their policies and accounts: one import a state, in order of time, as the core
 * system would send them. Returns their ids by key.
 */
export async function layPeople(
  ctx: InsurerContext,
  personas: readonly Persona[],
): Promise<Map<string, { personId: string; policyId: string }>> {
  const ids = new Map<string, { personId: string; policyId: string }>();
  const mine = personas.filter(({ product }) => ctx.plans.some((plan) => plan.plan === product));
  const rounds = Math.max(0, ...mine.map(({ states }) => states.length));
  for (let round = 0; round < rounds; round++) {
    const rows = mine.filter(({ states }) => states[round]).map((person) => rowOf(person, personas, round));
    const content = Buffer.from(
      [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((name) => row[name] ?? '').join(','))].join('\n'),
    );
    const { faults } = await importFile(ctx, 'policies', { name: 'policies.csv', content });
    if (faults.length > 0) throw new Error(`The sandbox's policies have faults, first: ${JSON.stringify(faults[0])}`);
  }
  await inTransaction(ctx.pool, async (db) => {
    for (const person of mine) {
      const [personId] = await findPersonsByHash(db, ctx, 'id', idNumberOf(person));
      const { rows } = await db.query<{ id: string }>('select id from policies where insurer = $1 and policy_no = $2', [
        ctx.insurer,
        person.policyNo,
      ]);
      if (!personId || !rows[0]) throw new Error(`The import did not bring ${person.key}`);
      ids.set(person.key, { personId, policyId: rows[0].id });
      if (!person.noAccount)
        await createAccount(
          db,
          ctx,
          {
            kind: 'member',
            personId,
            phone: person.phone,
            roles: ['member'],
            sandbox: { key: person.key, situation: person.situation, group: '会员' },
          },
          machineNow(),
        );
    }
  });
  return ids;
}

function rowOf(person: Persona, personas: readonly Persona[], round: number): Record<string, string> {
  const holder = personas.find(({ key }) => key === person.holder) ?? person;
  const { state, from } = person.states[round]!;
  return {
    ...person,
    states: '',
    state,
    stateFrom: from,
    idType: person.idType ?? 'resident-id',
    idNumber: idNumberOf(person),
    policyholderName: holder.name,
    policyholderBornOn: holder.bornOn,
    policyholderIdType: holder.idType ?? 'resident-id',
    policyholderIdNumber: idNumberOf(holder),
    policyholderPhone: holder.phone,
  } as unknown as Record<string, string>;
}

/** One of every working role, two where a second person is needed. */
export async function layWorkers(ctx: InsurerContext): Promise<void> {
  await inTransaction(ctx.pool, async (db) => {
    for (const worker of WORKERS) {
      const provider = worker.expert
        ? await findOnList(db, ctx, 'experts', worker.expert)
        : worker.pharmacy
          ? await findOnList(db, ctx, 'pharmacies', worker.pharmacy)
          : worker.cartPharmacy
            ? await findOnList(db, ctx, 'cart-pharmacies', worker.cartPharmacy)
            : worker.videoDoctor
              ? await findOnList(db, ctx, 'video-doctors', worker.videoDoctor)
              : providerOf(ctx, worker);
      if (OUTSIDE_ROLES.some((role) => worker.roles.includes(role)) && !provider) continue;
      await createAccount(
        db,
        ctx,
        {
          kind: provider ? 'provider' : 'staff',
          name: worker.name,
          email: `${worker.key}@${ctx.insurer}.example`,
          roles: worker.roles,
          ...(provider ? { provider } : {}),
          sandbox: { key: worker.key, situation: worker.situation, group: worker.group },
        },
        machineNow(),
      );
    }
  });
}

/** A doctor's or pharmacy's key on its list; an insurer whose list lacks it has no such account. */
const findOnList = async (
  db: Db,
  ctx: InsurerContext,
  list: 'experts' | 'pharmacies' | 'cart-pharmacies' | 'video-doctors',
  name: string,
): Promise<string | undefined> =>
  (await listAsOf(db, ctx, list, dayOf(await ctx.clock.now(db)), { q: name })).items.find(
    ({ row }) => row.name === name,
  )?.key;

/** The company as named; of a plan that has no such provider its first. A laboratory is not replaced. */
function providerOf(ctx: InsurerContext, worker: Worker): string | undefined {
  if (!worker.provider) return undefined;
  if (ctx.plans.some((plan) => plan.providers.some(({ code }) => code === worker.provider))) return worker.provider;
  return worker.roles.includes('provider') ? ctx.plans[0]?.providers[0]?.code : undefined;
}

async function playStories(
  database: Database,
  contexts: readonly InsurerContext[],
  ids: ReadonlyMap<string, { personId: string; policyId: string }>,
): Promise<void> {
  const ctx = contexts.find(({ plans }) => plans.some(({ plan }) => plan === PERSONAS[0]!.product));
  if (!ctx) return;
  const app = await buildApp({ config: ctx.config, database, contexts: [ctx], quiet: true, webRoot: '/nowhere' });
  await app.ready();
  const players = new Map<string, Promise<Player>>();
  const player = (key: string) => {
    const found =
      players.get(key) ??
      (async () => {
        const fresh = new Player(app, 'localhost');
        await fresh.signIn(key);
        return fresh;
      })();
    players.set(key, found);
    return found;
  };
  const find = async (path: string) =>
    (
      await (
        await player('manager')
      ).must<{ items: { id: string; row: { name: string; departments?: string[]; department?: string } }[] }>(
        'GET',
        path,
      )
    ).items;
  const stage: Stage = {
    member: player,
    worker: player,
    personId: (key) => ids.get(key)!.personId,
    policyId: (key) => ids.get(key)!.policyId,
    async hospital(name) {
      const found = (await find(`/lists/hospitals?q=${encodeURIComponent(name)}`))[0]!;
      return { id: found.id, department: found.row.departments?.[0] ?? '' };
    },
    async expertAt(hospital) {
      const found = (await find(`/lists/experts?hospital=${encodeURIComponent(hospital)}`))[0]!;
      return { id: found.id, department: found.row.department ?? '' };
    },
    picture: await samplePaper(),
  };
  for (const scene of [...STORIES].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    // Two scenes at one minute: the second begins a moment after the first.
    if (Date.parse(scene.at) > (await sandboxClock.now(database.system)).getTime())
      await advanceSandbox(database, contexts, new Date(scene.at));
    await scene.play(stage);
  }
  await app.close();
}

/** A page that cannot be taken for a real paper: ruled lines and a broad sample stripe. */
export const samplePaper = (): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="620" height="877"><rect width="620" height="877" fill="#fffdf7"/>${Array.from({ length: 22 }, (_, i) => `<rect x="60" y="${140 + i * 30}" width="${300 + ((i * 67) % 200)}" height="6" fill="#b9c6c2"/>`).join('')}<rect x="60" y="60" width="300" height="22" fill="#0b5f58"/><rect x="-100" y="430" width="900" height="70" fill="#a3261d" opacity=".14" transform="rotate(-24 310 440)"/></svg>`,
    ),
  )
    .png()
    .toBuffer();
