/** Whether the policy carries the service at this moment. */
import { addDays, type Day, dayOf } from '#domain/calendar/day.ts';
import { isWithin, type Matter } from './matter.ts';
import type { Question } from './question.ts';
import { type Reason, type ReasonFacts, reason } from './reasons.ts';

/** policy-not-in-force … in-waiting-period, in order. */
export function reasonsOfPolicy(matter: Matter): Reason[] {
  return [...notInForce(matter), ...ended(matter), ...coolingOff(matter), ...waiting(matter)];
}

type StatusEntry = Question['policy']['status'][number];

/** The entry that holds at the moment asked for; undefined before the first. */
function entryAt({ question }: Matter): StatusEntry | undefined {
  return question.policy.status.findLast(({ from }) => from <= question.at);
}

function notInForce(matter: Matter): Reason[] {
  const { service, question, day } = matter;
  const { effectiveFrom, expiresOn } = question.policy;
  const entry = entryAt(matter);
  const is = (cause: ReasonFacts['policy-not-in-force']['cause'], on: Day) => [
    reason('policy-not-in-force', service.follows.clause, { service: service.name, cause, on }),
  ];
  if (day < effectiveFrom) return is('not-yet', effectiveFrom);
  if (day > expiresOn) return is('expired', expiresOn);
  if (!entry) return is('no-state', day);
  return entry.state === 'in-force' ? [] : is(entry.state, dayOf(entry.from));
}

/** N.7: with `end` a suspension or termination ends the entitlement for good; with `pause` only the state now counts. */
function ended(matter: Matter): Reason[] {
  const { plan, service, question } = matter;
  const entry = plan.onSuspension.is === 'end' ? firstStop(question) : entryAt(matter);
  if (!entry || entry.state === 'in-force') return [];
  const facts = {
    service: service.name,
    state: entry.state,
    on: dayOf(entry.from),
    comesBack: plan.onSuspension.is === 'pause' && entry.state === 'suspended',
  };
  return [reason('entitlement-ended', plan.onSuspension.clause, facts)];
}

/** The first entry up to the moment by which the policy was not in force. One replaced at its own moment never held. */
function firstStop({ policy, at }: Question): StatusEntry | undefined {
  return policy.status.find(({ state, from }, i) => {
    const next = policy.status[i + 1];
    return state !== 'in-force' && from <= at && (!next || next.from > from);
  });
}

function coolingOff({ service, question, day }: Matter): Reason[] {
  const { effectiveFrom, coolingOffEndsOn: endsOn } = question.policy;
  if (!service.coolingOff.is || endsOn === null || !isWithin(day, { from: effectiveFrom, to: endsOn })) return [];
  return [
    reason('in-cooling-off', service.coolingOff.clause, {
      service: service.name,
      endsOn,
      usableFrom: addDays(endsOn, 1),
    }),
  ];
}

function waiting({ service, day, waiting: period }: Matter): Reason[] {
  if (!period || !isWithin(day, period)) return [];
  const facts = { service: service.name, endsOn: period.to, usableFrom: addDays(period.to, 1) };
  return [reason('in-waiting-period', service.waiting.clause, facts)];
}
