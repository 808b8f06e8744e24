/** A case of the real plan's outpatient channel told as a story of milestones. */
import { loadCalendar } from '#calendar/load.ts';
import { editionInForce, findService } from '#domain/plan/registry.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import { loadPlans } from '#plans/load.ts';
import { type Played, pass, startPlay } from './case-play.ts';

export const calendar = loadCalendar();
export const plan = editionInForce(loadPlans().plans, 'zhenai21', '2026-03-02') as Plan;
export const service = findService(plan, 'outpatient-access') as Service;
/** The other reading of the suspension clause, as an insurer may choose it (tension 2.2.7/N.7). */
export const pausing: Plan = { ...plan, onSuspension: { ...plan.onSuspension, is: 'pause' } };

/** `name`, `name @ moment` or `name @ moment -> visit`; moments in Shanghai, by default a minute after the one before. */
export function play(story: readonly string[], under: Plan = plan): Played {
  let at = new Date('2026-03-02T10:00:00+08:00');
  return story.reduce((played, line) => {
    const [, name = '', , moment, , visit] = /^([\w-]+)( @ ([\d -]+:\d\d))?( -> ([\d -]+:\d\d))?$/.exec(line) ?? [];
    at = moment ? shanghai(moment) : new Date(at.getTime() + 60_000);
    return pass(under, service, calendar, played, {
      name,
      occurredAt: at,
      recordedAt: at,
      ...(visit ? { at: shanghai(visit) } : {}),
    });
  }, startPlay());
}
export const shanghai = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`);
export const clock = ({ so }: Played, promise: string) => so.clocks.find((one) => one.promise === promise);
export const stateOf = (played: Played, promise: string) => {
  const one = clock(played, promise);
  return !one ? 'none' : one.voidAt ? 'void' : one.metAt ? 'met' : 'open';
};
export const causes = ({ changes }: Played) =>
  changes.flatMap((change) => (change.do === 'use' ? [`${change.move} ${change.cause} ${change.clause ?? '-'}`] : []));
export const told = ({ changes }: Played, to: string) =>
  changes.flatMap((change) => (change.do === 'tell' && change.to === to ? [change.template] : []));

export const REQUEST = ['requested @ 03-02 10:00'];
export const TO_PROVIDER = [...REQUEST, 'papers-complete', 'accepted', 'care-path-told', 'handed-to-provider'];
export const OFFERED = [...TO_PROVIDER, 'slot-offered @ 03-03 10:00 -> 03-06 09:00'];
export const BOOKED = [...OFFERED, 'booking-confirmed'];
