/** Many running cases at every step, each played through HTTP as its people would; the time moves on between them. */
import { accept, ask, handOver, offer } from '#tests/stories/outpatient.ts';
import { newMember } from '#tests/stories/steps.ts';
import type { TestApp } from '#tests/with-app.ts';

/** How far each case goes; a list of any length has all of them in turn. */
export const STEPS = ['review', 'papers', 'planning', 'review', 'provider', 'offered', 'booked', 'no-slot'] as const;
export type Step = (typeof STEPS)[number];
export type Played = { id: string; number: string; key: string; step: Step };

const HOUR_MS = 3_600_000;

/** Plays `count` cases, `pace` hours apart in every eight. Those handed to the provider are followed by 病案经理·晴川. */
export async function playManyCases(on: TestApp, count: number, pace = 2): Promise<Played[]> {
  const played: Played[] = [];
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % STEPS.length === 0)
      await on.advanceTo(new Date((await on.now()).getTime() + pace * HOUR_MS).toISOString());
    const step = STEPS[i % STEPS.length]!;
    const key = `many-${i}`;
    const { ids } = await newMember(on, key);
    const { player, id } = await ask(on, key, ids, step === 'papers' ? { without: ['pathology'] } : {});
    if (step !== 'review' && step !== 'papers') await accept(on, id);
    if (step === 'planning') await (await on.as('manager')).event(id, 'takeCase');
    if (['provider', 'offered', 'booked', 'no-slot'].includes(step)) await handOver(on, id);
    const days = async (n: number) => new Date((await on.now()).getTime() + n * 24 * HOUR_MS).toISOString();
    if (step === 'offered' || step === 'booked')
      await offer(on, id, { visitAt: await days(6), answerBy: await days(2) });
    if (step === 'booked') await player.event(id, 'acceptOffer');
    if (step === 'no-slot') {
      await (await on.as('provider')).event(id, 'cannotOffer', { why: '两周内已约满' });
      await (await on.as('manager')).event(id, 'tellNoSlot', { instead: '可以改约同城另一家医院' });
    }
    played.push({ id, number: (await player.case(id)).number, key, step });
  }
  return played;
}
