/**
 * The straight path of a service on which a random history may start further on: steps of a complete request that waits
 * for its review. By chance alone hardly any would come to the laboratory or to the expert.
 */
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import type { Persona } from '#server/sandbox/people.ts';
import type { Player } from '#server/sandbox/player.ts';
import type { TestApp } from '#tests/with-app.ts';
import {
  consentToAll,
  expertIds,
  offerAssessment,
  pass,
  playToConfirming,
  playToManufacturing,
  specialist,
  vote,
} from './car-t.ts';
import { acceptFacts, agree, arrange, counterBody, drugRow, firstReview, verdict } from './drug.ts';
import { buy, choose } from './drug-aid.ts';
import { collect, playToSignature, proposePickUp, report, sign, takeIn } from './gene-test.ts';
import { namedManager } from './inpatient.ts';
import { accept, type Ids, verify } from './outpatient.ts';
import { consentToExpert, handToProvider, OPINION, offerAppointment } from './second-opinion.ts';

export type Ahead = { on: TestApp; id: string; ids: Ids; persona: Persona; player: Player };
type Step = (ahead: Ahead) => Promise<unknown>;

const HOUR_MS = 3_600_000;
/** Of the sample list, above the deductible: the insurer pays a part of the first pack. */
export const DRUG = '英立达';
/** A prescription of today, for a month. */
export const prescribedToday = (now: Date) => ({
  issuedOn: formatInstant(now).slice(0, 10),
  validUntil: formatInstant(new Date(now.getTime() + 30 * 24 * HOUR_MS)).slice(0, 10),
});
let packs = 0;
/** A trace code that no pack had before. */
export const freshCode = (): string => {
  packs += 1;
  return `8100000000000001${String(packs).padStart(4, '0')}`;
};

const inHours = async (on: TestApp, hours: number) =>
  formatInstant(new Date((await on.now()).getTime() + hours * HOUR_MS));

const slotIn = async (on: TestApp, hours: number) => ({
  visitAt: await inHours(on, hours),
  answerBy: await inHours(on, hours - 2),
});
const carT = ({ player, id, ids, persona }: Ahead) => ({ player, id, ids, key: persona.key });
const aid = async ({ on, player, id, ids }: Ahead) => ({ player, assistant: await on.as('aid-assistant'), id, ids });

const PATHS: Readonly<Record<string, readonly Step[]>> = {
  'gene-test': [
    ({ on, id, persona, ids }) => playToSignature(on, id, persona.key, ids),
    ({ on, id, persona, player }) => sign(on, player, id, persona.phone),
    async ({ on, id, player }) => {
      await proposePickUp(await on.as('manager'), id, await inHours(on, 3));
      await player.event(id, 'confirmPickUp');
    },
    async ({ on, id }) => {
      const at = await inHours(on, 4);
      await on.advanceTo(at);
      await collect(on, id, at);
    },
    ({ on, id }) => takeIn(on, id),
    async ({ on, id }) => report(await on.as('laboratory'), id),
    async ({ on, id }) => (await on.as('manager')).event(id, 'releaseReport'),
  ],
  'second-opinion': [
    ({ on, id }) => accept(on, id),
    async ({ on, id }) => {
      await (await namedManager(on, id)).event(id, 'tellComplete');
      await handToProvider(on, id);
    },
    async ({ on, id }) => offerAppointment(on, id, { visitAt: await inHours(on, 5), answerBy: await inHours(on, 3) }),
    async (ahead) => {
      await ahead.player.event(ahead.id, 'acceptOffer');
      await consentToExpert(ahead);
    },
    async ({ on, id }) => {
      await on.advanceTo(await inHours(on, 6));
      await (await on.as('expert')).event(id, 'checkIn');
    },
    async ({ on, id }) => (await on.as('expert')).event(id, 'issueOpinion', OPINION),
    async ({ on, id }) => (await namedManager(on, id)).event(id, 'explainOpinion', { how: 'call', said: '示例解读' }),
  ],
  'car-t': [
    async ({ on, id }) => (await verify(on, id, { illness: 'lymphoma' })).event(id, 'acceptRequest'),
    async (ahead) => {
      const staff = await specialist(ahead.on);
      await staff.event(ahead.id, 'namePanel', { experts: await expertIds(staff) });
      await consentToAll(carT(ahead));
    },
    ({ on, id }) => vote(on, id, ['fit', 'fit']),
    async ({ on, id }) => offerAssessment(on, id, await slotIn(on, 5)),
    ({ id, player }) => player.event(id, 'acceptOffer'),
    async ({ on, id }) => {
      await on.advanceTo(await inHours(on, 6));
      await pass(on, id);
    },
    async (ahead) => playToManufacturing(ahead.on, carT(ahead), await slotIn(ahead.on, 5)),
    (ahead) => playToConfirming(ahead.on, carT(ahead)),
  ],
  'drug-aid': [
    ({ on, id }) => accept(on, id),
    async (ahead) => choose(await aid(ahead)),
    async (ahead) => buy(ahead.on, await aid(ahead), dayOf(await ahead.on.now()), 2),
    async ({ on, id }) => (await on.as('aid-assistant')).event(id, 'passFile'),
    async ({ on, id }) =>
      (await on.as('aid-assistant')).event(id, 'submitToCharity', { submittedOn: dayOf(await on.now()) }),
    async ({ on, id }) => {
      const today = dayOf(await on.now());
      const yes = { verdict: 'approved', decidedOn: today, collectFrom: today };
      await (await on.as('aid-assistant')).event(id, 'recordVerdict', yes);
    },
  ],
  'special-drug': [
    ({ on, id }) => acceptFacts(on, id),
    async ({ on, id, player }) => {
      const drug = (await drugRow(player, DRUG)).id;
      await firstReview(on, id, { drug, packs: 2, days: 28, ...prescribedToday(await on.now()) });
    },
    ({ on, id }) => verdict(on, id),
    async ({ on, id }) => arrange(on, id, await inHours(on, 5)),
    ({ id, player, ids }) => agree(player, id, ids),
    async ({ on, id }) => (await on.as('pharmacist')).event(id, 'drugArrived'),
    async ({ on, id, player }) => {
      const pharmacist = await on.as('pharmacist');
      const body = await counterBody(on, player, pharmacist, id, [freshCode()]);
      await pharmacist.event(id, 'handOverDrug', { ...body, paid: false });
    },
  ],
};

/** Plays the case of this kind so far on its path; a share of 0 plays nothing, 1 all. */
export async function playAhead(kind: string, share: number, ahead: Ahead): Promise<void> {
  const path = PATHS[kind] ?? [];
  for (const step of path.slice(0, Math.round(share * path.length))) await step(ahead);
}
