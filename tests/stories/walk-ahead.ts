/**
 * The straight path of a service on which a random history may start further on: steps of a complete request that waits
 * for its review. By chance alone hardly any would come to the laboratory or to the expert.
 */
import { formatInstant } from '#domain/calendar/day.ts';
import type { Persona } from '#server/sandbox/people.ts';
import type { Player } from '#server/sandbox/player.ts';
import type { TestApp } from '#tests/with-app.ts';
import { collect, playToSignature, proposePickUp, report, sign, takeIn } from './gene-test.ts';
import { namedManager } from './inpatient.ts';
import { accept, type Ids } from './outpatient.ts';
import { consentToExpert, handToProvider, OPINION, offerAppointment } from './second-opinion.ts';

export type Ahead = { on: TestApp; id: string; ids: Ids; persona: Persona; player: Player };
type Step = (ahead: Ahead) => Promise<unknown>;

const HOUR_MS = 3_600_000;
const inHours = async (on: TestApp, hours: number) =>
  formatInstant(new Date((await on.now()).getTime() + hours * HOUR_MS));

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
};

/** Plays the case of this kind so far on its path; a share of 0 plays nothing, 1 all. */
export async function playAhead(kind: string, share: number, ahead: Ahead): Promise<void> {
  const path = PATHS[kind] ?? [];
  for (const step of path.slice(0, Math.round(share * path.length))) await step(ahead);
}
